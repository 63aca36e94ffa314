using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using Autocoder.Core.Processes;
using Microsoft.Extensions.Logging;

namespace Autocoder.Core.Engines.ClaudeCode;

/// <summary>One live process of Claude Code, and what passes between it and us. One turn uses it at a time.</summary>
/// <remarks>
/// Its output is always read, whoever is slow: answers to our requests go to whoever asked, the greeting of our server and the hook
/// are answered at once, everything else waits for the turn.
/// </remarks>
internal sealed partial class CliSession : IAsyncDisposable
{
    private static readonly TimeSpan TimeToSay = TimeSpan.FromSeconds(2);

    private readonly InteractiveProcess _process;
    private readonly ILogger _logger;
    private readonly Channel<JsonElement> _messages = Channel.CreateUnbounded<JsonElement>(new() { SingleWriter = true });
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonElement>> _asked = new(StringComparer.Ordinal);
    private readonly Task _reading;
    private int _requests;
    private volatile bool _isEnded;

    private CliSession(InteractiveProcess process, CliLaunch launch, string id, ILogger logger)
    {
        _process = process;
        _logger = logger;
        Launch = launch;
        Id = id;
        _reading = ReadAsync();
    }

    /// <summary>The id of the session, as it is resumed by.</summary>
    public string Id { get; }

    /// <summary>What it was started with.</summary>
    public CliLaunch Launch { get; }

    /// <summary>What all turns so far have cost, as the program counts.</summary>
    public decimal CostUsd { get; set; }

    /// <summary>Its answer to our greeting: models, account, version.</summary>
    public JsonElement Greeting { get; private set; }

    /// <summary>Whether it has ended.</summary>
    public bool IsEnded => _isEnded;

    /// <summary>What it wrote to its error output.</summary>
    public string Errors => _process.Errors;

