using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Web.Components.Parts;

namespace Autocoder.Web.Rendering;

/// <summary>What a conversation does now, for its header and for screen readers.</summary>
/// <param name="Since">Since when; null when that says nothing.</param>
/// <param name="Until">Until when it waits; null when it does not wait for a moment.</param>
public sealed record Activity(Status Status, string Text, DateTimeOffset? Since = null, DateTimeOffset? Until = null)
{
    /// <summary>Reads it off the transcript: always exactly one thing.</summary>
    public static Activity Of(Transcript transcript) => Of(RunLiveness.Of(transcript));

    /// <summary>Puts it in words.</summary>
    public static Activity Of(RunLiveness liveness) => liveness switch
    {
        RunLiveness.Thinking now => new Activity(Status.Running, "Thinking", now.Since),
        RunLiveness.Writing now => new Activity(Status.Running, "Writing", now.Since),
        RunLiveness.ToolRunning now => new Activity(Status.Running, VisibleText.ToPlain(now.Title), now.Since),
        RunLiveness.WaitingForYou now => new Activity(Status.NeedsYou, RunWords.Wants(now.For), now.Since),
        RunLiveness.WaitingForLimit now => new Activity(Status.Waiting, "Trying again in", Until: now.Until),
        RunLiveness.Stalled now => new Activity(Status.Stalled, "Nothing heard for", now.Since),
        RunLiveness.Compacting now => new Activity(Status.Running, "Making room in the context", now.Since),
        RunLiveness.Stopping now => new Activity(Status.Running, "Stopping", now.Since),
        RunLiveness.Ended now when RunWords.StatusOf(now.Outcome) is not Status.Idle and var status =>
            new Activity(status, RunWords.ShortOutcome(now.Outcome)),
        _ => new Activity(Status.Idle, "Ready"),
    };
}
