using System.Runtime.CompilerServices;
using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Core.Engines;
using Autocoder.Core.Runs;
using Autocoder.Core.Sessions;
using Autocoder.Core.Tools;
using Autocoder.Tests.TestSupport;

namespace Autocoder.Tests.Runs.Stopping;

/// <summary>Engines that do all they can not to end. Each is stopped all the same, once, and its conversation goes on.</summary>
public sealed class HostileEngineTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _unblock = new();

    public void Dispose()
    {
        _release.TrySetResult();
        _unblock.Set();
    }

    public static TheoryData<string> Ways() =>
    [
        "waits for ever",
        "blocks its thread",
        "throws when it hears of the stop",
        "blocks whoever tells it of the stop",
        "throws something else on its way out",
        "throws an engine error on its way out",
        "says ever more",
        "swallows the stop and ends as if nothing were",
        "hangs when it is disposed",
        "throws when it is disposed",
    ];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_hostile_engine_is_stopped_once_and_the_conversation_goes_on(string way)
    {
        await using var core = await CoreHarness.StartAsync(new FakeEngine((request, token) => RunAsync(way, request, token)));
        var session = await core.OpenAgentAsync("fake");
        await SendAsync(session, "be hostile");
        var running = await core.WaitAsync(session.ConversationId, t => t.Items.OfType<TextItem>().Any(item => item.Length > 0));

        await session.StopAsync(running.Running!.RunId, CancellationToken.None).WaitAsync(Limit);

        // The end is there the moment the stop returns; what comes out of the engine later is not.
        var log = await core.ReadAsync(session.ConversationId);
        Assert.Equal(RunOutcome.Stopped, Assert.IsType<RunEnded>(log[^1].Event).Outcome);
        Assert.True(Assert.Single(log.Select(envelope => envelope.Event).OfType<TextCompleted>()).Partial);
        _release.TrySetResult();
        _unblock.Set();
        Assert.Equal(PromptStatus.Started, (await SendAsync(session, "be kind")).Status);
        var after = await core.WaitAsync(session.ConversationId, t => t.LastRun?.Outcome is RunOutcome.Completed);
        Assert.Equal("kind", after.Items.OfType<TextItem>().Last().Text.ToString());
        Assert.Equal(2, (await core.ReadAsync(session.ConversationId)).Count(envelope => envelope.Event is RunEnded));
    }

    [Fact]
    public async Task A_stop_of_one_run_repeated_late_does_nothing_to_the_next()
    {
        await using var core = await CoreHarness.StartAsync(new FakeEngine((request, token) => RunAsync("waits for ever", request, token)));
        var session = await core.OpenAgentAsync("fake");
        await SendAsync(session, "be hostile");
        var first = await core.WaitAsync(session.ConversationId, t => t.Items.OfType<TextItem>().Any(item => item.Length > 0));
        await session.StopAsync(first.Running!.RunId, CancellationToken.None);
        await SendAsync(session, "be hostile again");
        var second = await core.WaitAsync(session.ConversationId, t => t.Running is { } run && run.RunId != first.Running.RunId);

        await session.StopAsync(first.Running.RunId, CancellationToken.None);

        Assert.DoesNotContain(
            await core.ReadAsync(session.ConversationId),
            envelope => envelope.RunId == second.Running!.RunId && envelope.Event is StopRequested or RunEnded { Outcome: not RunOutcome.Stopped });
        Assert.Equal(1, (await core.ReadAsync(session.ConversationId)).Count(envelope => envelope.Event is RunEnded));
    }

    [Fact]
    public async Task Many_who_stop_at_once_stop_once()
    {
        await using var core = await CoreHarness.StartAsync(new FakeEngine((request, token) => RunAsync("says ever more", request, token)));
        var session = await core.OpenAgentAsync("fake");
        await SendAsync(session, "be hostile");
        var running = await core.WaitAsync(session.ConversationId, t => t.Items.OfType<TextItem>().Any(item => item.Length > 0));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => session.StopAsync(running.Running!.RunId, CancellationToken.None))).WaitAsync(Limit);

        var log = await core.ReadAsync(session.ConversationId);
        Assert.Single(log, envelope => envelope.Event is StopRequested);
        Assert.Single(log, envelope => envelope.Event is RunEnded);
    }

    [Fact]
    public async Task A_shutdown_ends_a_hostile_engine_as_interrupted()
    {
        await using var core = await CoreHarness.StartAsync(new FakeEngine((request, token) => RunAsync("blocks its thread", request, token)));
        var session = await core.OpenAgentAsync("fake");
        await SendAsync(session, "be hostile");
        await core.WaitAsync(session.ConversationId, t => t.Items.OfType<TextItem>().Any(item => item.Length > 0));

        await core.StopAsync().WaitAsync(Limit);
        _unblock.Set();
        await core.StartAgainAsync();

        var log = await core.ReadAsync(session.ConversationId);
        Assert.Equal("shutdown", Assert.Single(log.Select(envelope => envelope.Event).OfType<StopRequested>()).By);
        Assert.Equal(RunOutcome.Interrupted, Assert.IsType<RunEnded>(log[^1].Event).Outcome);
    }

    [Fact]
    public async Task A_server_on_its_way_out_takes_no_prompt()
    {
        await using var core = await CoreHarness.StartAsync(new FakeEngine((request, token) => RunAsync("blocks its thread", request, token)));
        var session = await core.OpenAgentAsync("fake");
        var runs = core.Runs;
        await SendAsync(session, "be hostile");
        await core.WaitAsync(session.ConversationId, t => t.Items.OfType<TextItem>().Any(item => item.Length > 0));

        var leaving = runs.StopAsync(CancellationToken.None);
        var late = await SendAsync(session, "one more");
        await leaving;

        Assert.Equal(PromptStatus.Refused, late.Status);
        Assert.Contains("shutting down", late.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tool_that_ignores_the_stop_is_left_behind_and_the_log_says_what_that_means()
    {
        var written = new TaskCompletionSource<Exception?>();
        await using var core = await CoreHarness.StartAsync(new FakeEngine((request, _) => AskForeverAsync(request, written)));
        var session = await core.OpenAgentAsync("fake");
        await SendAsync(session, "ask");
        var running = await core.WaitAsync(session.ConversationId, t => t.Items.OfType<QuestionsItem>().Any());

        await session.StopAsync(running.Running!.RunId, CancellationToken.None).WaitAsync(Limit);
        var log = await core.ReadAsync(session.ConversationId);
        _release.SetResult();

        Assert.NotNull(await written.Task.WaitAsync(Limit));
        var ended = Assert.Single(log.Select(envelope => envelope.Event).OfType<ToolCallEnded>());
        Assert.Equal((ToolCallStatus.Cancelled, true), (ended.Status, ended.Synthetic));
        Assert.Contains("only looks, so nothing was changed", ended.Output, StringComparison.Ordinal);
        Assert.Equal(log.Count, (await core.ReadAsync(session.ConversationId)).Count);
    }

    private static Task<PromptReceipt> SendAsync(AgentSession session, string text) =>
        session.SendAsync(Guid.CreateVersion7(), text, [], CancellationToken.None);

    private IAsyncEnumerable<EngineEvent> RunAsync(string way, EngineRequest request, CancellationToken token) =>
        !request.Messages[^1].PlainText.StartsWith("be hostile", StringComparison.Ordinal) ? KindAsync()
        : way.EndsWith("disposed", StringComparison.Ordinal) ? new HostileDispose(this, way)
        : HostileAsync(way, token);

    private static async IAsyncEnumerable<EngineEvent> KindAsync()
    {
        yield return new EngineEvent.TextDelta("kind");
        await Task.CompletedTask;
    }

    private async IAsyncEnumerable<EngineEvent> HostileAsync(string way, [EnumeratorCancellation] CancellationToken token)
    {
        yield return new EngineEvent.TextDelta("Never mind");
        switch (way)
        {
            case "waits for ever":
                await _release.Task;
                break;
            case "blocks its thread":
                _unblock.Wait(CancellationToken.None);
                break;
            case "throws when it hears of the stop":
                token.Register(() => throw new InvalidOperationException("I will not be told."));
                await _release.Task;
                break;
            case "blocks whoever tells it of the stop":
                token.Register(() => _unblock.Wait(CancellationToken.None));
                await _release.Task;
                break;
            case "says ever more":
                while (true)
                {
                    yield return new EngineEvent.TextDelta(".");
                    await Task.Yield();
                }

            case "swallows the stop and ends as if nothing were":
                await Task.Delay(Timeout.InfiniteTimeSpan, token).ContinueWith(_ => { }, TaskScheduler.Default);
                yield return new EngineEvent.TextDelta(" the stop");
                break;
            default:
                await Task.Delay(Timeout.InfiniteTimeSpan, token).ContinueWith(_ => { }, TaskScheduler.Default);
                throw way.Contains("engine error", StringComparison.Ordinal)
                    ? new EngineException("connection_lost", "The connection was lost.")
                    : new InvalidOperationException("On my way out.");
        }
    }

    private async IAsyncEnumerable<EngineEvent> AskForeverAsync(EngineRequest request, TaskCompletionSource<Exception?> written)
    {
        var arguments = JsonDocument.Parse("""{"questions":[{"id":"q","header":"H","question":"Which?"}]}""").RootElement;

        // With no token at all: the question never hears of the stop.
        var asking = request.Tools.ExecuteAsync(new ToolCall("ask", "AskUser", arguments), CancellationToken.None);
        yield return new EngineEvent.TextDelta("I wait.");
        await _release.Task;
        written.SetResult(await Record.ExceptionAsync(() => Task.WhenAny(asking, Task.Delay(Limit)).Unwrap()));
    }

    private sealed class HostileDispose(HostileEngineTests test, string way) : IAsyncEnumerable<EngineEvent>, IAsyncEnumerator<EngineEvent>
    {
        private int _moves;

        public EngineEvent Current => new EngineEvent.TextDelta("Never mind");

        public IAsyncEnumerator<EngineEvent> GetAsyncEnumerator(CancellationToken cancellationToken = default) => this;

        public async ValueTask<bool> MoveNextAsync()
        {
            await Task.Delay(_moves++ == 0 ? 0 : 50);
            return true;
        }

        public async ValueTask DisposeAsync()
        {
            if (way.StartsWith("throws", StringComparison.Ordinal))
            {
                throw new InvalidOperationException("Not without me.");
            }

            await test._release.Task;
        }
    }
}
