using System.Collections.Concurrent;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Engines;
using Autocoder.Core.Profiles;
using Autocoder.Core.Projects;
using Autocoder.Core.Runs.Steps;
using Autocoder.Core.Runs.Stopping;
using Microsoft.Extensions.Logging;

namespace Autocoder.Core.Runs;

/// <summary>One run at work: drives the engine, turns what it says into events, and ends the run exactly once.</summary>
internal sealed partial class RunActor(RunTicket ticket, RunServices services, RunStopper stopper, ILogger logger) : IDisposable
{
    private static readonly TimeSpan RetryClosing = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PatienceWithProcesses = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan PatienceWithDisk = TimeSpan.FromMilliseconds(500);

    private readonly StagedStop _stop = new(services.Options, services.Clock, logger);
    private readonly TaskCompletionSource<RunOutcome> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly RunTexts _texts = new(ticket, services);
    private Guid? _step;
    private volatile bool _isDetached;
    private RunWatch? _watch;

    public RunTicket Ticket { get; } = ticket;

    /// <summary>The profile in effect; null until the run was prepared.</summary>
    public Profile? Profile { get; set; }

    /// <summary>What it may still spend. Set before its engine begins.</summary>
    public RunBudget Budget { get; set; } = new(new RunLimits(int.MaxValue));

    /// <summary>The questions somebody waits for, by request.</summary>
    public ConcurrentDictionary<Guid, TaskCompletionSource<IReadOnlyList<Answer>>> Waiting { get; } = new();

    /// <summary>The approvals somebody waits for, by request.</summary>
    public ConcurrentDictionary<Guid, TaskCompletionSource<ApprovalResolved>> WaitingApprovals { get; } = new();

    /// <summary>Where its sub-agents are started; closed before the run is.</summary>
    public StartGate SubAgents { get; } = new();

    /// <summary>The project as its tools have it: nothing is written once a stop has become urgent. Null until the run was prepared.</summary>
    public ProjectFolder? Folder { get; set; }

    /// <summary>Cancelled when a stop has become urgent.</summary>
    public CancellationToken HardStop => _stop.Hard;

    /// <summary>What the run was asked to end as; null while nobody asked.</summary>
    public RunOutcome? RequestedOutcome => _stop.Outcome;

    /// <summary>Whether it was let go of, for a later process.</summary>
    public bool IsDetached => _isDetached;

    /// <summary>Completes when the end of the run is in the log, or when the run was detached.</summary>
    public Task<RunOutcome> Ended => _ended.Task;

    /// <summary>
    /// Asks the run to end, whatever it is doing: softly, then urgently, at last without its engine. Returns at once; the end is
    /// <see cref="Ended"/>. The first request decides the outcome.
    /// </summary>
    /// <param name="outcome">What it ends as: <see cref="RunOutcome.Stopped"/>, <see cref="RunOutcome.TimeLimit"/> and so on.</param>
    public void RequestEnd(RunOutcome outcome)
    {
        if (_stop.Request(outcome))
        {
            _ = Task.Run(() => stopper.SeeThroughAsync(this));
        }
    }

    /// <summary>Waits while a requested stop takes its course.</summary>
    /// <returns>False when the run has to be ended without its engine.</returns>
    public Task<bool> WaitForStopAsync(Func<Task> onUrgent) => _stop.WaitAsync(Ended, onUrgent);

    /// <summary>Keeps a stop from becoming urgent while a tool is at work that must not be cut, until it is disposed.</summary>
    public IDisposable HoldOffStop(TimeSpan grace) => _stop.HoldOff(grace);

    /// <summary>Lets go of a run that only waits for a person; it goes on after the restart.</summary>
    /// <returns>Completes when nothing more begins in its name.</returns>
    public Task DetachAsync()
    {
        _isDetached = true;
        _stop.Request(RunOutcome.Interrupted);

        // Whoever it leaves behind has nothing more to do in this process.
        _stop.Expire();
        return SubAgents.CloseAsync();
    }

    /// <summary>Runs to the end. Never throws.</summary>
    /// <returns>The run that was started after it, from the queue; null for none.</returns>
    public async Task<RunStarted?> RunAsync()
    {
        _watch = new RunWatch(this, services, logger);
        var (outcome, error) = await _watch.WhileAsync(DriveAsync).ConfigureAwait(false);
        if (_isDetached)
        {
            _ended.TrySetResult(RunOutcome.Interrupted);
            return null;
        }

        return await CloseAsync(outcome, error).ConfigureAwait(false);
    }