    /// <summary>Its process, as the system names it.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Starts a process and waits until it is ready.</summary>
    /// <param name="resume">The session to go on with; null for a new one.</param>
    /// <exception cref="CliStartException">It ended or said nothing in time.</exception>
    /// <exception cref="System.ComponentModel.Win32Exception">It cannot be started.</exception>
    public static async Task<CliSession> StartAsync(
        ChildProcesses processes, CliProgram cli, string program, CliLaunch launch, string? resume, ILogger logger, CancellationToken cancellationToken)
    {
        var id = resume ?? Guid.NewGuid().ToString();
        var request = cli.ToRequest(Guid.NewGuid(), program, launch.ToArguments(resume, id), launch.Folder);
        var session = new CliSession(processes.StartInteractive(request), launch, id, logger);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(cli.StartTimeout);
            session.Greeting = await session.AskAsync(GreetingOf(launch), limit.Token).ConfigureAwait(false);
            return session;
        }
        catch (Exception exception)
        {
            if (exception is CliEndedException)
            {
                await session._process.WaitAsync(TimeToSay).ConfigureAwait(false);
            }

            await session.DisposeAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            throw new CliStartException(session.Errors);
        }
    }

    /// <summary>What it says that nobody else takes, until it ends.</summary>
    public IAsyncEnumerable<JsonElement> ReadAsync(CancellationToken cancellationToken) => _messages.Reader.ReadAllAsync(cancellationToken);

    /// <summary>Forgets what is left of an earlier turn.</summary>
    public void Drain()
    {
        while (_messages.Reader.TryRead(out var left))
        {
            if (left.Text("type") == "control_request")
            {
                Refuse(left.Text("request_id") ?? "", "Nobody works on this any more.");
            }
        }
    }

    /// <summary>Sends a message of the person.</summary>
    /// <param name="content">A text, or blocks.</param>
    /// <param name="id">Never used before.</param>
    public void SendUser(object content, Guid id) => Send(new
    {
        type = "user",
        message = new { role = "user", content },
        parent_tool_use_id = (string?)null,
        session_id = "",
        uuid = id,

        // Without it a text that begins with / is a command, and @path pulls in a file past every rule.
        client_composed = true,
    });

    /// <summary>Answers a request of the program.</summary>
    public void Answer(string requestId, object response) =>
        Send(new { type = "control_response", response = new { subtype = "success", request_id = requestId, response } });

    /// <summary>Answers a request of the program with a failure.</summary>
    public void Refuse(string requestId, string error) =>
        Send(new { type = "control_response", response = new { subtype = "error", request_id = requestId, error } });

    /// <summary>Asks the program to end its turn, and reads what it still says of it.</summary>
    /// <returns>Whether the turn has ended.</returns>
    public async Task<bool> InterruptAsync(TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        try
        {
            Send(ToRequest(new { subtype = "interrupt" }, out _));
            await foreach (var message in ReadAsync(limit.Token).ConfigureAwait(false))
            {
                if (message.Text("type") == "result")
                {
                    return true;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // It does not obey; whoever asked kills it.
        }

        return false;
    }

    /// <summary>Lets it end by itself, so that it keeps its session whole; then ends it with all that came of it.</summary>
    public async Task CloseAsync(TimeSpan patience)
    {
        await _process.CloseInputAsync(patience).ConfigureAwait(false);
        await DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync().ConfigureAwait(false);
        await _reading.WaitAsync(TimeToSay).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Its exit code, once it has ended; null before.</summary>
    public Task<int?> ExitCodeAsync() => _process.WaitAsync(TimeToSay);

    private async Task<JsonElement> AskAsync(object request, CancellationToken cancellationToken)
    {
        var line = ToRequest(request, out var id);
        var answer = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked[id] = answer;
        if (_isEnded)
        {
            throw new CliEndedException();
        }

        Send(line);
        return await answer.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private object ToRequest(object request, out string id)
    {
        id = string.Create(CultureInfo.InvariantCulture, $"autocoder-{Interlocked.Increment(ref _requests)}");
        return new { type = "control_request", request_id = id, request };
    }

    private static Dictionary<string, object> GreetingOf(CliLaunch launch) => new()
    {
        ["subtype"] = "initialize",
        ["systemPrompt"] = new[] { launch.Instructions },
        ["sdkMcpServers"] = launch.HostTools.Count > 0 ? [CliLaunch.Server] : Array.Empty<string>(),

        // Without a matcher: every tool asks, so that also what the program would allow by itself passes our rules.
        ["hooks"] = new { PreToolUse = new[] { new { hookCallbackIds = new[] { CliHook.Id }, timeout = CliHook.Seconds } } },
    };

    private void Send(object message) => _process.Write(CliJson.ToLine(message));

    private async Task ReadAsync()
    {
        try
        {
            await foreach (var line in _process.ReadLinesAsync(CancellationToken.None).ConfigureAwait(false))
            {
                if (TryParse(line, out var message))
                {
                    Dispatch(message);
                }
            }

            _messages.Writer.TryComplete();
        }
        catch (Exception exception)
        {
            // Whatever it was: nobody may wait for ever for what will not be read.
            _messages.Writer.TryComplete(exception);
        }
        finally
        {
            _isEnded = true;
            foreach (var asked in _asked.Values)
            {
                asked.TrySetException(new CliEndedException());
            }
        }
    }

    private bool TryParse(ReadOnlyMemory<byte> line, out JsonElement message)
    {
        message = default;
        if (line.Length == 0 || line.Span[0] != (byte)'{')
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(line);
            message = document.RootElement.Clone();
            return true;
        }
        catch (JsonException)
        {
            LogBadLine(_process.Id, line.Length);
            return false;
        }
    }

    private void Dispatch(JsonElement message)
    {
        switch (message.Text("type"))
        {
            case "control_response":
                Complete(message.At("response"));
                break;
            case "control_request" when CliHook.TryAnswer(message.At("request")) is { } hooked:
                Answer(message.Text("request_id") ?? "", hooked);
                break;
            case "control_request" when IsGreetingOfServer(message.At("request")):
                Answer(message.Text("request_id") ?? "", HostServer.Answer(message.At("request").At("message"), Launch.HostTools));
                break;
            default:
                _messages.Writer.TryWrite(message);
                break;
        }
    }

    private static bool IsGreetingOfServer(JsonElement request) =>
        request.Text("subtype") == "mcp_message" && request.At("message").Text("method") != "tools/call";

    private void Complete(JsonElement response)
    {
        if (_asked.TryRemove(response.Text("request_id") ?? "", out var asked))
        {
            if (response.Text("subtype") == "success")
            {
                asked.TrySetResult(response.At("response"));
            }
            else
            {
                asked.TrySetException(new InvalidOperationException(response.Text("error") ?? "The request failed."));
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Claude Code (process {Id}) wrote a line of {Length} bytes that is no JSON; it was left out.")]
    private partial void LogBadLine(int id, int length);
}
