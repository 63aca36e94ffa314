using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Tools.Permissions;
using Microsoft.Extensions.Logging;

namespace Autocoder.Core.Tools;

/// <summary>The tools of one run. Safe to use from parallel calls.</summary>
/// <remarks>
/// A call that is cancelled gets no end from here: the run knows why it was stopped, and closes what is open itself.
/// </remarks>
public sealed partial class ToolExecutor : IToolExecutor
{
    /// <summary>Output above this many bytes of UTF-8 is shown as its beginning and end; all of it goes to the blob store.</summary>
    public const int MaxOutputBytes = 64 * 1024;

    private const int HeadBytes = 40 * 1024;
    private const int TailBytes = 16 * 1024;
    private const int MaxArgumentBytes = 2 * 1024 * 1024;
    private const int MaxNameLength = 100;

    private readonly ToolCatalog _catalog;
    private readonly Func<string, ToolContext> _contextOf;
    private readonly IToolRun _run;
    private readonly ToolGate _gate;
    private readonly IToolOutputStore _outputs;
    private readonly TimeProvider _time;
    private readonly ILogger<ToolExecutor> _logger;
    private readonly ConcurrentDictionary<string, bool> _callIds = new(StringComparer.Ordinal);
    private volatile Offered _offered;

    internal ToolExecutor(
        ToolCatalog catalog,
        IReadOnlyList<string> allowed,
        Func<string, ToolContext> contextOf,
        IToolRun run,
        ToolGate gate,
        IToolOutputStore outputs,
        TimeProvider time,
        ILogger<ToolExecutor> logger)
    {
        _catalog = catalog;
        _contextOf = contextOf;
        _run = run;
        _gate = gate;
        _outputs = outputs;
        _time = time;
        _logger = logger;
        _offered = DefinitionsOf(allowed, withhold: null);
    }

    /// <inheritdoc/>
    public IReadOnlyList<ToolDefinition> Definitions => _offered.Definitions;

    /// <summary>Changes what the run may use, from its next call on. All else is refused, whatever the model was told before.</summary>
    /// <param name="names">In the order models are told of them.</param>
    /// <param name="withhold">When the rest cannot be used, for a sentence that says so: <c>while the plan is written</c>; null for never.</param>
    /// <exception cref="ArgumentException">There is no tool of one of the names.</exception>
    public void Offer(IReadOnlyList<string> names, string? withhold = null)
    {
        ArgumentNullException.ThrowIfNull(names);
        _offered = DefinitionsOf(names, withhold);
    }

    /// <summary>What a tool may do to the world; null when there is none of this name.</summary>
    public ToolEffect? EffectOf(string name) => _catalog.Find(name)?.Definition.Effect;

    /// <inheritdoc/>
    public Task<ToolResult> ExecuteAsync(ToolCall toolCall, CancellationToken cancellationToken) =>
        ExecuteAsync(toolCall, work: null, cancellationToken);

    /// <inheritdoc/>
    public Task<ToolResult> ExecuteElsewhereAsync(
        ToolCall toolCall, Func<CancellationToken, Task<ToolResult>> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        return ExecuteAsync(toolCall, work, cancellationToken);
    }

    private async Task<ToolResult> ExecuteAsync(
        ToolCall toolCall, Func<CancellationToken, Task<ToolResult>>? work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(toolCall);
        cancellationToken.ThrowIfCancellationRequested();
        if (toolCall.CallId is not { Length: > 0 and <= MaxNameLength } || !_callIds.TryAdd(toolCall.CallId, true))
        {
            return ToolResult.Failure($"A tool call needs an id of its own, of 1 to {MaxNameLength} characters. Nothing was done.");
        }

        var tool = _catalog.Find(toolCall.Tool);
        await RecordAsync(Requested(toolCall, tool), cancellationToken).ConfigureAwait(false);
        return (FindRefusal(toolCall, tool) ?? await FindHopelessAsync(tool!, toolCall, work, cancellationToken).ConfigureAwait(false)) is { } refusal
            ? await RefuseAsync(toolCall, refusal, cancellationToken).ConfigureAwait(false)
            : await PassAsync(tool!, toolCall, () => _gate.EnterAsync(tool!, toolCall, cancellationToken), work, cancellationToken).ConfigureAwait(false);
    }

    // A person should not be asked to allow what would be refused afterwards anyway.
    private async Task<string?> FindHopelessAsync(
        ITool tool, ToolCall toolCall, Func<CancellationToken, Task<ToolResult>>? work, CancellationToken cancellationToken) =>
        work is null ? await tool.FindRefusalAsync(toolCall.Arguments, _contextOf(toolCall.CallId), cancellationToken).ConfigureAwait(false) : null;