    /// <summary>Ends the run in the log, whatever its engine does. From then on the log refuses everything it writes.</summary>
    /// <param name="isFenced">Whether its engine did not end in time and is left behind.</param>
    public async Task<RunStarted?> CloseAsync(RunOutcome outcome, RunError? error = null, bool isFenced = false)
    {
        _stop.Expire();
        if (Folder?.Settle(PatienceWithDisk) is false)
        {
            LogStillWriting(Ticket.RunId);
        }

        await stopper.EndSubAgentsAsync(this, isFenced).ConfigureAwait(false);
        var remains = new RunRemains(isFenced, await EndProcessesAsync().ConfigureAwait(false));
        while (true)
        {
            try
            {
                var appended = await services.Writer.AppendAsync(Ticket.ConversationId, state => Close(state, outcome, error, remains), CancellationToken.None)
                    .ConfigureAwait(false);
                _ended.TrySetResult(outcome);
                return appended.Select(envelope => envelope.Event).OfType<RunStarted>().SingleOrDefault();
            }
            catch (ConversationNotFoundException)
            {
                _ended.TrySetResult(outcome);
                return null;
            }
            catch (Exception exception) when (!services.ShuttingDown.IsCancellationRequested)
            {
                // A full or locked disk: nothing can be recorded now. The run stays open until it can be.
                LogCannotClose(exception, Ticket.RunId);
                await Task.Delay(RetryClosing, services.Clock, services.ShuttingDown)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception exception)
            {
                // The next start finds the run without an end and closes it.
                LogCannotClose(exception, Ticket.RunId);
                _ended.TrySetResult(outcome);
                return null;
            }
        }
    }

    public void Dispose()
    {
        services.Processes.Forget(Ticket.RunId);
        _stop.Dispose();
        _texts.Dispose();
    }

    private async Task<int> EndProcessesAsync()
    {
        try
        {
            return await services.Processes.EndAllAsync(Ticket.RunId, PatienceWithProcesses).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // The end of a run must be kept whatever becomes of its programs; the next start looks for them again.
            LogProcessesLeft(exception, Ticket.RunId);
            return 0;
        }
    }

    private List<NewEvent> Close(ConversationState state, RunOutcome outcome, RunError? error, RunRemains remains)
    {
        if (state.Run is not { } run || run.RunId != Ticket.RunId)
        {
            return [];
        }

        // A stop that was asked for before the end was kept has stopped the run, and no prompt goes on by itself after it.
        outcome = outcome is RunOutcome.Completed && run.IsStopping ? _stop.Outcome ?? RunOutcome.Stopped : outcome;
        List<NewEvent> events =
            [.. RunClosing.Close(run, _texts.TextOf, outcome, error, services.Clock.GetUtcNow(), remains)];

        // After a stop or a failure the queue waits: the person decides whether the rest still makes sense.
        if (outcome is RunOutcome.Completed && !services.IsLeaving)
        {
            events.AddRange(services.Rules.StartAfter(state));
        }

        return events;
    }

    private async Task<(RunOutcome Outcome, RunError? Error)> DriveAsync()
    {
        try
        {
            var outcome = RunOutcome.Completed;
            var (engine, request) = await services.PrepareAsync(Ticket, this, _stop.Soft).ConfigureAwait(false);
            await foreach (var next in engine.RunAsync(request, _stop.Soft).ConfigureAwait(false))
            {
                // Of what comes after a stop only the account of the tokens counts. An engine need not notice the stop itself.
                if (!_stop.Soft.IsCancellationRequested || next is EngineEvent.StepEnded)
                {
                    outcome = next is EngineEvent.Finished finished ? finished.Outcome : outcome;
                    await HandleAsync(next).ConfigureAwait(false);
                }

                if (_stop.Soft.IsCancellationRequested)
                {
                    break;
                }
            }

            if (_stop.Outcome is null)
            {
                await _texts.FinishAsync().ConfigureAwait(false);
            }

            return (_stop.Outcome ?? outcome, null);
        }
        catch (Exception exception) when (_stop.Outcome is not null)
        {
            // Whatever a stopped engine throws on its way out, it was stopped.
            LogEndedByStop(exception, Ticket.RunId);
            return (_stop.Outcome.Value, null);
        }
        catch (EngineException exception)
        {
            LogEngineFailed(exception, Ticket.RunId, exception.Code);
            return (RunOutcome.Failed, new RunError(exception.Code, exception.Message));
        }
        catch (Exception exception)
        {
            // A defect in one engine must end only its own run. The person gets a code to find the details by.
            LogRunCrashed(exception, Ticket.RunId);
            return (RunOutcome.Failed, new RunError(
                "internal_error",
                $"The run failed unexpectedly. What it had written is kept. The server's log has the details under run {Ticket.RunId}."));
        }
    }

