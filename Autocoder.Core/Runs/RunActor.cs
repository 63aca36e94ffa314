using System.Collections.Concurrent;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Engines;
using Autocoder.Core.Runs.Steps;
using Microsoft.Extensions.Logging;

namespace Autocoder.Core.Runs;

/// <summary>One run at work: drives the engine, turns what it says into events, and ends the run exactly once.</summary>
internal sealed partial class RunActor : IDisposable
{
    private static readonly TimeSpan RetryClosing = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stop = new();
    private readonly RunWatch _watch;
    private readonly CancellationTokenSource _hardStop = new();
    private readonly RunServices _services;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<Guid, OpenTextWriter> _texts = new();
    private readonly TaskCompletionSource<RunOutcome> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private OpenTextWriter? _text;
    private OpenTextWriter? _reasoning;
    private Guid? _step;
    private volatile bool _isDetached;
    private volatile string? _stoppedBy;
    private volatile Tuple<RunOutcome>? _endAs;

    public RunActor(RunTicket ticket, RunServices services, ILogger logger)
    {
        Ticket = ticket;
        Profile = ticket.Profile;
        _services = services;
        _logger = logger;
        _watch = new RunWatch(this, services, logger);
    }

    public RunTicket Ticket { get; }

    /// <summary>The profile it works with now.</summary>
    public string Profile { get; set; }

    /// <summary>What it may still spend. Set before its engine begins.</summary>
    public RunBudget Budget { get; set; } = new(new RunLimits(int.MaxValue));

    /// <summary>The questions somebody waits for, by request.</summary>
    public ConcurrentDictionary<Guid, TaskCompletionSource<IReadOnlyList<Answer>>> Waiting { get; } = new();

    /// <summary>The approvals somebody waits for, by request.</summary>
    public ConcurrentDictionary<Guid, TaskCompletionSource<ApprovalResolved>> WaitingApprovals { get; } = new();

    /// <summary>Cancelled when a stop has become urgent.</summary>
    public CancellationToken HardStop => _hardStop.Token;

    /// <summary>Completes when the end of the run is in the log, or when the run was detached.</summary>
    public Task<RunOutcome> Ended => _ended.Task;

    /// <summary>Asks the engine to stop. Harmless when repeated.</summary>
    /// <param name="by"><c>person</c> or <c>shutdown</c>.</param>
    public void RequestStop(string by)
    {
        _stoppedBy ??= by;
        _stop.Cancel();
    }

    /// <summary>Ends the run before its engine does, at a limit. A person's stop wins. Harmless when repeated.</summary>
    public void RequestEnd(RunOutcome outcome)
    {
        if (Interlocked.CompareExchange(ref _endAs, Tuple.Create(outcome), null) is null)
        {
            _stop.Cancel();
            _ = FenceAsync(outcome);
        }
    }

    /// <summary>Lets go of a run that only waits for a person; it goes on after the restart.</summary>
    public void Detach()
    {
        _isDetached = true;
        _stop.Cancel();
    }

    /// <summary>Runs to the end. Never throws.</summary>
    /// <returns>The run that was started after it, from the queue; null for none.</returns>
    public async Task<RunStarted?> RunAsync()
    {
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
                var appended = await _services.Writer.AppendAsync(Ticket.ConversationId, state => Close(state, outcome, error), CancellationToken.None)
                    .ConfigureAwait(false);
                _ended.TrySetResult(outcome);
                return appended.Select(envelope => envelope.Event).OfType<RunStarted>().SingleOrDefault();
            }
            catch (ConversationNotFoundException)
            {
                _ended.TrySetResult(outcome);
                return null;
            }
            catch (Exception exception) when (!_services.ShuttingDown.IsCancellationRequested)
            {
                // A full or locked disk: nothing can be recorded now. The run stays open until it can be.
                LogCannotClose(exception, Ticket.RunId);
                await Task.Delay(RetryClosing, _services.Clock, _services.ShuttingDown)
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
        _hardStop.Dispose();
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

        List<NewEvent> events =
            [.. RunClosing.Close(run, itemId => _texts.GetValueOrDefault(itemId)?.Text ?? "", outcome, error, _services.Clock.GetUtcNow())];

        // After a stop or a failure the queue waits: the person decides whether the rest still makes sense.
        if (outcome is RunOutcome.Completed)
        {
            events.AddRange(_services.Rules.StartAfter(state));
        }

        return events;
    }

