using System.Security.Cryptography;
using System.Text;
using Autocoder.Core.Projects;

namespace Autocoder.Core.Specs;

/// <summary>Turns a draft into the project's specification: checks it, writes its files, reads them back and freezes the version.</summary>
public sealed class SpecApproval(ISpecVersionStore store, SpecVersions versions, TimeProvider time) : IDisposable
{
    /// <summary>The specification itself.</summary>
    public const string AppSpecPath = "prompts/app_spec.txt";

    /// <summary>The prompt for the agent that sets the project up.</summary>
    public const string InitializerPath = "prompts/initializer_prompt.md";

    /// <summary>Says that the specification is complete; written last.</summary>
    public const string StatusPath = "prompts/.spec_status.json";

    /// <summary>The files of an approved specification, in the order they are written.</summary>
    public static IReadOnlyList<string> Paths { get; } = [AppSpecPath, InitializerPath, StatusPath];

    // Approvals are rare, and two of the same project must not write the same files at once.
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>What <see cref="ApproveAsync"/> would write, in its order. Changes nothing.</summary>
    /// <exception cref="SpecApprovalException">The folder cannot be read.</exception>
    public async Task<IReadOnlyList<SpecFileChange>> PreviewAsync(
        Guid projectId, string projectFolder, SpecDocument document, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(document);
        try
        {
            var folder = ProjectFolder.Open(projectFolder);
            var number = await NextNumberAsync(projectId, folder, cancellationToken).ConfigureAwait(false);
            var changes = new List<SpecFileChange>();
            foreach (var (path, text) in Files(document, number))
            {
                var old = await FindTextAsync(folder, path, cancellationToken).ConfigureAwait(false);
                var kind = old == text ? SpecFileChangeKind.Unchanged
                    : old is null && folder.Find(path) is null ? SpecFileChangeKind.Created
                    : SpecFileChangeKind.Replaced;
                changes.Add(new SpecFileChange(path, kind, old, text));
            }

            return changes;
        }
        catch (ProjectFileException exception)
        {
            throw Refused(exception, [], 3);
        }
    }

