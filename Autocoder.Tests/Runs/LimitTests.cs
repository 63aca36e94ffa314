using System.Runtime.CompilerServices;
using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Core.Engines;
using Autocoder.Core.Engines.Models;
using Autocoder.Core.Sessions;
using Autocoder.Tests.TestSupport;
using static Autocoder.Tests.TestSupport.AnsweringModel;

namespace Autocoder.Tests.Runs;

/// <summary>Reaching a limit is an ordinary end with everything saved, whatever engine drives the run.</summary>
public sealed class LimitTests
{
    private static readonly TokenUsage OneCall = new(Input: 90, Output: 10, CostUsd: 0.25m);

    [Theory]
    [InlineData("""{"steps": 4}""", RunOutcome.MaxSteps, 4)]
    [InlineData("""{"tokens": 300}""", RunOutcome.TokenLimit, 3)]
    [InlineData("""{"costUsd": 0.5}""", RunOutcome.BudgetExceeded, 2)]
    public async Task The_loop_ends_at_the_limit_that_is_reached_first(string limits, RunOutcome outcome, int steps)
    {
        var model = new AnsweringModel((_, call) => Look(call, OneCall));
        await using var core = await CoreHarness.StartAsync(model.Engine);
        var session = await OpenAsync(core, limits);

        var done = await core.WaitAsync(session.ConversationId, t => t.LastRun is not null);

        Assert.Equal((outcome, steps), (done.LastRun!.Outcome, model.Requests.Count));
        Assert.Equal(steps, done.Items.OfType<ToolCallItem>().Count(item => item.Status is ToolCallStatus.Completed));
    }

    [Theory]
    [InlineData("""{"steps": 4}""", RunOutcome.MaxSteps, 4)]
    [InlineData("""{"tokens": 300}""", RunOutcome.TokenLimit, 3)]
    [InlineData("""{"costUsd": 0.5}""", RunOutcome.BudgetExceeded, 2)]
    public async Task An_engine_that_never_asks_is_ended_before_the_step_that_goes_beyond(string limits, RunOutcome outcome, int steps)
    {
        await using var core = await CoreHarness.StartAsync(new FakeEngine((_, cancellationToken) => StepForEverAsync(cancellationToken)));
        var session = await OpenAsync(core, limits);

        var done = await core.WaitAsync(session.ConversationId, t => t.LastRun is not null);

        Assert.Equal(outcome, done.LastRun!.Outcome);
        Assert.Equal(steps, (await core.ReadAsync(session.ConversationId)).Count(envelope => envelope.Event is StepStarted));
    }

    [Fact]
    public async Task An_answer_that_reaches_the_limit_exactly_is_complete()
    {
        var model = new AnsweringModel((_, call) => call < 3 ? Look(call, OneCall) : Say("done", OneCall));
        await using var core = await CoreHarness.StartAsync(model.Engine);
        var session = await OpenAsync(core, """{"steps": 3, "tokens": 300}""");

        Assert.Equal(RunOutcome.Completed, (await core.WaitAsync(session.ConversationId, t => t.LastRun is not null)).LastRun!.Outcome);
    }

