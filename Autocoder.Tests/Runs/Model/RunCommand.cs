namespace Autocoder.Tests.Runs.Model;

/// <summary>One thing that a person, an engine, a tool or the power supply does.</summary>
/// <param name="Pick">Which prompt, run, call or question it is about, wrapped around as many as there are.</param>
internal sealed record RunCommand(RunCommandKind Kind, int Pick)
{
    public override string ToString() => $"{Kind}({Pick})";
}

internal enum RunCommandKind
{
    Prompt,
    RepeatPrompt,
    Withdraw,
    MoveToFront,
    SendQueued,
    Stop,
    StopTwice,
    Answer,
    AnswerWrongly,
    Allow,
    Reject,
    RejectWithComment,
    Trash,
    Restore,
    Say,
    EndText,
    CallTool,
    CallStubbornTool,
    Ask,
    CallGuardedTool,
    ToolReturns,
    ToolFails,
    ToolThrows,
    Finish,
    ReachLimit,
    Fail,
    Crash,
    IgnoreStop,
    TimePasses,
    Restart,
    Kill,
}