    /// <summary>Approves a document.</summary>
    /// <remarks>
    /// Each file is written whole or not at all. A specification that stands in the folder and is not known here is kept as
    /// a version of its own before it is replaced. Once writing has begun it is not cancelled any more.
    /// </remarks>
    /// <exception cref="SpecApprovalException">The document has errors, or the folder or the database refused.</exception>
    public async Task<SpecApprovalResult> ApproveAsync(
        Guid projectId, string projectFolder, SpecDocument document, Guid conversationId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(document);
        RequireSound(document);
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await WriteAsync(projectId, projectFolder, document, conversationId, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private static void RequireSound(SpecDocument document)
    {
        var errors = SpecLint.Check(document).Where(finding => finding.Severity is SpecSeverity.Error).ToList();
        if (errors.Count > 0)
        {
            throw new SpecApprovalException(
                "spec_has_errors",
                $"The specification cannot be approved yet. Nothing was written. Please mend: {string.Join(" ", errors.Select(error => $"{error.Place}: {error.Reason}"))}",
                errors);
        }
    }

    private async Task<SpecApprovalResult> WriteAsync(
        Guid projectId, string root, SpecDocument document, Guid conversationId, CancellationToken cancellationToken)
    {
        var written = new List<string>();
        ProjectFolder folder;
        SpecVersion? found;
        int number;
        IReadOnlyList<(string Path, string Text)> files;
        try
        {
            folder = ProjectFolder.Open(root);
            found = await FindUnknownAsync(projectId, folder, cancellationToken).ConfigureAwait(false);
            number = await NextNumberAsync(projectId, folder, cancellationToken).ConfigureAwait(false);
            files = Files(document, number);

            // What was found is safe before the first file is touched.
            if (found is not null)
            {
                await StoreAsync([found], cancellationToken).ConfigureAwait(false);
            }

            foreach (var (path, text) in files)
            {
                await folder.WriteTextAsync(path, text, CancellationToken.None).ConfigureAwait(false);
                written.Add(path);
            }

            await RequireSameAsync(folder, files, document).ConfigureAwait(false);
        }
        catch (ProjectFileException exception)
        {
            throw Refused(exception, written, 3);
        }

        var appSpec = files[0].Text;
        var version = new SpecVersion(projectId, number, SpecJson.Write(document), appSpec, HashOf(appSpec), time.GetUtcNow(), conversationId);
        await StoreAsync([version], CancellationToken.None).ConfigureAwait(false);
        return new SpecApprovalResult(number, version.Hash, [.. files.Select(file => file.Path)], document.FeatureCount);
    }

    private async Task StoreAsync(IReadOnlyList<SpecVersion> added, CancellationToken cancellationToken)
    {
        try
        {
            await versions.AddAsync(added, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidOperationException exception)
        {
            throw new SpecApprovalException(
                "spec_not_stored",
                "Another approval of this project came first. The draft is kept. Look at the newest version, then approve again.",
                innerException: exception);
        }
    }

    private IReadOnlyList<(string Path, string Text)> Files(SpecDocument document, int number)
    {
        var status = new SpecStatus("complete", number, time.GetUtcNow(), [AppSpecPath, InitializerPath], document.FeatureCount);
        return
        [
            (AppSpecPath, SpecXml.Render(document)),
            (InitializerPath, InitializerPrompt.Render(document)),
            (StatusPath, SpecJson.WriteStatus(status) + "\n"),
        ];
    }

    private async Task<int> NextNumberAsync(Guid projectId, ProjectFolder folder, CancellationToken cancellationToken)
    {
        var latest = await store.FindLatestAsync(projectId, cancellationToken).ConfigureAwait(false);
        var found = await FindUnknownAsync(projectId, folder, cancellationToken).ConfigureAwait(false);
        return (found?.Number ?? latest?.Number ?? 0) + 1;
    }

    // A file written by hand, or by another tool of this kind: approval would replace the only copy.
    private async Task<SpecVersion?> FindUnknownAsync(Guid projectId, ProjectFolder folder, CancellationToken cancellationToken)
    {
        if (await FindTextAsync(folder, AppSpecPath, cancellationToken).ConfigureAwait(false) is not { } text)
        {
            return null;
        }

        var hash = HashOf(text);
        var known = await store.ListAsync(projectId, cancellationToken).ConfigureAwait(false);
        if (known.Any(version => version.Hash == hash))
        {
            return null;
        }

        string? document = null;
        try
        {
            document = SpecJson.Write(SpecXml.Parse(text));
        }
        catch (SpecFormatException)
        {
            // It is kept as text; nobody promised that it can be read.
        }

        return new SpecVersion(projectId, (known.Count > 0 ? known[0].Number : 0) + 1, document, text, hash, time.GetUtcNow(), null);
    }

    private static async Task<string?> FindTextAsync(ProjectFolder folder, string path, CancellationToken cancellationToken)
    {
        try
        {
            return folder.Find(path) is null ? null : await folder.ReadTextAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (ProjectFileException exception) when (exception.Problem is ProjectFileProblem.Binary or ProjectFileProblem.TooLarge)
        {
            return null;
        }
    }

    private static async Task RequireSameAsync(ProjectFolder folder, IReadOnlyList<(string Path, string Text)> files, SpecDocument document)
    {
        foreach (var (path, text) in files)
        {
            if (await folder.ReadTextAsync(path, CancellationToken.None).ConfigureAwait(false) != text)
            {
                throw Differs(path);
            }
        }

        var again = SpecXml.Parse(await folder.ReadTextAsync(AppSpecPath, CancellationToken.None).ConfigureAwait(false));
        if (SpecJson.Write(again) != SpecJson.Write(document))
        {
            throw Differs(AppSpecPath);
        }
    }

    private static SpecApprovalException Differs(string path) => new(
        "spec_files_differ",
        $"{path} was written, but reading it back gave something else; another program may be changing it. "
        + "The version was not stored, the draft is kept. Close what uses the file, then approve again.");

    private static SpecApprovalException Refused(ProjectFileException exception, IReadOnlyList<string> written, int all) => new(
        "spec_files_refused",
        $"{exception.Message} {(written.Count == 0 ? "Nothing was written" : $"{written.Count} of {all} files were written: {string.Join(", ", written)}")}; "
        + "the draft and the earlier versions are kept. Mend the folder, then approve again.",
        innerException: exception);

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
