using System.Collections.Concurrent;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Engines;
using Autocoder.Core.Profiles;
using Autocoder.Core.Runs.Steps;
using Autocoder.Core.Runs.Stopping;
using Microsoft.Extensions.Logging;

namespace Autocoder.Core.Runs;

/// <summary>One run at work: drives the engine, turns what it says into events, and ends the run exactly once.</summary>
internal sealed partial class RunActor(RunTicket ticket, RunServices services, RunStopper stopper, ILogger logger) : IDisposable
{
    private static readonly TimeSpan RetryClosing = TimeSpan.FromSeconds(2);

    private readonly StagedStop _stop = new(services.Options, services.Clock, logger);
    private readonly ConcurrentDictionary<Guid, OpenTextWriter> _texts = new();
    private readonly TaskCompletionSource<RunOutcome> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private OpenTextWriter? _text;
    private OpenTextWriter? _reasoning;
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
    public void Detach()
    {
        _isDetached = true;
        _stop.Request(RunOutcome.Interrupted);
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
    public async Task<RunStarted?> CloseAsync(RunOutcome outcome, RunError? error = null)
    {
        while (true)
        {
            try
            {
                var appended = await services.Writer.AppendAsync(Ticket.ConversationId, state => Close(state, outcome, error), CancellationToken.None)
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
        _stop.Dispose();
        foreach (var text in _texts.Values)
        {
            text.Dispose();
        }
    }

    private List<NewEvent> Close(ConversationState state, RunOutcome outcome, RunError? error)
    {
        if (state.Run is not { } run || run.RunId != Ticket.RunId)
        {
            return [];
        }

        // A stop that was asked for before the end was kept has stopped the run, and no prompt goes on by itself after it.
        outcome = outcome is RunOutcome.Completed && run.IsStopping ? _stop.Outcome ?? RunOutcome.Stopped : outcome;
        List<NewEvent> events =
            [.. RunClosing.Close(run, itemId => _texts.GetValueOrDefault(itemId)?.Text ?? "", outcome, error, services.Clock.GetUtcNow())];

        // After a stop or a failure the queue waits: the person decides whether the rest still makes sense.
        if (outcome is RunOutcome.Completed)
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
                await FinishTextsAsync().ConfigureAwait(false);
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
        EngineEvent.TextDelta delta => AddTextAsync(delta.Text),
        EngineEvent.TextEnded => FinishTextAsync(),
        EngineEvent.ReasoningDelta delta => AddReasoningAsync(delta.Text),
        EngineEvent.ReasoningEnded => FinishReasoningAsync(),
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
        await FinishTextsAsync().ConfigureAwait(false);
        if (_step is { } stepId)
        {
            _step = null;
            await AppendAsync(_ => new StepEnded(
                stepId, ended.StopReason, ended.Usage, ended.Model, ended.FirstTokenMs)).ConfigureAwait(false);
        }
    }

    private async Task AddTextAsync(string delta)
    {
        if (_text is null)
        {
            var text = NewText();
            await AppendAsync(_ => new TextStarted(text.ItemId)).ConfigureAwait(false);
            _text = text;
        }

        await _text.AddAsync(delta).ConfigureAwait(false);
    }

    private async Task AddReasoningAsync(string delta)
    {
        if (_reasoning is null)
        {
            var text = NewText();
            await AppendAsync(_ => new ReasoningStarted(text.ItemId)).ConfigureAwait(false);
            _reasoning = text;
        }

        await _reasoning.AddAsync(delta).ConfigureAwait(false);
    }

    private async Task FinishTextsAsync()
    {
        await FinishReasoningAsync().ConfigureAwait(false);
        await FinishTextAsync().ConfigureAwait(false);
    }

    private async Task FinishTextAsync()
    {
        if (_text is { } text)
        {
            _text = null;
            var whole = await text.FinishAsync().ConfigureAwait(false);
            await AppendAsync(_ => new TextCompleted(text.ItemId, whole)).ConfigureAwait(false);
        }
    }

    private async Task FinishReasoningAsync()
    {
        if (_reasoning is { } text)
        {
            _reasoning = null;
            var whole = await text.FinishAsync().ConfigureAwait(false);
            await AppendAsync(_ => new ReasoningCompleted(text.ItemId, whole)).ConfigureAwait(false);
        }
    }

    private OpenTextWriter NewText()
    {
        var text = new OpenTextWriter(
            services.Writer, Ticket.ConversationId, Ticket.RunId, services.Clock, services.Options.TextInterval);
        _texts[text.ItemId] = text;
        return text;
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

    [LoggerMessage(LogLevel.Debug, "Run {RunId} was stopped.")]
    private partial void LogEndedByStop(Exception exception, Guid runId);

    [LoggerMessage(LogLevel.Warning, "Run {RunId} failed: {Code}.")]
    private partial void LogEngineFailed(Exception exception, Guid runId, string code);

    [LoggerMessage(LogLevel.Error, "Run {RunId} crashed.")]
    private partial void LogRunCrashed(Exception exception, Guid runId);

    [LoggerMessage(LogLevel.Error, "The end of run {RunId} cannot be recorded now.")]
    private partial void LogCannotClose(Exception exception, Guid runId);
}
