using System.Collections.Immutable;
using Autocoder.Core.Conversations;
using Autocoder.Core.Runs.Approvals;
using static Autocoder.Tests.Runs.Model.RunCommandKind;

namespace Autocoder.Tests.Runs.Model;

/// <summary>A conversation with its runs in forty rules. Pure: it knows nothing of events, tasks, tokens or the disk.</summary>
internal sealed record RunModel
{
    public RunPicture Seen { get; init; } = new();

    /// <summary>How many prompts were ever sent, refused ones included.</summary>
    public int Prompts { get; init; }

    /// <summary>The prompts that were not refused.</summary>
    public ImmutableList<int> Admitted { get; init; } = [];

    /// <summary>Whether the active run waits over a restart, with nobody at work on it.</summary>
    public bool IsDetached { get; init; }

    /// <summary>How often an engine was set to work.</summary>
    public int Launches { get; init; }

    /// <summary>Whether the engine at work does not listen to a stop.</summary>
    public bool IsStubborn { get; init; }

    public PictureOfRun? Active => Seen.Runs.LastOrDefault() is { Outcome: null } run ? run : null;

    /// <summary>Whether an engine can be told to do something.</summary>
    public bool IsAtWork => Active is not null && !IsDetached;

    /// <summary>All calls, oldest first, as pairs of run and call.</summary>
    public IReadOnlyList<(int Run, int Call)> Calls(CallKind kind) =>
        [.. Seen.Runs.SelectMany((run, r) => run.Calls.Select((call, c) => (r, c, call)).Where(each => each.call.Kind == kind).Select(each => (each.r, each.c)))];

    /// <summary>What is there after a command, and what whoever gave it is told.</summary>
    public (RunModel Next, string Reply) Apply(RunCommand command) => command.Kind switch
    {
        Prompt => Send(),
        RepeatPrompt => (this, Admitted.IsEmpty ? "" : nameof(Core.Runs.PromptStatus.AlreadySent)),
        Withdraw => TakeBack(command.Pick),
        MoveToFront => ToFront(command.Pick),
        SendQueued => (Active is null && !Seen.IsTrashed ? StartNext() : this, ""),
        Stop or StopTwice => (IsActive(command.Pick) ? End(RunOutcome.Stopped) : this, ""),
        RunCommandKind.Answer => Reply(command.Pick, isRight: true),
        AnswerWrongly => Reply(command.Pick, isRight: false),
        Allow => Approve(command.Pick, ApprovalOutcome.AllowedOnce),
        Reject => Approve(command.Pick, ApprovalOutcome.Rejected),
        RejectWithComment => Approve(command.Pick, ApprovalOutcome.RejectedWithComment),
        Trash => ((Active is null ? this : End(RunOutcome.Stopped)).With(seen => seen with { IsTrashed = true }), ""),
        Restore => (With(seen => seen with { IsTrashed = false }), ""),
        TimePasses => (this, ""),
        Restart or Kill => (Active is null ? this
            : OnlyWaits ? this with { IsDetached = true }
            : End(RunOutcome.Interrupted, command.Kind is Kill ? ToolCallStatus.Unknown : ToolCallStatus.Cancelled), ""),
        ToolReturns => (EndCall(command.Pick, ToolCallStatus.Completed), ""),
        ToolFails or ToolThrows => (EndCall(command.Pick, ToolCallStatus.Failed), ""),
        _ => (IsAtWork ? Work(command.Kind) : this, ""),
    };

    private bool OnlyWaits =>
        Active is { } run && !IsTextOpen(run) && run.Calls.Exists(Waits) && run.Calls.All(call => call.Kind is not CallKind.Tool || call.Status is not null);

    private static bool Waits(PictureOfCall call) =>
        call is { Status: null, Kind: CallKind.Question } or { Status: null, Kind: CallKind.Guarded, Approval: null };

    private static bool IsTextOpen(PictureOfRun run) => run.Text.Length > 0 && run.Text[^1] != '|';

    private bool IsActive(int pick) => Active is not null && pick % Seen.Runs.Count == Seen.Runs.Count - 1;

    private RunModel Work(RunCommandKind kind) => kind switch
    {
        Say => WithActive(run => run with { Text = run.Text + "x" }),
        EndText => WithActive(CloseText),
        CallTool or CallStubbornTool => WithActive(run => run with { Calls = run.Calls.Add(new PictureOfCall(CallKind.Tool, null)) }),
        Ask => WithActive(run => run with { Calls = run.Calls.Add(new PictureOfCall(CallKind.Question, null)) }),
        CallGuardedTool => WithActive(run => run with { Calls = run.Calls.Add(new PictureOfCall(CallKind.Guarded, null)) }),
        Finish => End(RunOutcome.Completed).StartNext(),
        ReachLimit => End(RunOutcome.MaxSteps),
        Fail or Crash => End(RunOutcome.Failed),
        IgnoreStop => this with { IsStubborn = true },
        _ => throw new InvalidOperationException($"The model has no rule for {kind}."),
    };

    private (RunModel, string) Send()
    {
        var sent = this with { Prompts = Prompts + 1 };
        if (Seen.IsTrashed)
        {
            return (sent, nameof(Core.Runs.PromptStatus.Refused));
        }

        var queued = (sent with { Admitted = Admitted.Add(Prompts) }).With(seen => seen with { Queue = seen.Queue.Add(Prompts) });
        return Active is null
            ? (queued.StartNext(), nameof(Core.Runs.PromptStatus.Started))
            : (queued, nameof(Core.Runs.PromptStatus.Queued));
    }

