using System.Collections.Concurrent;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Engines;
using Autocoder.Core.Runs.Approvals;
using Autocoder.Core.Runs.Stopping;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Autocoder.Core.Runs;

/// <summary>Admits prompts, starts and stops runs, and takes answers. Runs belong to the server, never to a page.</summary>
public sealed partial class RunSupervisor : IHostedService
{
    private readonly RunServices _services;
    private readonly RunRecovery _recovery;
    private readonly StartupRecovery _startup;
    private readonly RunStopper _stopper;
    private readonly ApprovalDesk _approvals;
    private readonly ConversationRemoval _removal;
    private readonly ILogger<RunSupervisor> _logger;
    private readonly ConcurrentDictionary<Guid, RunActor> _actors = new();

    internal RunSupervisor(RunServices services, IConversationStore store, ConversationStreams streams, ILogger<RunSupervisor> logger)
    {
        _services = services;
        _recovery = new RunRecovery(services, streams);
        _startup = new StartupRecovery(services, _recovery, store, streams, logger);
        _logger = logger;
        Inbox = new PromptInbox(services);
        services.ActorOf = _actors.GetValueOrDefault;
        _stopper = new RunStopper(services, _recovery, _actors, logger);
        _approvals = new ApprovalDesk(services, store, _recovery, GoOnAsync, StopAsync, logger);
        _removal = new ConversationRemoval(services, _stopper);
        services.StartSubAgent = new SubAgentRunner(services, _recovery, Launch, _stopper.StopChildAsync).RunAsync;
    }

    /// <summary>The prompts that wait.</summary>
    public PromptInbox Inbox { get; }

    /// <summary>How many runs are at work in this process.</summary>
    public int ActiveRuns => _actors.Count;

    /// <summary>Whether a run of a conversation is at work in this process.</summary>
    public bool IsAtWork(Guid conversationId) => _actors.Values.Any(actor => actor.Ticket.ConversationId == conversationId);

    /// <summary>Reconciles every run the last process left without an end. Nothing is accepted before this has returned.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => _startup.RunAsync(cancellationToken);

    /// <summary>Ends what runs as interrupted, except runs that only wait for a person: those go on after the restart.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopper.LeaveAllAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Keeps a prompt for good, and starts its run unless another one is at work.</summary>
    /// <exception cref="ConversationNotFoundException">There is no such conversation.</exception>
    public async Task<PromptReceipt> SendAsync(Guid conversationId, PromptAdmitted prompt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        if (Inbox.FindProblem(prompt) is { } problem)
        {
            return new PromptReceipt(PromptStatus.Refused, problem);
        }

        if (_services.IsLeaving)
        {
            return new PromptReceipt(
                PromptStatus.Refused, "Autocoder is shutting down. Nothing was sent and your text is still here: send it again when it is back.");
        }

        try
        {
            var appended = await _services.Writer
                .AppendAsync(conversationId, state => _services.Rules.Admit(state, prompt), cancellationToken)
                .ConfigureAwait(false);
            if (appended.Count == 0)
            {
                return new PromptReceipt(PromptStatus.AlreadySent);
            }

            return Launch(appended)
                ? new PromptReceipt(PromptStatus.Started)
                : new PromptReceipt(PromptStatus.Queued);
        }
        catch (EngineException exception)
        {
            return new PromptReceipt(PromptStatus.Refused, exception.Message);
        }
        catch (IllegalEventException)
        {
            return new PromptReceipt(
                PromptStatus.Refused, "This conversation is in the trash, or was deleted. Your text was not sent; what is in the trash can be restored.");
        }
    }

    /// <summary>Starts the run of the oldest waiting prompt. Does nothing when something runs or nothing waits.</summary>
    /// <returns>Refused, with the reason, when its run cannot be started; it goes on waiting then.</returns>
    public async Task<PromptReceipt> SendQueuedAsync(Guid conversationId, CancellationToken cancellationToken)
    {
        try
        {
            return Launch(await _services.Writer.AppendAsync(conversationId, _services.Rules.StartNext, cancellationToken).ConfigureAwait(false))
                ? new PromptReceipt(PromptStatus.Started)
                : new PromptReceipt(PromptStatus.Queued);
        }
        catch (EngineException exception)
        {
            return new PromptReceipt(PromptStatus.Refused, exception.Message);
        }
    }

    /// <summary>Goes on with an ended run in a new one, which is told what the old one left unknown. A repeat changes nothing.</summary>
    public async Task<PromptReceipt> ContinueAsync(Guid conversationId, Guid promptId, Guid runId, CancellationToken cancellationToken)
    {
        // What has ended stays ended, so it may be looked up before the commit.
        var log = await _services.ReadAllAsync(conversationId, cancellationToken).ConfigureAwait(false);
        return RunContinuation.PromptFor(log, promptId, runId) is { } prompt
            ? await SendAsync(conversationId, prompt, cancellationToken).ConfigureAwait(false)
            : new PromptReceipt(PromptStatus.Refused, "This run is still at work, or it belongs to another conversation. Nothing was started.");
    }

