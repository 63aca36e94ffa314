using System.Collections.Concurrent;
using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Engines.Loop;
using Autocoder.Core.Projects;
using Autocoder.Core.Tools;
using Autocoder.Core.Tools.Files;

namespace Autocoder.Core.Engines.ClaudeCode;

/// <summary>The tools of one turn: each request of the program goes our road, and is answered once.</summary>
internal sealed class TurnTools(CliSession session, EngineRequest request, ProjectFolder folder, CallIds callIds, CancellationToken stopped) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonElement>> _awaited = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Task> _atWork = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _withdrawn = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, JsonElement> _said = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _ended = CancellationTokenSource.CreateLinkedTokenSource(stopped);

    private bool IsSpec => request.Profile.Tools.Contains("WriteSpecFile") && !request.Profile.Tools.Contains("Write");

    /// <summary>Whether a message asks for something, so that the text before it must be complete.</summary>
    public static bool IsRequest(JsonElement message) => message.Text("type") == "control_request";

    /// <summary>Takes what concerns tools in a message. What takes time goes on by itself.</summary>
    public async Task TakeAsync(JsonElement message)
    {
        switch (message.Text("type"))
        {
            case "control_request":
                Begin(message.Text("request_id") ?? "", message.At("request"));
                break;
            case "control_cancel_request":
                _withdrawn[message.Text("request_id") ?? ""] = true;
                break;
            case "assistant":
                Remember(message.At("message"));
                break;
            case "user":
                await CompleteAsync(message.At("message")).ConfigureAwait(false);
                break;
        }
    }

    /// <summary>Ends what is at work, and waits a moment for it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_atWork.Values).WaitAsync(Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ended.Dispose();
    }

    private void Begin(string requestId, JsonElement asked)
    {
        _said.TryRemove(asked.Text("tool_use_id") ?? asked.At("message").At("params").At("_meta").Text("claudecode/toolUseId") ?? "", out _);
        switch (asked.Text("subtype"))
        {
            case "can_use_tool":
                _atWork[asked.Text("tool_use_id") ?? requestId] = DecideAsync(requestId, asked);
                break;
            case "mcp_message":
                _atWork[requestId] = CallAsync(requestId, asked.At("message"));
                break;
            default:
                session.Refuse(requestId, "Autocoder does not know this request.");
                break;
        }
    }

    // The result of a tool of the program's own; its end is in the log before anything else follows.
    private async Task CompleteAsync(JsonElement said)
    {
        foreach (var block in said.List("content").Where(block => block.Text("type") == "tool_result"))
        {
            var id = block.Text("tool_use_id") ?? "";
            if (_awaited.TryRemove(id, out var awaited))
            {
                awaited.TrySetResult(block);
                await _atWork[id].ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            else if (_said.TryRemove(id, out var refused))
            {
                await RecordAsync(id, refused).ConfigureAwait(false);
            }
        }
    }

    // Until the program asks for it, or refuses it by itself.
    private void Remember(JsonElement said)
    {
        foreach (var block in said.List("content").Where(block => block.Text("type") == "tool_use"))
        {
            if (block.Text("id") is { } id && !_atWork.ContainsKey(id))
            {
                _said[id] = block;
            }
        }
    }

    // A call of a tool that does not exist, or with arguments that do not fit. No tool of ours has such a name, so nothing is done.
    private Task RecordAsync(string id, JsonElement block) => request.Tools.ExecuteAsync(
        new ToolCall(callIds.Take(id), $"{block.Text("name")} (Claude Code)", block.At("input")), _ended.Token);

    private async Task CallAsync(string requestId, JsonElement message)
    {
        var parameters = message.At("params");
        var id = parameters.At("_meta").Text("claudecode/toolUseId") ?? requestId;
        var arguments = parameters.At("arguments") is { ValueKind: JsonValueKind.Object } given ? given : JsonSerializer.SerializeToElement(new { });
        var call = new ToolCall(callIds.Take(id), parameters.Text("name") ?? "", arguments);
        var result = await request.Tools.ExecuteAsync(call, _ended.Token).ConfigureAwait(false);
        Answer(requestId, HostServer.ToAnswer(message, result));
    }

    private async Task DecideAsync(string requestId, JsonElement asked)
    {
        var id = asked.Text("tool_use_id") ?? requestId;
        var name = asked.Text("tool_name") ?? "";
        var input = asked.At("input");
        if (name == "AskUserQuestion")
        {
            await AskAsync(requestId, id, input).ConfigureAwait(false);
            return;
        }

        var call = OwnTools.ToCall(callIds.Take(id), name, input, folder, IsSpec);
        if (call.Tool is "Read")
        {
            var isAllowed = false;
            var result = await request.Tools.ExecuteElsewhereAsync(
                call, token => UseAsync(requestId, id, input, call, () => isAllowed = true, token), _ended.Token).ConfigureAwait(false);
            if (!isAllowed)
            {
                Answer(requestId, new { behavior = "deny", message = result.Output });
            }

            return;
        }

        // Done by us, or refused in words; either way the program's own tool does not run.
        var done = await request.Tools.ExecuteAsync(call, _ended.Token).ConfigureAwait(false);
        Answer(requestId, new { behavior = "deny", message = done.Succeeded ? $"Autocoder has done this in its own way: {done.Output}" : done.Output });
    }

    private async Task<ToolResult> UseAsync(
        string requestId, string id, JsonElement input, ToolCall call, Action allowed, CancellationToken cancellationToken)
    {
        if (OwnTools.FindRefusal(call, folder) is { } refusal)
        {
            return ToolResult.Failure(refusal);
        }

        // Before the answer: the result may come the moment it is given.
        var awaited = _awaited[id] = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        allowed();
        Answer(requestId, new { behavior = "allow", updatedInput = OwnTools.Pin(input, call, folder) });
        var block = await awaited.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        return OwnTools.ToResult(block) with { Seen = await SeenAsync(call, cancellationToken).ConfigureAwait(false) };
    }

    // The program read it a moment ago; should it have been changed since, nothing is lost but a warning to read it again.
    private async Task<SeenFile?> SeenAsync(ToolCall call, CancellationToken cancellationToken)
    {
        try
        {
            var path = folder.Relative(call.Arguments.Text("path") ?? "");
            return new SeenFile(path, KeptChange.HashOf(await folder.ReadBytesAsync(path, ProjectFolder.MaxTextBytes, cancellationToken).ConfigureAwait(false)));
        }
        catch (ProjectFileException)
        {
            return null;
        }
    }

    private async Task AskAsync(string requestId, string id, JsonElement input)
    {
        var call = new ToolCall(callIds.Take(id), "AskUser", CliQuestions.ToArguments(input));
        var result = await request.Tools.ExecuteAsync(call, _ended.Token).ConfigureAwait(false);
        var answer = result.Succeeded ? CliQuestions.ToAnswer(input, result.Output) : null;
        Answer(requestId, answer is null
            ? new { behavior = "deny", message = result.Output }
            : new { behavior = "allow", updatedInput = answer });
    }

    private void Answer(string requestId, object response)
    {
        if (!_withdrawn.ContainsKey(requestId))
        {
            session.Answer(requestId, response);
        }
    }
}
