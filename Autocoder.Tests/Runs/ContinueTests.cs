using System.Runtime.CompilerServices;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Core.Engines;
using Autocoder.Core.Runs;
using Autocoder.Core.Runs.Steps;
using Autocoder.Tests.TestSupport;
using static Autocoder.Tests.TestSupport.AnsweringModel;

namespace Autocoder.Tests.Runs;

/// <summary>“Continue”: a new run that is told what the old one left unknown.</summary>
public sealed class ContinueTests
{
    [Fact]
    public async Task A_stopped_run_goes_on_once_in_a_new_run_however_often_the_button_is_pressed()
    {
        var model = new AnsweringModel((_, call) => call == 1 ? new TaskCompletionSource<IReadOnlyList<Core.Engines.Models.ModelEvent>>().Task : Task.FromResult(Say("on")));
        await using var core = await CoreHarness.StartAsync(model.Engine);
        var session = await core.OpenAgentAsync("fake");
        await session.SendAsync(Guid.CreateVersion7(), "Build it", [], CancellationToken.None);
        await model.WaitForCallsAsync(1);
        var running = await core.WaitAsync(session.ConversationId, t => t.Running is not null);
        var runId = running.Running!.RunId;
        var early = await session.ContinueAsync(Guid.CreateVersion7(), runId, CancellationToken.None);
        await session.StopAsync(runId, CancellationToken.None);
        var promptId = Guid.CreateVersion7();

        var first = await session.ContinueAsync(promptId, runId, CancellationToken.None);
        var again = await session.ContinueAsync(promptId, runId, CancellationToken.None);
        var done = await core.WaitAsync(session.ConversationId, t => t.LastRun?.Outcome is RunOutcome.Completed);

        Assert.Equal(
            (PromptStatus.Refused, PromptStatus.Started, PromptStatus.AlreadySent), (early.Status, first.Status, again.Status));
        Assert.Equal(["Build it", "Continue"], done.Items.OfType<MessageItem>().Select(item => item.Text));
        Assert.Contains("which the person stopped", model.Requests[^1].Instructions, StringComparison.Ordinal);
        var started = (await core.ReadAsync(session.ConversationId)).Select(envelope => envelope.Event).OfType<RunStarted>().ToList();
        Assert.Equal((2, runId), (started.Count, started[1].Continues));
    }

    [Theory]
    [InlineData(RunOutcome.Completed)]
    [InlineData(RunOutcome.MaxSteps)]
    [InlineData(RunOutcome.Stuck)]
    [InlineData(RunOutcome.Refused)]
    public async Task Any_ended_run_can_be_continued_with_its_own_profile(RunOutcome outcome)
    {
        await using var core = await CoreHarness.StartAsync(
            new FakeEngine((request, token) => EndAsync(request.Messages.Count > 1 ? RunOutcome.Completed : outcome, token)));
        var session = await core.OpenAgentAsync("fake");
        await session.InitializeProjectAsync(Guid.CreateVersion7(), CancellationToken.None);
        var ended = await core.WaitAsync(session.ConversationId, t => t.LastRun is not null);

        Assert.Equal(PromptStatus.Started, (await session.ContinueAsync(Guid.CreateVersion7(), ended.LastRun!.RunId!.Value, CancellationToken.None)).Status);

        await core.WaitAsync(session.ConversationId, t => t.Items.OfType<RunEndedItem>().Count() == 2);
        var profiles = (await core.ReadAsync(session.ConversationId)).Select(envelope => envelope.Event).OfType<RunStarted>().Select(run => run.Profile);
        Assert.Equal(["initializer", "initializer"], profiles);
    }

    [Fact]
    public void The_model_is_told_what_was_left_unknown_and_nothing_of_what_is_known()
    {
        var log = new EventLog();
        var old = log.Run("Build it");
        old.Call("1", "Read", new { path = "a" }, "Read a").Ended("1", ToolCallStatus.Completed, "1 line");
        old.Call("2", "Write", new { path = "b" }, "Write b").Ended("2", ToolCallStatus.Unknown, "?");
        old.Call("3", "Write", new { path = "c" }, "Write c").Ended("3", ToolCallStatus.NotStarted, "?");
        old.Call("4", "Write", new { path = "d" }, "Write d").Ended("4", ToolCallStatus.Cancelled, "?");
        old.Add(new RunEnded(RunOutcome.Interrupted, TokenUsage.None, 1, 3, 0));
        var next = log.Run("Continue", continues: old.RunId);

        var note = Assert.Single(RunNotes.For(log.Events, next.RunId, stepsLeft: 100));

        Assert.Contains("cut off when Autocoder was restarted", note, StringComparison.Ordinal);
        Assert.Contains("- Write b: it was running when everything ended; what it did is not known", note, StringComparison.Ordinal);
        Assert.Contains("- Write c: it was asked for, and never started", note, StringComparison.Ordinal);
        Assert.Contains("- Write d: it was stopped while it ran", note, StringComparison.Ordinal);
        Assert.DoesNotContain("Read a", note, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_ended_before_it_had_a_plan_is_continued_with_planning_and_one_at_work_without()
    {
        var log = new EventLog();
        var planning = log.Run("Build it", phase: RunPhase.Analyse);
        planning.Add(new RunEnded(RunOutcome.Stopped, TokenUsage.None, 1, 0, 0));
        var working = log.Run("Build it", phase: RunPhase.Analyse);
        working.Add(new PhaseChanged(RunPhase.Execute));
        working.Add(new RunEnded(RunOutcome.Stopped, TokenUsage.None, 1, 0, 0));

        Assert.True(RunContinuation.PromptFor(log.Events, Guid.NewGuid(), planning.RunId)!.PlanFirst);
        Assert.False(RunContinuation.PromptFor(log.Events, Guid.NewGuid(), working.RunId)!.PlanFirst);
        Assert.Null(RunContinuation.PromptFor(log.Events, Guid.NewGuid(), Guid.NewGuid()));
    }

    private static async IAsyncEnumerable<EngineEvent> EndAsync(RunOutcome outcome, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        yield return new EngineEvent.TextDelta("Said.");
        yield return new EngineEvent.TextEnded();
        yield return new EngineEvent.Finished(outcome);
    }
}
