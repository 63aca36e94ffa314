using System.Text;
using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Tools;

namespace Autocoder.Tests.Tools;

public sealed class ToolExecutorTests : IDisposable
{
    private readonly ToolBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_call_is_requested_started_run_and_ended_in_this_order()
    {
        var seen = -1;
        var tool = new StubTool("Do", (_, _) =>
        {
            seen = _bench.Run.Events.Count;
            _bench.Clock.Advance(TimeSpan.FromMilliseconds(1234));
            return Task.FromResult(new ToolResult("Done.", ChangedFile: "a.txt"));
        });

        var result = await _bench.Executor([tool]).ExecuteAsync(Call("Do", new { word = "x" }), default);

        Assert.Equal(new ToolResult("Done.", ChangedFile: "a.txt"), result);
        Assert.Equal(2, seen);
        var requested = Assert.IsType<ToolCallRequested>(_bench.Run.Events[0]);
        Assert.Equal(("c1", "Do", "Do it", """{"word":"x"}""", ToolEffect.SideEffect), (requested.CallId, requested.Tool, requested.Title, requested.Arguments.GetRawText(), requested.Effect));
        Assert.Equal(new ToolCallStarted("c1"), _bench.Run.Events[1]);
        Assert.Equal(new ToolCallEnded("c1", ToolCallStatus.Completed, "Done.", 1234, ChangedFile: "a.txt"), _bench.Run.Events[2]);
    }

    [Theory]
    [InlineData("Nope", "{}", "no tool named Nope")]
    [InlineData("do", "{}", "no tool named do")]
    [InlineData("Forbidden", "{}", "may not use Forbidden")]
    [InlineData("Do", "[]", "must be a JSON object")]
    [InlineData("Do", "\"x\"", "must be a JSON object")]
    [InlineData("Do", """{"word":7}""", "word must be a text")]
    [InlineData("Do", """{"word":"longer than ten"}""", "at most 10")]
    [InlineData("Do", """{"word":"\ud800"}""", "not valid Unicode")]
    [InlineData("Do", """{"\ud800":1}""", "Unicode")]
    [InlineData("Do", """{"wrod":"x"}""", "no argument wrod. Known are: word")]
    public async Task A_call_that_may_not_run_is_refused_in_words_and_never_starts(string name, string arguments, string reason)
    {
        var ran = false;
        var tool = new StubTool("Do", (_, _) => Task.FromResult(new ToolResult($"{ran = true}")));
        var forbidden = new StubTool("Forbidden", (_, _) => Task.FromResult(new ToolResult($"{ran = true}")));
        using var json = JsonDocument.Parse(arguments);

        var result = await _bench.Executor([tool, forbidden], "Do").ExecuteAsync(new ToolCall("c1", name, json.RootElement), default);

        Assert.False(ran);
        Assert.False(result.Succeeded);
        Assert.Contains(reason, result.Output, StringComparison.Ordinal);
        Assert.Equal(2, _bench.Run.Events.Count);
        Assert.Equal(new ToolCallEnded("c1", ToolCallStatus.Failed, result.Output, 0), _bench.Run.Events[1]);
    }

