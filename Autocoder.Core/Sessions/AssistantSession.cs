using Autocoder.Core.Assistant;
using Autocoder.Core.Conversations;
using Autocoder.Core.Projects;

namespace Autocoder.Core.Sessions;

/// <summary>A read-only chat about a project. Its profile has no tool that writes.</summary>
public sealed class AssistantSession : Session
{
    internal AssistantSession(SessionServices services, Guid conversationId, Project project)
        : base(services, conversationId, project)
    {
    }

    /// <inheritdoc/>
    public override ConversationKind Surface => ConversationKind.Assistant;

    /// <summary>Finds the places an answer cites, and looks whether each is there now, with its lines.</summary>
    public async Task<IReadOnlyList<CheckedCitation>> CheckCitationsAsync(string answer, CancellationToken cancellationToken)
    {
        var citations = CitationParser.Parse(answer).DistinctBy(citation => citation.ToString()).ToList();
        if (citations.Count == 0)
        {
            return [];
        }

        try
        {
            return await new CitationChecker(ProjectFolder.Open(Project.Folder)).CheckAsync(citations, cancellationToken).ConfigureAwait(false);
        }
        catch (ProjectFileException)
        {
            // The folder itself is gone, and every cited place with it.
            return [.. citations.Select(citation => new CheckedCitation(citation, CitationStatus.Gone, []))];
        }
    }
}
