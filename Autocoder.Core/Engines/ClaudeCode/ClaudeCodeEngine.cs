using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Autocoder.Core.Attachments;
using Autocoder.Core.Conversations;
using Autocoder.Core.Engines.Loop;
using Autocoder.Core.Engines.Models;
using Autocoder.Core.Profiles;
using Autocoder.Core.Projects;
using Autocoder.Core.Tools;

namespace Autocoder.Core.Engines.ClaudeCode;

/// <summary>Runs prompts with Claude Code as a child process. What a person sees is our log; its own memory is its session.</summary>
internal sealed class ClaudeCodeEngine(
    CliSessions sessions, CliProgram cli, SessionIds ids, SessionTraces traces, BlobStore blobs) : IAgentEngine
{
    private static readonly TimeSpan TimeToObey = TimeSpan.FromSeconds(1.5);

    /// <inheritdoc/>
    public EngineDescription Description { get; } = new(
        "claude-code", "Claude Code", "The Claude Code program on this machine, with your sign-in or key. Its tools ask Autocoder first.", UsesModel: true);

    /// <inheritdoc/>
    public async IAsyncEnumerable<EngineEvent> RunAsync(
        EngineRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var folder = request.Folder ?? throw new EngineException("project_folder_missing", "This engine needs the project's folder. Nothing was done.");
        var callIds = new CallIds(request.TakenCallIds);
        var tools = request.Tools.Definitions;
        StepReport? last = null;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var decision = await request.Steps.NextAsync(last, new NoSummary(), cancellationToken).ConfigureAwait(false);
            if (decision is StepDecision.End { Outcome: not RunOutcome.Completed } end)
            {
                yield return new EngineEvent.Finished(end.Outcome);
            }

            if (decision is not StepDecision.Call call)
            {
                yield break;
            }

            // All it may ever ask for in this run: what a phase withholds is refused in words, and the process stays the same.
            tools = [.. tools.UnionBy(call.Tools, tool => tool.Name)];
            var turn = new Turn(request, call, folder, callIds, LaunchOf(request, call.Profile, tools, folder));
            await foreach (var next in TakeTurnAsync(turn, cancellationToken).ConfigureAwait(false))
            {
                yield return next;
            }

            if (turn.Result.Text("stop_reason") == "refusal")
            {
                yield return new EngineEvent.Finished(RunOutcome.Refused);
                yield break;
            }

            last = new StepReport("end_turn", [new ModelPart.Text(turn.Result.Text("result") ?? "")], []);
        }
    }

    /// <inheritdoc/>
    public async Task ForgetAsync(Guid conversationId, CancellationToken cancellationToken)
    {
        await sessions.EndAsync(conversationId).ConfigureAwait(false);
        await traces.RemoveAsync(conversationId, cancellationToken).ConfigureAwait(false);
    }

    private async IAsyncEnumerable<EngineEvent> TakeTurnAsync(Turn turn, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (session, isFresh, hasMissed) = await OpenAsync(turn.Request, turn.Launch, cancellationToken).ConfigureAwait(false);
        var translator = new CliTranslator(session.CostUsd);
        var tools = new TurnTools(session, turn.Request, turn.Folder, turn.CallIds, cancellationToken);
        try
        {
            var history = isFresh ? PromptContent.HistoryOf(turn.Call.Messages) : "";
            if (history.Length > 0)
            {
                yield return new EngineEvent.Warning("session_new", hasMissed
                    ? "Another engine has gone on with this conversation since Claude Code was last here. Claude Code was given what was said and goes on in a new session."
                    : "Claude Code no longer has its session of this conversation. It was given what was said here and goes on in a new one.");
            }

            session.SendUser(
                await PromptContent.ToBlocksAsync(turn.Call.Messages, NotesOf(turn.Call), history, blobs, cancellationToken).ConfigureAwait(false), Guid.NewGuid());
            await foreach (var next in ListenAsync(session, translator, tools, cancellationToken).ConfigureAwait(false))
            {
                yield return next;
            }

            await ThrowUnlessDoneAsync(session, translator, cancellationToken).ConfigureAwait(false);
            turn.Result = translator.Result;
        }
        finally
        {
            await tools.DisposeAsync().ConfigureAwait(false);
            await LeaveAsync(turn.Request, session, translator).ConfigureAwait(false);
        }
    }

    private static async IAsyncEnumerable<EngineEvent> ListenAsync(
        CliSession session, CliTranslator translator, TurnTools tools, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var first in translator.Begin())
        {
            yield return first;
        }

        await foreach (var message in session.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            foreach (var next in TurnTools.IsRequest(message) ? translator.Settle() : translator.Translate(message))
            {
                yield return next;
            }

            await tools.TakeAsync(message).ConfigureAwait(false);
            if (translator.IsOver)
            {
                yield break;
            }
        }
    }

    private static async Task ThrowUnlessDoneAsync(CliSession session, CliTranslator translator, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!translator.IsOver)
        {
            throw CliFailure.Ended(await session.ExitCodeAsync().ConfigureAwait(false), session.Errors);
        }

        if (translator.Result.Flag("is_error"))
        {
            throw CliFailure.OfResult(translator.Result);
        }
    }

    // After a turn that ended well the process is kept for the next prompt. Otherwise it is ended, and its session resumed.
    private async Task LeaveAsync(EngineRequest request, CliSession session, CliTranslator translator)
    {
        var conversationId = request.ConversationId;
        if (translator.IsOver)
        {
            session.CostUsd = translator.TotalCostUsd;
            await TrySaveAsync(request, session).ConfigureAwait(false);
        }

        if (translator.IsOver && !translator.Result.Flag("is_error"))
        {
            sessions.Keep(conversationId);
            return;
        }

        if (!translator.IsOver && !session.IsEnded)
        {
            // Asked first: a program that is killed forgets what it has said in this turn.
            await session.InterruptAsync(TimeToObey).ConfigureAwait(false);
        }

        await sessions.EndAsync(conversationId, session).ConfigureAwait(false);
    }

    // The session is known already; a disk that refuses now costs no more than the account of one turn.
    private async Task TrySaveAsync(EngineRequest request, CliSession session)
    {
        try
        {
            var known = await ids.FindAsync(request.ConversationId, CancellationToken.None).ConfigureAwait(false);
            await ids.SaveAsync(
                request.ConversationId,
                new KnownSession(session.Id, session.CostUsd) { RunId = request.RunId, Earlier = known?.Earlier ?? [] },
                CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Told where it matters: when a new session cannot be kept.
        }
    }

    private async Task<(CliSession Session, bool IsFresh, bool HasMissed)> OpenAsync(
        EngineRequest request, CliLaunch launch, CancellationToken cancellationToken)
    {
        var conversationId = request.ConversationId;
        var known = await ids.FindAsync(conversationId, cancellationToken).ConfigureAwait(false);
        var hasMissed = known?.HasMissed(request.RunId, request.EarlierRuns, Description.Id) ?? false;
        if (hasMissed)
        {
            await sessions.EndAsync(conversationId).ConfigureAwait(false);
        }
        else if (await sessions.TakeAsync(conversationId, launch).ConfigureAwait(false) is { } live)
        {
            return (live, false, false);
        }

        var program = cli.Find() ?? throw CliFailure.Missing(cli);
        try
        {
            if (known is not null && !hasMissed
                && await TryResumeAsync(conversationId, program, launch, known, cancellationToken).ConfigureAwait(false) is { } resumed)
            {
                return (resumed, false, false);
            }

            var fresh = await sessions.StartAsync(conversationId, program, launch, resume: null, cancellationToken).ConfigureAwait(false);

            // Kept before the first word, so that a crash in the first turn loses nothing.
            await ids.SaveAsync(
                conversationId,
                new KnownSession(fresh.Id, 0) { RunId = request.RunId, Earlier = known is null ? [] : [.. known.Earlier, known.Id] },
                cancellationToken).ConfigureAwait(false);
            return (fresh, true, hasMissed);
        }
        catch (CliStartException exception)
        {
            throw CliFailure.NotStarted(exception.Said);
        }
        catch (Win32Exception exception)
        {
            throw CliFailure.NotStarted(exception.Message);
        }
    }

    private async Task<CliSession?> TryResumeAsync(
        Guid conversationId, string program, CliLaunch launch, KnownSession known, CancellationToken cancellationToken)
    {
        try
        {
            var resumed = await sessions.StartAsync(conversationId, program, launch, known.Id, cancellationToken).ConfigureAwait(false);
            resumed.CostUsd = known.CostUsd;
            return resumed;
        }
        catch (CliStartException exception) when (exception.IsSessionGone)
        {
            return null;
        }
    }

    // A sub-agent's engine is named with its agent behind a #; the model is what comes before.
    private CliLaunch LaunchOf(EngineRequest request, Profile profile, IReadOnlyList<ToolDefinition> ours, ProjectFolder folder)
    {
        var model = request.Variant?.Split('#')[0] is { Length: > 0 } named ? named : cli.Model;
        return new CliLaunch(folder.Root, model, EngineNote.AddTo(profile, folder.Root), OwnTools.For(ours), OwnTools.Hosted(ours)) { Setup = cli.Setup };
    }

    // The instructions of the profile are the system prompt already; what was added to them steers this turn.
    private static string NotesOf(StepDecision.Call call) => call.Instructions.StartsWith(call.Profile.Instructions, StringComparison.Ordinal)
        ? call.Instructions[call.Profile.Instructions.Length..].Trim()
        : call.Instructions;

    private sealed record Turn(EngineRequest Request, StepDecision.Call Call, ProjectFolder Folder, CallIds CallIds, CliLaunch Launch)
    {
        // How it ended, as the program says it.
        public JsonElement Result { get; set; }
    }
}
