using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Tools;

namespace Autocoder.Core.Specs;

/// <summary>Records drafts.</summary>
internal static class SpecDrafts
{
    /// <summary>Records a document as the next draft, unless it is the one that stands.</summary>
    public static async Task<ToolResult> RecordAsync(SpecDocument document, IToolRun run, CancellationToken cancellationToken)
    {
        var json = SpecJson.Write(document);
        var isNew = false;
        await run.RecordAsync(
            state =>
            {
                isNew = state.Draft?.Document != json;
                return isNew ? new SpecDraftUpdated(state.DraftRevision + 1, json) : null;
            },
            cancellationToken).ConfigureAwait(false);
        if (!isNew)
        {
            return new ToolResult("The draft is as it was; nothing was recorded.");
        }

        var findings = SpecLint.Check(document);
        var errors = findings.Count(finding => finding.Severity is SpecSeverity.Error);
        var remarks = findings.Take(10).Select(finding => $"\n- {finding.Place}: {finding.Reason}");
        return new ToolResult(
            FormattableString.Invariant($"The draft was updated: {document.AllFeatures().Count()} features, {errors} errors, {findings.Count - errors} warnings.")
            + string.Concat(remarks));
    }
}
