namespace Autocoder.Core.Conversations.Transcripts;

/// <summary>The run at work, as the header of a page shows it.</summary>
/// <param name="Usage">The sum over the steps that have ended.</param>
public sealed record RunningRun(
    Guid RunId, DateTimeOffset StartedAt, string Engine, string Profile,
    bool StopRequested = false,
    int Steps = 0,
    int ToolCalls = 0,
    TokenUsage? Usage = null);
