using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Core.Projects;

namespace Autocoder.Core.Assistant;

/// <summary>Checks the citations of an answer against the files of its project.</summary>
public static class CitedAnswer
{
    /// <summary>The most citations of one answer that are looked up.</summary>
    public const int MostCitations = 200;

    /// <summary>Finds the places an answer cites, each once, and looks what became of them. Never throws for what is on the disk.</summary>
    /// <param name="root">The folder of the project.</param>
    /// <param name="calls">The tool calls of the run that answered, before the answer, oldest first.</param>
    /// <param name="readOutput">Reads the whole result of a call by its key; null when it is gone.</param>
    public static async Task<IReadOnlyList<CheckedCitation>> CheckAsync(
        string root, string answer, IReadOnlyList<ToolCallItem> calls,
        Func<string, CancellationToken, Task<string?>> readOutput, CancellationToken cancellationToken)
    {
        var citations = CitationParser.Parse(answer).DistinctBy(citation => citation.ToString()).Take(MostCitations).ToList();
        if (citations.Count == 0)
        {
            return [];
        }

        try
        {
            var folder = ProjectFolder.Open(root);
            var seen = await SeenLines.ReadAsync(folder, calls, citations, readOutput, cancellationToken).ConfigureAwait(false);
            return await new CitationChecker(folder).CheckAsync(citations, seen, cancellationToken).ConfigureAwait(false);
        }
        catch (ProjectFileException)
        {
            // The folder itself is gone, and every cited place with it.
            return [.. citations.Select(citation => new CheckedCitation(citation, CitationStatus.Gone, []))];
        }
    }
}