    [Fact]
    public async Task The_model_is_told_how_many_calls_are_left_before_the_end_and_not_earlier()
    {
        var model = new AnsweringModel((_, call) => Look(call));
        await using var core = await CoreHarness.StartAsync(model.Engine);
        var session = await OpenAsync(core, """{"steps": 5}""");
        await core.WaitAsync(session.ConversationId, t => t.LastRun is not null);

        string[] told = [.. model.Requests.Select(request => request.Instructions[^160..])];
        Assert.DoesNotContain("are left in this run", told[1], StringComparison.Ordinal);
        Assert.Contains("3 model calls are left", told[2], StringComparison.Ordinal);
        Assert.Contains("2 model calls are left", told[3], StringComparison.Ordinal);
        Assert.Contains("no result of a tool will reach you", told[4], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Time_counts_only_while_the_run_works()
    {
        var clock = new ManualClock();
        var model = new AnsweringModel((_, call) => call switch
        {
            1 => Task.FromResult(Use("AskUser", Question)),
            _ => new TaskCompletionSource<IReadOnlyList<ModelEvent>>().Task,
        });
        await using var core = await CoreHarness.StartAsync(clock, [], model.Engine);
        var session = await OpenAsync(core, """{"minutes": 10}""");
        var asked = await core.WaitAsync(session.ConversationId, t => t.Items.OfType<QuestionsItem>().Any());

        // Days pass before the person answers.
        clock.Advance(TimeSpan.FromDays(3));
        await session.AnswerAsync(
            asked.Items.OfType<QuestionsItem>().Single().RequestId, [new Answer("q", ["a"])], CancellationToken.None);
        await model.WaitForCallsAsync(2);

        clock.Advance(TimeSpan.FromMinutes(9));
        Assert.DoesNotContain(await core.ReadAsync(session.ConversationId), envelope => envelope.Event is RunEnded);
        var done = await AdvanceUntilEndedAsync(core, clock, session, TimeSpan.FromSeconds(30));
        Assert.Equal(RunOutcome.TimeLimit, done.Outcome);
    }

    [Fact]
    public async Task A_silent_engine_is_told_of_once_a_silence()
    {
        var clock = new ManualClock();
        var first = new TaskCompletionSource<IReadOnlyList<ModelEvent>>(TaskCreationOptions.RunContinuationsAsynchronously);
        var second = new TaskCompletionSource<IReadOnlyList<ModelEvent>>(TaskCreationOptions.RunContinuationsAsynchronously);
        var model = new AnsweringModel((_, call) => call == 1 ? first.Task : second.Task);
        await using var core = await CoreHarness.StartAsync(clock, [], model.Engine);
        var session = await OpenAsync(core, """{"steps": 9}""");
        await model.WaitForCallsAsync(1);

        await AdvanceUntilAsync(clock, async () => await StallsAsync() == 1);
        await AdvanceAsync(clock, times: 10);
        Assert.Equal(1, await StallsAsync());

        first.SetResult(Look(1));
        await model.WaitForCallsAsync(2);
        await AdvanceUntilAsync(clock, async () => await StallsAsync() == 2);
        second.SetResult(Say("done"));
        Assert.Equal(RunOutcome.Completed, (await core.WaitAsync(session.ConversationId, t => t.LastRun is not null)).LastRun!.Outcome);

        async Task<int> StallsAsync() => (await core.ReadAsync(session.ConversationId)).Count(envelope => envelope.Event is RunStalled);
    }

    [Fact]
    public async Task A_run_that_waits_for_the_person_is_not_stalled()
    {
        var clock = new ManualClock();
        var model = new AnsweringModel((_, _) => Use("AskUser", Question));
        await using var core = await CoreHarness.StartAsync(clock, [], model.Engine);
        var session = await OpenAsync(core, """{"steps": 9}""");
        await core.WaitAsync(session.ConversationId, t => t.Items.OfType<QuestionsItem>().Any());

        await AdvanceAsync(clock, times: 10);

        Assert.DoesNotContain(await core.ReadAsync(session.ConversationId), envelope => envelope.Event is RunStalled);
    }

    [Fact]
    public async Task The_same_call_with_the_same_result_is_pointed_out_once_and_then_ends_the_run()
    {
        var model = new AnsweringModel((_, call) => Use("Glob", call % 2 == 0 ? new { pattern = "*.x", path = "." } : (object)new { path = ".", pattern = "*.x" }));
        await using var core = await CoreHarness.StartAsync(model.Engine);
        var session = await OpenAsync(core, """{"steps": 50}""");

        var done = await core.WaitAsync(session.ConversationId, t => t.LastRun is not null);

        Assert.Equal((RunOutcome.Stuck, 5), (done.LastRun!.Outcome, model.Requests.Count));
        Assert.Single((await core.ReadAsync(session.ConversationId)).Select(envelope => envelope.Event).OfType<WarningRaised>());
        Assert.Contains("called Glob 3 times in a row", model.Requests[3].Instructions, StringComparison.Ordinal);
        Assert.DoesNotContain("times in a row", model.Requests[2].Instructions, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_sub_agents_use_is_used_of_their_parents_budget()
    {
        // The parent may use 1,000 tokens. Each child looks for ever; three of them together must not go beyond, but for the
        // call that asked for them: what that used is known only at the end of its step.
        var model = new AnsweringModel((request, call) => request.Messages[0].PlainText.StartsWith("Go", StringComparison.Ordinal)
            ? [.. Enumerable.Range(0, 3).SelectMany(n => Use("Agent", new { agent = "explorer", task = $"look {call} {n}" }).Take(1)), new ModelEvent.Completed("tool_use", OneCall)]
            : Look(call, OneCall));
        var settings = new Dictionary<string, string?>
        {
            ["Autocoder:Permissions:Rules:0:Tool"] = "Agent",
            ["Autocoder:Permissions:Rules:0:Resource"] = "**",
            ["Autocoder:Permissions:Rules:0:Effect"] = "Allow",
        };
        await using var core = await CoreHarness.StartAsync(settings, model.Engine);
        var session = await OpenAsync(core, """{"tokens": 1000}""");

        var done = await core.WaitAsync(session.ConversationId, t => t.LastRun is not null);

        Assert.Equal(RunOutcome.TokenLimit, done.LastRun!.Outcome);
        var used = done.LastRun.Usage + (done.LastRun.SubAgentUsage ?? TokenUsage.None);
        Assert.InRange(used.Total, 1_000, 1_000 + OneCall.Total);
        var first = done.Items.OfType<SubAgentItem>().First();
        Assert.Equal(RunOutcome.TokenLimit, first.Outcome);
        var childLimits = (await core.ReadAsync(first.ChildConversationId)).Select(envelope => envelope.Event).OfType<RunStarted>().Single().Limits!;
        Assert.Equal((40, 1000L), (childLimits.Steps, childLimits.Tokens));
    }

    private static object Question => new
    {
        questions = new[]
        {
            new
            {
                id = "q", header = "H", question = "Which?",
                options = new[] { new { id = "a", label = "A" }, new { id = "b", label = "B" } },
            },
        },
    };

    private static async Task<AgentSession> OpenAsync(CoreHarness core, string limits)
    {
        var json = JsonDocument.Parse(limits).RootElement;
        await File.WriteAllTextAsync(
            Path.Combine(core.DataFolder, "profiles", "limited.json"),
            JsonSerializer.Serialize(new Dictionary<string, object> { ["id"] = "limited", ["base"] = "coder", ["limits"] = json }));
        var session = await core.OpenAgentAsync("fake");
        await session.SwitchProfileAsync("limited", CancellationToken.None);
        await session.SendAsync(Guid.CreateVersion7(), "Go", [], CancellationToken.None);
        return session;
    }

    private static async IAsyncEnumerable<EngineEvent> StepForEverAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new EngineEvent.StepStarted();
            await Task.Yield();
            yield return new EngineEvent.StepEnded("tool_use", OneCall);
        }
    }

    private static async Task<RunEnded> AdvanceUntilEndedAsync(CoreHarness core, ManualClock clock, Session session, TimeSpan by)
    {
        RunEnded? ended = null;
        await AdvanceUntilAsync(
            clock,
            async () => (ended = (await core.ReadAsync(session.ConversationId)).Select(envelope => envelope.Event).OfType<RunEnded>().FirstOrDefault()) is not null,
            by);
        return ended!;
    }

    private static async Task AdvanceAsync(ManualClock clock, int times)
    {
        for (var time = 0; time < times; time++)
        {
            clock.Advance(TimeSpan.FromSeconds(30));
            await Task.Delay(20);
        }
    }

    // The clock moves on in small steps until what has to follow has followed: how fast this machine is does not matter.
    private static async Task AdvanceUntilAsync(ManualClock clock, Func<Task<bool>> condition, TimeSpan? by = null)
    {
        var limit = DateTime.UtcNow.AddSeconds(20);
        while (!await condition())
        {
            Assert.True(DateTime.UtcNow < limit, "What was waited for did not come.");
            clock.Advance(by ?? TimeSpan.FromSeconds(10));
            await Task.Delay(10);
        }
    }
}
