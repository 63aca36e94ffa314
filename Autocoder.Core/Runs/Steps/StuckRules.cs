using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;

namespace Autocoder.Core.Runs.Steps;

/// <summary>Whether a run goes round in circles: the same call with the same result, again and again. Pure.</summary>
internal static class StuckRules
{
    /// <summary>So many in a row, and the model is told.</summary>
    public const int NudgeAt = 3;

    /// <summary>So many in a row, and the run ends.</summary>
    public const int EndAt = 5;

    /// <summary>The code of the warning that goes with the nudge.</summary>
    public const string NudgeCode = "stuck_nudge";

    /// <summary>The repetition at the end of a run.</summary>
    /// <param name="run">The run's events, in order.</param>
    public static Repetition Find(IEnumerable<EventEnvelope> run)
    {
        var found = Repetition.None;
        var requested = new Dictionary<string, ToolCallRequested>(StringComparer.Ordinal);
        (ToolCallRequested Call, ToolCallEnded End)? last = null;
        foreach (var next in run.Select(envelope => envelope.Event))
        {
            switch (next)
            {
                case ToolCallRequested call:
                    requested[call.CallId] = call;
                    break;
                case ToolCallEnded ended when requested.TryGetValue(ended.CallId, out var call):
                    found = last is { } before && IsSame(before.Call, before.End, call, ended)
                        ? found with { Times = found.Times + 1 }
                        : new Repetition(call.Tool, Times: 1, WasNudged: false);
                    last = (call, ended);
                    break;
                case PromptDelivered:
                    // The person has said something new, so the same call is no longer the same idea.
                    (found, last) = (Repetition.None, null);
                    break;
                case WarningRaised { Code: NudgeCode }:
                    found = found with { WasNudged = true };
                    break;
            }
        }

        return found;
    }

    private static bool IsSame(ToolCallRequested one, ToolCallEnded oneEnd, ToolCallRequested other, ToolCallEnded otherEnd) =>
        one.Tool == other.Tool
        && oneEnd.Status == otherEnd.Status
        && oneEnd.Output == otherEnd.Output
        && oneEnd.OutputBlob == otherEnd.OutputBlob
        && JsonElement.DeepEquals(one.Arguments, other.Arguments);
}
