using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Web.Components.Parts;

namespace Autocoder.Web.Rendering;

/// <summary>What a conversation does now, for its header and for screen readers.</summary>
/// <param name="Since">Since when; null when that says nothing.</param>
public sealed record Activity(Status Status, string Text, DateTimeOffset? Since = null)
{
    /// <summary>Reads it off the transcript: always exactly one thing.</summary>
    public static Activity Of(Transcript transcript)
    {
        ArgumentNullException.ThrowIfNull(transcript);
        if (transcript.Running is not { } run)
        {
            return transcript.LastRun is { } last ? Ended(last) : new Activity(Status.Idle, "Ready");
        }

        if (run.StopRequested)
        {
            return new Activity(Status.Running, "Stopping", run.StartedAt);
        }

        if (transcript.PendingQuestions is { } questions)
        {
            return new Activity(Status.NeedsYou, "Waiting for your answer", questions.At);
        }

        if (transcript.ToolAtWork is { } tool)
        {
            return new Activity(Status.Running, VisibleText.ToPlain(tool.Title), tool.StartedAt);
        }

        var isWriting = transcript.Items is [.., TextItem { IsOpen: true, IsReasoning: false }];
        return new Activity(Status.Running, isWriting ? "Writing" : "Thinking", run.StartedAt);
    }

    private static Activity Ended(RunEndedItem run) => run.Outcome switch
    {
        Core.Conversations.RunOutcome.Completed => new Activity(Status.Idle, "Ready"),
        Core.Conversations.RunOutcome.Stopped => new Activity(Status.Stopped, "Stopped"),
        Core.Conversations.RunOutcome.Interrupted => new Activity(Status.Interrupted, "Interrupted"),
        _ => new Activity(Status.Failed, Words.Outcome(run.Outcome).TrimEnd('.')),
    };
}