    [Fact]
    public async Task Arguments_that_are_absent_or_huge_are_refused_and_the_log_stays_small()
    {
        var executor = _bench.Executor([new StubTool("Do", (_, _) => Task.FromResult(new ToolResult("no")))]);

        Assert.False((await executor.ExecuteAsync(new ToolCall("c1", "Do", default), default)).Succeeded);
        Assert.False((await executor.ExecuteAsync(Call("Do", new { word = new string('x', 3_000_000) }, "c2"), default)).Succeeded);

        var requested = _bench.Run.Events.OfType<ToolCallRequested>().ToArray();
        Assert.Equal("{}", requested[0].Arguments.GetRawText());
        Assert.Contains("omitted_bytes", requested[1].Arguments.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(_bench.Run.Events, each => each is ToolCallStarted);
    }

    [Theory]
    [InlineData("")]
    [InlineData("c1")]
    public async Task An_id_that_is_empty_or_used_before_is_refused_without_a_trace(string callId)
    {
        var executor = _bench.Executor([new StubTool("Do", (_, _) => Task.FromResult(new ToolResult("Done.")))]);
        await executor.ExecuteAsync(Call("Do", new { }), default);

        Assert.False((await executor.ExecuteAsync(Call("Do", new { }, callId), default)).Succeeded);

        Assert.Equal(3, _bench.Run.Events.Count);
    }

    [Fact]
    public async Task A_tool_that_breaks_is_a_failed_call_without_a_stack_trace()
    {
        var executor = _bench.Executor([new StubTool("Do", (_, _) => throw new InvalidOperationException("secret detail"))]);

        var result = await executor.ExecuteAsync(Call("Do", new { }), default);

        Assert.StartsWith("The tool failed unexpectedly", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("secret detail", result.Output, StringComparison.Ordinal);
        Assert.Equal(ToolCallStatus.Failed, Assert.IsType<ToolCallEnded>(_bench.Run.Events[^1]).Status);
    }

    [Fact]
    public async Task A_time_out_inside_a_tool_is_a_failure_not_a_stop()
    {
        var executor = _bench.Executor([new StubTool("Do", (_, _) => throw new TaskCanceledException())]);

        Assert.False((await executor.ExecuteAsync(Call("Do", new { }), default)).Succeeded);
    }

    [Fact]
    public async Task A_cancelled_call_flows_and_leaves_its_end_to_the_run()
    {
        using var stop = new CancellationTokenSource();
        var executor = _bench.Executor([new StubTool("Do", (_, token) =>
        {
            stop.Cancel();
            token.ThrowIfCancellationRequested();
            return Task.FromResult(new ToolResult("no"));
        })]);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => executor.ExecuteAsync(Call("Do", new { }), stop.Token));

        Assert.IsType<ToolCallStarted>(_bench.Run.Events[^1]);
    }

    [Fact]
    public async Task What_a_tool_did_is_recorded_although_the_stop_came_while_it_finished()
    {
        using var stop = new CancellationTokenSource();
        var executor = _bench.Executor([new StubTool("Do", (_, _) =>
        {
            stop.Cancel();
            return Task.FromResult(new ToolResult("Written.", ChangedFile: "a.txt"));
        })]);

        await executor.ExecuteAsync(Call("Do", new { }), stop.Token);

        Assert.Equal("a.txt", Assert.IsType<ToolCallEnded>(_bench.Run.Events[^1]).ChangedFile);
    }

    [Fact]
    public async Task Nothing_starts_once_a_stop_was_asked_for()
    {
        var ran = false;
        _bench.Run.Stop();
        var executor = _bench.Executor([new StubTool("Do", (_, _) => Task.FromResult(new ToolResult($"{ran = true}")))]);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => executor.ExecuteAsync(Call("Do", new { }), default));

        Assert.False(ran);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("é")]
    [InlineData("😀")]
    [InlineData("\ud800")]
    public async Task Long_output_is_its_beginning_and_end_and_all_of_it_is_kept(string character)
    {
        var output = "BEGIN" + string.Concat(Enumerable.Repeat(character, ToolExecutor.MaxOutputBytes)) + "END";
        var executor = _bench.Executor([new StubTool("Do", (_, _) => Task.FromResult(new ToolResult(output)))]);

        var result = await executor.ExecuteAsync(Call("Do", new { }), default);

        var ended = Assert.IsType<ToolCallEnded>(_bench.Run.Events[^1]);
        Assert.Equal(("blob-1", result.Output), (ended.OutputBlob, ended.Output));
        Assert.Equal(output, Assert.Single(_bench.Outputs.Texts));
        Assert.StartsWith("BEGIN", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("END", result.Output, StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(result.Output), 50_000, ToolExecutor.MaxOutputBytes);
    }

    [Fact]
    public async Task Output_at_the_limit_is_whole_and_a_full_disk_loses_no_result()
    {
        var output = new string('x', ToolExecutor.MaxOutputBytes);
        var executor = _bench.Executor([new StubTool("Do", (_, _) => Task.FromResult(new ToolResult(output)))]);
        Assert.Equal(output, (await executor.ExecuteAsync(Call("Do", new { }), default)).Output);

        output += "x";
        _bench.Outputs.IsFull = true;
        var result = await executor.ExecuteAsync(Call("Do", new { }, "c2"), default);

        Assert.True(result.Succeeded);
        Assert.Contains("could not be kept", result.Output, StringComparison.Ordinal);
        Assert.Null(Assert.IsType<ToolCallEnded>(_bench.Run.Events[^1]).OutputBlob);
    }

    [Fact]
    public async Task Parallel_calls_each_have_their_own_end()
    {
        var both = new TaskCompletionSource();
        var waiting = 0;
        var executor = _bench.Executor([new StubTool("Do", async (context, _) =>
        {
            if (Interlocked.Increment(ref waiting) == 2)
            {
                both.SetResult();
            }

            await both.Task;
            return new ToolResult(context.CallId);
        })]);

        var results = await Task.WhenAll(executor.ExecuteAsync(Call("Do", new { }, "a"), default), executor.ExecuteAsync(Call("Do", new { }, "b"), default));

        Assert.Equal(["a", "b"], results.Select(result => result.Output));
        Assert.All(_bench.Run.Events.OfType<ToolCallEnded>(), ended => Assert.Equal(ended.CallId, ended.Output));
    }

    [Fact]
    public async Task A_title_never_hides_anything()
    {
        var tool = new StubTool("Do", (_, _) => Task.FromResult(new ToolResult(""))) { Title = "Read \u202egpj.exe\u001b[2J\nx" + new string('y', 500) };

        await _bench.Executor([tool]).ExecuteAsync(Call("Do", new { }), default);

        var title = Assert.IsType<ToolCallRequested>(_bench.Run.Events[0]).Title;
        Assert.StartsWith("Read \\u202egpj.exe\\u001b[2J x", title, StringComparison.Ordinal);
        Assert.Equal(200, title.Length);
    }

    [Fact]
    public void A_profile_that_names_an_unknown_tool_is_a_mistake() =>
        Assert.Throws<ArgumentException>(() => _bench.Executor([], "Fly"));

    private static ToolCall Call(string tool, object arguments, string callId = "c1") =>
        new(callId, tool, JsonSerializer.SerializeToElement(arguments));
}