    private (RunModel, string) TakeBack(int pick)
    {
        if (Admitted.IsEmpty)
        {
            return (this, "");
        }

        var prompt = Admitted[pick % Admitted.Count];
        return Seen.IsTrashed || !Seen.Queue.Contains(prompt)
            ? (this, "False")
            : (With(seen => seen with { Queue = seen.Queue.Remove(prompt) }), "True");
    }

    private (RunModel, string) ToFront(int pick)
    {
        if (Admitted.IsEmpty)
        {
            return (this, "");
        }

        var prompt = Admitted[pick % Admitted.Count];
        return Seen.IsTrashed || Seen.Queue.IndexOf(prompt) <= 0
            ? (this, "False")
            : (With(seen => seen with { Queue = seen.Queue.Remove(prompt).Insert(0, prompt) }), "True");
    }

    private (RunModel, string) Reply(int pick, bool isRight)
    {
        var asked = Calls(CallKind.Question);
        if (asked.Count == 0)
        {
            return (this, "");
        }

        var (run, call) = asked[pick % asked.Count];
        if (Seen.Runs[run].Calls[call].Status is not null)
        {
            return (this, nameof(Core.Runs.AnswerStatus.TooLate));
        }

        if (!isRight)
        {
            return (this, nameof(Core.Runs.AnswerStatus.Invalid));
        }

        return (SetCall(run, call, ToolCallStatus.Completed).GoOn(), nameof(Core.Runs.AnswerStatus.Accepted));
    }

    private (RunModel, string) Approve(int pick, ApprovalOutcome outcome)
    {
        var guarded = Calls(CallKind.Guarded);
        if (guarded.Count == 0)
        {
            return (this, "");
        }

        var (run, call) = guarded[pick % guarded.Count];
        if (!Waits(Seen.Runs[run].Calls[call]))
        {
            return (this, nameof(ApprovalStatus.TooLate));
        }

        var answered = ChangeCall(run, call, each => each with { Approval = outcome });
        return (outcome is ApprovalOutcome.Rejected ? answered.End(RunOutcome.Stopped) : answered.GoOn(), nameof(ApprovalStatus.Accepted));
    }

    // With somebody at work an allowed call is executed at once; without, when the run has everything it waits for.
    private RunModel GoOn()
    {
        if (IsDetached && Active!.Calls.Exists(Waits))
        {
            return this;
        }

        var goesOn = WithActive(run => run with
        {
            Calls = [.. run.Calls.Select(call => call switch
            {
                { Status: null, Approval: ApprovalOutcome.AllowedOnce } => call with { Status = ToolCallStatus.Completed },
                { Status: null, Approval: ApprovalOutcome.RejectedWithComment } => call with { Status = ToolCallStatus.Failed },
                _ => call,
            })],
        });
        return IsDetached ? goesOn with { IsDetached = false, Launches = Launches + 1 } : goesOn;
    }

    // A tool whose run has ended may still return; nobody hears it.
    private RunModel EndCall(int pick, ToolCallStatus status)
    {
        var calls = Calls(CallKind.Tool);
        if (calls.Count == 0)
        {
            return this;
        }

        var (run, call) = calls[pick % calls.Count];
        return Seen.Runs[run].Calls[call].Status is null ? SetCall(run, call, status) : this;
    }

    private RunModel StartNext() => Seen.Queue.IsEmpty
        ? this
        : (this with { Launches = Launches + 1, IsStubborn = false }).With(seen => seen with
        {
            Queue = seen.Queue.RemoveAt(0),
            Runs = seen.Runs.Add(new PictureOfRun(seen.Queue[0], null, "")),
        });

    /// <param name="left">What calls at work become: only a crash leaves nobody who knows that they were ended.</param>
    private RunModel End(RunOutcome outcome, ToolCallStatus left = ToolCallStatus.Cancelled)
    {
        var ended = WithActive(run => CloseText(run) with
        {
            Outcome = outcome,
            Calls = [.. run.Calls.Select(call => call with
            {
                Status = call.Status ?? (call.Kind is CallKind.Guarded ? ToolCallStatus.NotStarted : left),
                Approval = Waits(call) && call.Kind is CallKind.Guarded ? ApprovalOutcome.Expired : call.Approval,
            })],
        });
        return ended with { IsDetached = false };
    }

    private static PictureOfRun CloseText(PictureOfRun run) => IsTextOpen(run) ? run with { Text = run.Text + "|" } : run;

    private RunModel SetCall(int run, int call, ToolCallStatus status) => ChangeCall(run, call, each => each with { Status = status });

    private RunModel ChangeCall(int run, int call, Func<PictureOfCall, PictureOfCall> change) => With(seen =>
    {
        var changed = seen.Runs[run];
        return seen with
        {
            Runs = seen.Runs.SetItem(run, changed with { Calls = changed.Calls.SetItem(call, change(changed.Calls[call])) }),
        };
    });

    private RunModel WithActive(Func<PictureOfRun, PictureOfRun> change) =>
        With(seen => seen with { Runs = seen.Runs.SetItem(seen.Runs.Count - 1, change(seen.Runs[^1])) });

    private RunModel With(Func<RunPicture, RunPicture> change) => this with { Seen = change(Seen) };
}