    /// <summary>Executes a call that was requested before a restart and has been approved since. It must never have been started.</summary>
    /// <param name="approved">The hash that was approved; a call that is not the same any more is refused.</param>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public async Task<ToolResult> ExecuteApprovedAsync(ToolCall toolCall, string approved, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(toolCall);
        cancellationToken.ThrowIfCancellationRequested();
        if (!_callIds.TryAdd(toolCall.CallId, true))
        {
            return ToolResult.Failure("This call was executed already. Nothing was done.");
        }

        var tool = _catalog.Find(toolCall.Tool);
        return FindRefusal(toolCall, tool) is { } refusal
            ? await RefuseAsync(toolCall, refusal, cancellationToken).ConfigureAwait(false)
            : await PassAsync(tool!, toolCall, () => _gate.EnterApprovedAsync(tool!, toolCall, approved, cancellationToken), work: null, cancellationToken)
                .ConfigureAwait(false);
    }

    private async Task<ToolResult> PassAsync(
        ITool tool,
        ToolCall toolCall,
        Func<Task<ToolGate.Passage>> pass,
        Func<CancellationToken, Task<ToolResult>>? work,
        CancellationToken cancellationToken)
    {
        var passage = await OrEndedAsync(pass, cancellationToken).ConfigureAwait(false);
        if (passage.Refusal is { } refusal)
        {
            return await RefuseAsync(toolCall, refusal, cancellationToken).ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        await RecordAsync(new ToolCallStarted(toolCall.CallId, passage.Hash), cancellationToken).ConfigureAwait(false);
        work ??= token => tool.ExecuteAsync(toolCall.Arguments, _contextOf(toolCall.CallId), token);
        return await RunAsync(tool, toolCall, work, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ToolResult> RefuseAsync(ToolCall toolCall, string refusal, CancellationToken cancellationToken)
    {
        await RecordAsync(new ToolCallEnded(toolCall.CallId, ToolCallStatus.Failed, refusal, 0), cancellationToken).ConfigureAwait(false);
        return ToolResult.Failure(refusal);
    }

    private static ToolCallRequested Requested(ToolCall toolCall, ITool? tool)
    {
        var arguments = Recordable(toolCall.Arguments);
        var name = ToolText.Line(toolCall.Tool, MaxNameLength);
        var title = tool is null ? name : ToolText.Line(tool.Describe(arguments), Tool.MaxTitleLength);
        return new ToolCallRequested(toolCall.CallId, name, title, arguments, tool?.Definition.Effect ?? ToolEffect.ReadOnly);
    }

    // What the log can hold and should: of arguments that cannot be executed anyway, only what is wrong with them.
    private static JsonElement Recordable(JsonElement arguments)
    {
        if (arguments.ValueKind is JsonValueKind.Undefined)
        {
            return JsonSerializer.SerializeToElement(new { });
        }

        if (SizeOf(arguments) > MaxArgumentBytes)
        {
            return JsonSerializer.SerializeToElement(new { omitted_bytes = SizeOf(arguments) });
        }

        try
        {
            return JsonSerializer.SerializeToElement(arguments);
        }
        catch (Exception exception) when (exception is InvalidOperationException or JsonException)
        {
            // Half a surrogate pair, "\ud800": valid JSON that nothing can write again.
            return JsonSerializer.SerializeToElement(new { omitted_invalid_unicode = SizeOf(arguments) });
        }
    }

    private string? FindRefusal(ToolCall toolCall, ITool? tool)
    {
        var offered = _offered;
        if (tool is null || offered.Definitions.All(each => each.Name != toolCall.Tool))
        {
            return offered.Refuse(ToolText.Line(toolCall.Tool, MaxNameLength), exists: tool is not null);
        }

        if (toolCall.Arguments.ValueKind is not JsonValueKind.Undefined && SizeOf(toolCall.Arguments) > MaxArgumentBytes)
        {
            return $"The arguments are larger than {MaxArgumentBytes / 1024 / 1024} MiB. Nothing was done. Split the work into several calls.";
        }

        return ToolArguments.FindProblem(tool.Definition.InputSchema, toolCall.Arguments) is { } problem
            ? $"{problem} Nothing was done."
            : null;
    }

    private Offered DefinitionsOf(IReadOnlyList<string> names, string? withhold) => new(
        [
            .. names.Distinct(StringComparer.Ordinal).Select(name => _catalog.Find(name)
                ?? throw new ArgumentException($"There is no tool named {name}.", nameof(names))).Where(tool => tool.IsOffered).Select(tool => tool.Definition),
        ],
        withhold);

    private static int SizeOf(JsonElement arguments) => JsonMarshal.GetRawUtf8Value(arguments).Length;

    private async Task<ToolResult> RunAsync(
        ITool tool, ToolCall toolCall, Func<CancellationToken, Task<ToolResult>> work, CancellationToken cancellationToken)
    {
        var startedAt = _time.GetTimestamp();
        using var hold = tool.Definition.StopGrace > TimeSpan.Zero ? _run.HoldOffStop(tool.Definition.StopGrace) : null;
        var result = await TryRunAsync(tool, toolCall, work, cancellationToken).ConfigureAwait(false);
        var duration = (long)_time.GetElapsedTime(startedAt).TotalMilliseconds;

        // Not cancellable: the tool is done, and a stop that comes now must not make the log say anything else.
        var (output, blob) = await ShortenAsync(toolCall.CallId, result.Output).ConfigureAwait(false);
        var status = result.Succeeded ? ToolCallStatus.Completed : result.WasStopped ? ToolCallStatus.Cancelled : ToolCallStatus.Failed;
        var ended = new ToolCallEnded(toolCall.CallId, status, output, duration, blob, result.ChangedFile, Seen: result.Succeeded ? result.Seen : null, Picture: result.Picture);
        await RecordAsync(ended, CancellationToken.None).ConfigureAwait(false);
        if (ended.Seen is { } seen)
        {
            _run.Seen.Add(seen);
        }

        return result with { Output = output };
    }

    private async Task<ToolResult> TryRunAsync(
        ITool tool, ToolCall toolCall, Func<CancellationToken, Task<ToolResult>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested || _run.HardStop.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException exception)
        {
            // Nobody has stopped the run: a time limit of the tool's own ran out, and that is a failure like any other.
            LogToolFailed(exception, tool.Definition.Name, toolCall.CallId);
            return ToolResult.Failure("The tool took too long and was given up. It may have done a part of its work.");
        }
        catch (Exception exception)
        {
            // The boundary of one call: a bug in a tool must not end the run, and its stack trace is for the log only.
            LogToolFailed(exception, tool.Definition.Name, toolCall.CallId);
            return ToolResult.Failure(
                $"The tool failed unexpectedly, and it may have done a part. Details are in the server's log under {ToolText.Line(toolCall.CallId, MaxNameLength)}.");
        }
    }

    private async Task<(string Output, string? Blob)> ShortenAsync(string callId, string output)
    {
        if (Encoding.UTF8.GetByteCount(output) <= MaxOutputBytes)
        {
            return (output, null);
        }

        var blob = await TrySaveAsync(callId, output).ConfigureAwait(false);
        var head = ToolText.Head(output, HeadBytes);
        var tail = ToolText.Tail(output, TailBytes);
        var rest = output.Length - head.Length - tail.Length;
        var kept = blob is null ? "could not be kept" : "is kept with this tool call";
        return ($"{head}\n\n[{ToolText.Count(rest, "character")} left out here; the whole output {kept}.]\n\n{tail}", blob);
    }

    private async Task<string?> TrySaveAsync(string callId, string output)
    {
        try
        {
            return await _outputs.SaveAsync(output, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // What the tool did is done; that its output does not fit on the disk must not hide it.
            LogOutputLost(exception, callId);
            return null;
        }
    }

    private Task RecordAsync(ConversationEvent conversationEvent, CancellationToken cancellationToken) => OrEndedAsync(
        async () =>
        {
            await _run.RecordAsync(conversationEvent, cancellationToken).ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    private static async Task<T> OrEndedAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (IllegalEventException exception)
        {
            // The log takes nothing more of this run: it was stopped, and its token is only a moment behind.
            throw new OperationCanceledException("The run has ended or is being stopped.", exception, cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The tool {Tool} failed unexpectedly in call {CallId}")]
    private partial void LogToolFailed(Exception exception, string tool, string callId);

    [LoggerMessage(Level = LogLevel.Error, Message = "The output of tool call {CallId} could not be kept")]
    private partial void LogOutputLost(Exception exception, string callId);

    private sealed record Offered(IReadOnlyList<ToolDefinition> Definitions, string? Withhold)
    {
        public string Refuse(string name, bool exists)
        {
            var mayUse = Definitions.Count == 0 ? "It may use none." : $"It may use: {string.Join(", ", Definitions.Select(each => each.Name))}.";
            return (exists, Withhold) switch
            {
                (false, _) => $"There is no tool named {name}. {mayUse}",
                (true, null) => $"This agent may not use {name}. {mayUse}",
                (true, _) => $"This agent may not use {name} {Withhold}. {mayUse}",
            };
        }
    }
}
