using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Projects;
using Autocoder.Core.Specs;

namespace Autocoder.Core.Sessions;

/// <summary>The guided chat that ends in an approved specification. A project has one.</summary>
public sealed class SpecSession : Session
{
    private readonly SessionServices _services;

    internal SpecSession(SessionServices services, Guid conversationId, Project project)
        : base(services, conversationId, project) => _services = services;

    /// <inheritdoc/>
    public override ConversationKind Surface => ConversationKind.Spec;

    // The page beside the interview shows how far it has come, which every answer from the first on says.
    private protected override int FirstPage => int.MaxValue;

    /// <summary>What approving a draft would write. Changes nothing.</summary>
    /// <param name="revision">The draft the person looks at.</param>
    /// <exception cref="SpecApprovalException">There is no such draft any more, or the folder cannot be read.</exception>
    public async Task<IReadOnlyList<SpecFileChange>> PreviewApprovalAsync(int revision, CancellationToken cancellationToken)
    {
        var document = await ReadDraftAsync(revision, cancellationToken).ConfigureAwait(false);
        return await _services.Approval.PreviewAsync(Project.Id, Project.Folder, document, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes the specification's files, reads them back, freezes the version and records the approval.</summary>
    /// <param name="revision">The draft the person has seen; an older one than the latest is refused.</param>
    /// <exception cref="SpecApprovalException">The draft has changed or has errors, or the folder or the database refused.</exception>
    public async Task<SpecApprovalResult> ApproveAsync(int revision, CancellationToken cancellationToken)
    {
        var document = await ReadDraftAsync(revision, cancellationToken).ConfigureAwait(false);
        var result = await _services.Approval
            .ApproveAsync(Project.Id, Project.Folder, document, ConversationId, cancellationToken).ConfigureAwait(false);
        await RecordAsync(new SpecApproved(result.Version, revision, result.Hash, result.Files, result.FeatureCount)).ConfigureAwait(false);
        return result;
    }

    /// <summary>Records an approval whose files were written and stored just before the server died.</summary>
    internal async Task ReconcileAsync(CancellationToken cancellationToken)
    {
        var latest = await _services.Versions.FindLatestAsync(Project.Id, cancellationToken).ConfigureAwait(false);
        if (latest?.Document is not { } document || latest.ConversationId != ConversationId)
        {
            return;
        }

        var events = await ReadAllAsync(cancellationToken).ConfigureAwait(false);
        var recorded = events.OfType<SpecApproved>().LastOrDefault()?.Version ?? 0;
        var draft = events.OfType<SpecDraftUpdated>().LastOrDefault(candidate => SpecJson.Write(SpecJson.Read(candidate.Document)) == document);
        if (recorded < latest.Number && draft is not null)
        {
            await RecordAsync(new SpecApproved(
                latest.Number, draft.Revision, latest.Hash, SpecApproval.Paths, SpecJson.Read(document).FeatureCount)).ConfigureAwait(false);
        }
    }

    private async Task<SpecDocument> ReadDraftAsync(int revision, CancellationToken cancellationToken)
    {
        var draft = (await ReadAllAsync(cancellationToken).ConfigureAwait(false)).OfType<SpecDraftUpdated>().LastOrDefault();
        return draft?.Revision == revision
            ? SpecJson.Read(draft.Document)
            : throw new SpecApprovalException(
                "spec_outdated", "The draft has changed since you looked at it. Nothing was written. Look at it once more, then approve.");
    }

    private async Task<IReadOnlyList<ConversationEvent>> ReadAllAsync(CancellationToken cancellationToken) =>
        [.. (await _services.Log.ReadAsync(ConversationId, 0, int.MaxValue, cancellationToken).ConfigureAwait(false)).Select(envelope => envelope.Event)];

    // Two pages may record the same version; the second changes nothing.
    private Task RecordAsync(SpecApproved approved) => _services.Writer.AppendAsync(
        ConversationId,
        state => state.ApprovedVersion >= approved.Version ? [] : [new NewEvent(approved)],
        CancellationToken.None);
}