    private Task HandleAsync(EngineEvent next)
    {
        _watch?.Heard(next is EngineEvent.Retrying retrying ? retrying.Delay : default);
        return RecordAsync(next);
    }

    private Task RecordAsync(EngineEvent next) => next switch
    {
        EngineEvent.StepStarted => StartStepAsync(),
        EngineEvent.StepEnded ended => EndStepAsync(ended),
        EngineEvent.TextDelta delta => _texts.AddTextAsync(delta.Text),
        EngineEvent.TextEnded ended => _texts.FinishTextAsync(ended.Whole),
        EngineEvent.ReasoningDelta delta => _texts.AddReasoningAsync(delta.Text),
        EngineEvent.ReasoningEnded ended => _texts.FinishReasoningAsync(ended.Signature),
        EngineEvent.AnswerWithdrawn => _texts.WithdrawAsync(),
        EngineEvent.Retrying retrying => AppendAsync(_ => new ModelCallRetried(
            retrying.Attempt, (long)retrying.Delay.TotalMilliseconds, retrying.Code, retrying.Text)),
        EngineEvent.Warning warning => AppendAsync(_ => new WarningRaised(warning.Code, warning.Text)),
        _ => Task.CompletedTask,
    };

    private async Task StartStepAsync()
    {
        if (!Budget.IsStepTaken)
        {
            await PassBoundaryAsync().ConfigureAwait(false);
        }

        _texts.BeginAnswer();
        Budget.BeginStep();
        var stepId = Guid.CreateVersion7();
        await AppendAsync(state => new StepStarted(stepId, state.Run!.Steps + 1)).ConfigureAwait(false);
        _step = stepId;
    }

    // An engine that calls models itself does not ask before a step, as the loop does; its step is not begun then.
    private async Task PassBoundaryAsync()
    {
        var run = await services.ReadRunAsync(Ticket, _stop.Soft).ConfigureAwait(false);
        if (await new StepBoundary(this).PassAsync(run).ConfigureAwait(false) is { } reached)
        {
            RequestEnd(reached);
            throw new OperationCanceledException(_stop.Soft);
        }
    }

    private async Task EndStepAsync(EngineEvent.StepEnded ended)
    {
        await _texts.FinishAsync().ConfigureAwait(false);
        if (_step is { } stepId)
        {
            _step = null;
            await AppendAsync(_ => new StepEnded(
                stepId, ended.StopReason, ended.Usage, ended.Model, ended.FirstTokenMs, ended.Window)).ConfigureAwait(false);
        }
    }

    /// <summary>Commits an event of this run, or nothing.</summary>
    /// <exception cref="IllegalEventException">The run has ended.</exception>
    public Task AppendAsync(Func<ConversationState, ConversationEvent?> decide) =>
        AppendManyAsync(state => decide(state) is { } decided ? [decided] : [], CancellationToken.None);

    /// <summary>Commits events of this run together, or nothing.</summary>
    /// <exception cref="IllegalEventException">The run has ended.</exception>
    public async Task<IReadOnlyList<EventEnvelope>> AppendManyAsync(
        Func<ConversationState, IEnumerable<ConversationEvent>> decide, CancellationToken cancellationToken)
    {
        var appended = await services.Writer.AppendAsync(
            Ticket.ConversationId,
            state => state.Run?.RunId == Ticket.RunId && !_isDetached
                ? [.. decide(state).Select(decided => new NewEvent(decided, Ticket.RunId))]
                : throw new IllegalEventException("Refused: the run has ended."),
            cancellationToken).ConfigureAwait(false);
        foreach (var envelope in appended)
        {
            Budget.Charge(envelope.Event);
        }

        if (appended.Any(envelope => envelope.Event is not RunStalled))
        {
            _watch?.Heard();
        }

        return appended;
    }

    [LoggerMessage(LogLevel.Error, "The disk hangs: a last file of run {RunId} may still come.")]
    private partial void LogStillWriting(Guid runId);

    [LoggerMessage(LogLevel.Error, "Programs of run {RunId} may still be at work.")]
    private partial void LogProcessesLeft(Exception exception, Guid runId);

    [LoggerMessage(LogLevel.Debug, "Run {RunId} was stopped.")]
    private partial void LogEndedByStop(Exception exception, Guid runId);

    [LoggerMessage(LogLevel.Warning, "Run {RunId} failed: {Code}.")]
    private partial void LogEngineFailed(Exception exception, Guid runId, string code);

    [LoggerMessage(LogLevel.Error, "Run {RunId} crashed.")]
    private partial void LogRunCrashed(Exception exception, Guid runId);

    [LoggerMessage(LogLevel.Error, "The end of run {RunId} cannot be recorded now.")]
    private partial void LogCannotClose(Exception exception, Guid runId);
}