    /// <summary>Stops a run and returns when its end is in the log. Harmless for a run that has ended, or when repeated.</summary>
    public Task StopAsync(Guid conversationId, Guid runId, CancellationToken cancellationToken) =>
        _stopper.StopAsync(conversationId, runId, "person", cancellationToken);

    /// <summary>Stops whatever runs in a conversation; returns when it has ended. Harmless when nothing does.</summary>
    public Task StopAllAsync(Guid conversationId, CancellationToken cancellationToken) => _removal.StopAsync(conversationId, cancellationToken);

    /// <summary>Answers questions. The first answer of any tab wins.</summary>
    public async Task<AnswerReceipt> AnswerAsync(
        Guid conversationId, Guid requestId, IReadOnlyList<Answer> answers, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(answers);
        string? problem = null;
        var appended = await _services.Writer.AppendAsync(
            conversationId,
            state =>
            {
                if (state.Run?.OpenQuestions.GetValueOrDefault(requestId) is not { } asked)
                {
                    return [];
                }

                problem = AnswerRules.FindProblem(asked.Questions, answers);
                return problem is not null ? []
                    : _actors.ContainsKey(state.Run.RunId) ? [new NewEvent(new QuestionsAnswered(requestId, answers), state.Run.RunId)]
                    : RunRecovery.Answer(state.Run, asked, answers);
            },
            cancellationToken).ConfigureAwait(false);

        if (appended.Count == 0)
        {
            return problem is null
                ? new AnswerReceipt(AnswerStatus.TooLate, "This was answered before, or its run has ended. Your answer was not used.")
                : new AnswerReceipt(AnswerStatus.Invalid, problem);
        }

        await GoOnAsync(conversationId, requestId, answers, appended[0].RunId!.Value, cancellationToken).ConfigureAwait(false);
        return new AnswerReceipt(AnswerStatus.Accepted);
    }

    /// <summary>Stops what runs and moves the conversation to the trash, where nothing is lost. A repeat changes nothing.</summary>
    public Task TrashAsync(Guid conversationId, CancellationToken cancellationToken) => _removal.TrashAsync(conversationId, cancellationToken);

    /// <summary>Stops what runs, waits for its end, and deletes the conversation for good, with those of its sub-agents. A repeat changes nothing.</summary>
    public Task DeleteAsync(Guid conversationId, CancellationToken cancellationToken) => _removal.DeleteAsync(conversationId, cancellationToken);

    private async Task GoOnAsync(
        Guid conversationId, Guid requestId, IReadOnlyList<Answer> answers, Guid runId, CancellationToken cancellationToken)
    {
        if (_actors.TryGetValue(runId, out var actor))
        {
            if (actor.Waiting.TryGetValue(requestId, out var waiting))
            {
                waiting.TrySetResult(answers);
            }
        }
        else
        {
            await GoOnAsync(conversationId, runId, cancellationToken).ConfigureAwait(false);
        }
    }

    private bool Launch(IReadOnlyList<EventEnvelope> appended)
    {
        var started = appended.FirstOrDefault(envelope => envelope.Event is RunStarted);
        if (started is null)
        {
            return false;
        }

        _ = LaunchAsync(started.ConversationId, (RunStarted)started.Event);
        return true;
    }

    private async Task LaunchAsync(Guid conversationId, RunStarted started)
    {
        try
        {
            Launch(await _recovery.TicketOfAsync(conversationId, started, CancellationToken.None).ConfigureAwait(false));
        }
        catch (Exception exception)
        {
            // The run is in the log; without an actor nobody would ever end it.
            LogLaunchFailed(exception, started.RunId);
            await _recovery.CloseAsync(conversationId, started.RunId, RunOutcome.Failed, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private RunActor Launch(RunTicket ticket)
    {
        var actor = new RunActor(ticket, _services, _stopper, _logger);
        if (!_actors.TryAdd(ticket.RunId, actor))
        {
            actor.Dispose();
            return _actors[ticket.RunId];
        }

        // On its way out the server starts nothing new; what is in the log already still gets its end.
        if (_services.IsLeaving)
        {
            actor.RequestEnd(RunOutcome.Interrupted);
        }

        // Away from the caller: a run must not inherit the context of the page that happened to start it.
        _ = Task.Run(() => RunAsync(actor));
        return actor;
    }

    private async Task RunAsync(RunActor actor)
    {
        RunStarted? next = null;
        try
        {
            next = await actor.RunAsync().ConfigureAwait(false);
        }
        finally
        {
            _actors.TryRemove(KeyValuePair.Create(actor.Ticket.RunId, actor));
            actor.Dispose();
        }

        if (next is not null)
        {
            await LaunchAsync(actor.Ticket.ConversationId, next).ConfigureAwait(false);
        }
    }

    [LoggerMessage(LogLevel.Error, "Run {RunId} could not be started.")]
    private partial void LogLaunchFailed(Exception exception, Guid runId);
}