    private async Task<(RunOutcome Outcome, RunError? Error)> DriveAsync()
    {
        try
        {
            var outcome = RunOutcome.Completed;
            var (engine, request) = await _services.PrepareAsync(Ticket, this, _stop.Token).ConfigureAwait(false);
            await foreach (var next in engine.RunAsync(request, _stop.Token).ConfigureAwait(false))
            {
                outcome = next is EngineEvent.Finished finished ? finished.Outcome : outcome;
                await HandleAsync(next).ConfigureAwait(false);
            }

            await FinishTextsAsync().ConfigureAwait(false);
            return (_stop.IsCancellationRequested ? Stopped() : outcome, null);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return (Stopped(), null);
        }
        catch (EngineException exception)
        {
            LogEngineFailed(exception, Ticket.RunId, exception.Code);
            return (RunOutcome.Failed, new RunError(exception.Code, exception.Message));
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            // Whatever a stopped engine throws on its way out, it was stopped.
            return (Stopped(), null);
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

    private RunOutcome Stopped() => (_stoppedBy, _endAs) switch
    {
        ("shutdown", _) => RunOutcome.Interrupted,
        (null, { Item1: var outcome }) => outcome,
        _ => RunOutcome.Stopped,
    };

    // .NET cannot abort a task. A run whose engine does not end is ended without it.
    private async Task FenceAsync(RunOutcome outcome)
    {
        await ((Task)Ended).WaitAsync(_services.Options.StopGrace, _services.Clock, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!Ended.IsCompleted)
        {
            await CloseAsync(_stoppedBy is null ? outcome : Stopped()).ConfigureAwait(false);
        }
    }

    private Task HandleAsync(EngineEvent next)
    {
        _watch.Heard(next is EngineEvent.Retrying retrying ? retrying.Delay : default);
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

    // An engine that calls models itself does not ask before a step; it is told afterwards.
    private async Task PassBoundaryAsync()
    {
        var run = await _services.ReadRunAsync(Ticket, _stop.Token).ConfigureAwait(false);
        if (await new StepBoundary(this).PassAsync(run).ConfigureAwait(false) is { } reached)
        {
            RequestEnd(reached);
            throw new OperationCanceledException(_stop.Token);
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
            _services.Writer, Ticket.ConversationId, Ticket.RunId, _services.Clock, _services.Options.TextInterval);
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
        var appended = await _services.Writer.AppendAsync(
            Ticket.ConversationId,
            state => state.Run?.RunId == Ticket.RunId
                ? [.. decide(state).Select(decided => new NewEvent(decided, Ticket.RunId))]
                : throw new IllegalEventException("Refused: the run has ended."),
            cancellationToken).ConfigureAwait(false);
        foreach (var envelope in appended)
        {
            Budget.Charge(envelope.Event);
        }

        if (appended.Any(envelope => envelope.Event is not RunStalled))
        {
            _watch.Heard();
        }

        return appended;
    }

    [LoggerMessage(LogLevel.Warning, "Run {RunId} failed: {Code}.")]
    private partial void LogEngineFailed(Exception exception, Guid runId, string code);

    [LoggerMessage(LogLevel.Error, "Run {RunId} crashed.")]
    private partial void LogRunCrashed(Exception exception, Guid runId);

    [LoggerMessage(LogLevel.Error, "The end of run {RunId} cannot be recorded now.")]
    private partial void LogCannotClose(Exception exception, Guid runId);
}
