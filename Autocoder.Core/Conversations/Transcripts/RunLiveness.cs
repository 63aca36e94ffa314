namespace Autocoder.Core.Conversations.Transcripts;

/// <summary>What a conversation does right now: always exactly one of these. The hierarchy is closed.</summary>
public abstract record RunLiveness
{
    private RunLiveness()
    {
    }

    /// <summary>Reads it off a transcript. Never fails, whatever the log holds.</summary>
    public static RunLiveness Of(Transcript transcript)
    {
        ArgumentNullException.ThrowIfNull(transcript);
        return transcript.Running is { } run ? Of(run, RunInView.Of(transcript.Items, run.RunId))
            : transcript.LastRun is { } last ? new Ended(last.Outcome)
            : new Ready();
    }

    // What needs the person or cannot be hurried comes before what merely goes on underneath.
    private static RunLiveness Of(RunningRun run, RunInView view) => run switch
    {
        { StopRequested: true } => new Stopping(run.StoppingSince ?? run.StartedAt),
        _ when view.Approval is { } approval => new WaitingForYou(
            approval.Subject is ApprovalSubject.Plan ? WaitingFor.Plan : WaitingFor.Approval, approval.At),
        _ when view.Questions is { } questions => new WaitingForYou(WaitingFor.Question, questions.At),
        { RetryUntil: { } until } => new WaitingForLimit(until, view.Retry?.Text ?? "The model cannot answer just now."),
        { StalledSince: { } since } => new Stalled(since),
        _ when view.Compaction is { } compaction => new Compacting(compaction.At),
        _ when view.Tool is { } tool => new ToolRunning(tool.Tool, tool.Title, tool.StartedAt ?? tool.At),
        _ when view.Latest is TextItem { IsOpen: true, IsReasoning: false } text => new Writing(text.At),
        _ => new Thinking(run.StepAt ?? run.StartedAt),
    };

    /// <summary>Nothing has run yet.</summary>
    public sealed record Ready : RunLiveness;

    /// <summary>The model was called and has not answered yet, or thinks aloud.</summary>
    public sealed record Thinking(DateTimeOffset Since) : RunLiveness;

    /// <summary>An answer is being written.</summary>
    public sealed record Writing(DateTimeOffset Since) : RunLiveness;

    /// <summary>A tool is at work; the latest, when there are several.</summary>
    /// <param name="Title">What it does, in words.</param>
    public sealed record ToolRunning(string Tool, string Title, DateTimeOffset Since) : RunLiveness;

    /// <summary>Nothing goes on before a person has answered.</summary>
    public sealed record WaitingForYou(WaitingFor For, DateTimeOffset Since) : RunLiveness;

    /// <summary>The model cannot be called now, and will be called again by itself.</summary>
    /// <param name="Reason">What happened, in words.</param>
    public sealed record WaitingForLimit(DateTimeOffset Until, string Reason) : RunLiveness;

    /// <summary>Nothing has been heard of the engine, and nothing explains it.</summary>
    public sealed record Stalled(DateTimeOffset Since) : RunLiveness;

    /// <summary>Room is being made in what the model is shown.</summary>
    public sealed record Compacting(DateTimeOffset Since) : RunLiveness;

    /// <summary>A stop was asked for and is under way.</summary>
    public sealed record Stopping(DateTimeOffset Since) : RunLiveness;

    /// <summary>Nothing runs; this is how the latest run ended.</summary>
    public sealed record Ended(RunOutcome Outcome) : RunLiveness;
}
