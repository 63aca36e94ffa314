using System.Globalization;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Engines.Models;

namespace Autocoder.Core.Runs.Context;

/// <summary>A tool call and what came of it.</summary>
/// <param name="ViewId">Its id for the model, unique in the conversation; the call's own is unique in its run only.</param>
/// <param name="End">Null while it has none.</param>
/// <param name="Sequence">The event of its end; 0 while it has none.</param>
/// <param name="IsAnswer">Whether the output holds a person's words, which are never masked.</param>
internal sealed record ToolOutcome(string ViewId, ToolCallRequested Call, ToolCallEnded? End = null, long Sequence = 0, bool IsAnswer = false)
{
    /// <summary>What the model is told.</summary>
    public ModelPart.ToolResult Result => new(ViewId, Output, End?.Status is ToolCallStatus.Completed, End?.Picture);

    /// <summary>What the model is told once the output is masked: what it was, where it is kept, how to see it again.</summary>
    public ModelPart.ToolResult Masked => new(ViewId, MaskedOutput, End?.Status is ToolCallStatus.Completed);

    private string Output => End switch
    {
        null => "[There is no result.]",
        { Synthetic: true } or { Status: ToolCallStatus.Completed or ToolCallStatus.Failed } => End.Output,
        { Status: ToolCallStatus.Cancelled } => $"[It was stopped, and may have done a part.] {End.Output}",
        { Status: ToolCallStatus.NotStarted } => $"[It was not started.] {End.Output}",
        _ => $"[What it did is not known.] {End.Output}",
    };

    private string MaskedOutput
    {
        get
        {
            var kept = End?.OutputBlob is { } blob ? $"as blob {blob}" : string.Create(CultureInfo.InvariantCulture, $"in event {Sequence}");
            var again = Call.Effect is ToolEffect.ReadOnly
                ? "Make the same call again to see it"
                : "It was done; do not repeat it only to see its output";
            return string.Create(
                CultureInfo.InvariantCulture, $"[{Call.Title}: the output of {Output.Length:N0} characters is no longer shown, and kept {kept}. {again}.]");
        }
    }
}
