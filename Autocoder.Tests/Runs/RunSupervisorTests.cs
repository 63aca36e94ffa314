using System.Runtime.CompilerServices;
using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Core.Engines;
using Autocoder.Core.Engines.Models;
using Autocoder.Core.Runs;
using Autocoder.Core.Sessions;
using Autocoder.Core.Tools;
using Autocoder.Tests.TestSupport;

namespace Autocoder.Tests.Runs;

public sealed class RunSupervisorTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task A_prompt_is_answered_and_the_run_ends_once_and_last()
    {
        await using var core = await CoreHarness.StartAsync(new FakeEngine((_, _) => SayAsync("Hello ", "there")));
        var session = await core.OpenAgentAsync("fake");

        Assert.Equal(PromptStatus.Started, (await SendAsync(session, "Hi")).Status);
        var transcript = await core.WaitAsync(session.ConversationId, t => t.LastRun is not null);

        Assert.Equal("Hi", Assert.Single(transcript.Items.OfType<MessageItem>()).Text);
        Assert.Equal("Hello there", Assert.Single(transcript.Items.OfType<TextItem>()).Text.ToString());
        Assert.Equal(RunOutcome.Completed, transcript.LastRun!.Outcome);
        Assert.IsType<RunEnded>((await core.ReadAsync(session.ConversationId))[^1].Event);
    }

    [Fact]
    public async Task A_run_that_has_ended_is_at_work_no_more()
    {
        await using var core = await CoreHarness.StartAsync(new FakeEngine((_, _) => SayAsync("Hello")));
        var session = await core.OpenAgentAsync("fake");

        await SendAsync(session, "Hi");
        await core.WaitAsync(session.ConversationId, t => t.LastRun is not null);

        // The end is told first, and the run is taken off the list right after.
        Assert.True(SpinWait.SpinUntil(() => core.Runs.ActiveRuns == 0 && !core.Runs.IsAtWork(session.ConversationId), TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task The_same_prompt_sent_twice_runs_once()
    {
        await using var core = await CoreHarness.StartAsync(new FakeEngine((_, _) => SayAsync("ok")));
        var session = await core.OpenAgentAsync("fake");
        var promptId = Guid.CreateVersion7();

        await session.SendAsync(promptId, "Hi", [], CancellationToken.None);
        var again = await session.SendAsync(promptId, "Hi", [], CancellationToken.None);
        await core.WaitAsync(session.ConversationId, t => t.LastRun is not null);

        Assert.Equal(PromptStatus.AlreadySent, again.Status);
        Assert.Single((await core.ReadAsync(session.ConversationId)).Select(e => e.Event).OfType<RunStarted>());
    }

    [Theory]
    [InlineData("", "nothing to send")]
    [InlineData("   \n", "nothing to send")]
    public async Task An_empty_prompt_is_refused_in_words(string text, string words)
    {
        await using var core = await CoreHarness.StartAsync(new FakeEngine((_, _) => SayAsync("ok")));
        var session = await core.OpenAgentAsync("fake");

        var receipt = await SendAsync(session, text);

        Assert.Equal(PromptStatus.Refused, receipt.Status);
        Assert.Contains(words, receipt.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_prompt_of_a_million_characters_is_refused_in_words_and_400_000_arrive_whole()
    {
        await using var core = await CoreHarness.StartAsync(new FakeEngine((_, _) => SayAsync("ok")));
        var session = await core.OpenAgentAsync("fake");

        Assert.Contains("500,000", (await SendAsync(session, new string('x', 1_000_000))).Reason, StringComparison.Ordinal);
        await SendAsync(session, new string('y', 400_000));
        var transcript = await core.WaitAsync(session.ConversationId, t => t.LastRun is not null);

        Assert.Equal(400_000, Assert.Single(transcript.Items.OfType<MessageItem>()).Text.Length);
    }

    [Fact]
    public async Task A_prompt_during_a_run_waits_visibly_and_runs_after_it()
    {
        await using var core = await CoreHarness.StartAsync(new FakeEngine((request, _) => WaitAndSayAsync(request)));
        var session = await core.OpenAgentAsync("fake");
        await SendAsync(session, "first");

        Assert.Equal(PromptStatus.Queued, (await SendAsync(session, "second")).Status);
        var waiting = await core.WaitAsync(session.ConversationId, t => t.Running is not null && t.Queue.Any(queued => queued.Text == "second"));
        Assert.Equal("second", waiting.Queue[^1].Text);

        _release.SetResult();
        var done = await core.WaitAsync(session.ConversationId, t => t.Items.OfType<RunEndedItem>().Count() == 2);
        Assert.Equal(["first", "second"], done.Items.OfType<MessageItem>().Select(item => item.Text));
        Assert.Equal(["to first", "to second"], done.Items.OfType<TextItem>().Select(item => item.Text.ToString()));
    }

    [Fact]
    public async Task A_waiting_prompt_can_be_taken_back_once()
    {
        await using var core = await CoreHarness.StartAsync(new FakeEngine((request, _) => WaitAndSayAsync(request)));
        var session = await core.OpenAgentAsync("fake");
        await SendAsync(session, "first");
        var second = Guid.CreateVersion7();
        await session.SendAsync(second, "second", [], CancellationToken.None);

        Assert.True(await session.WithdrawAsync(second, CancellationToken.None));
        Assert.False(await session.WithdrawAsync(second, CancellationToken.None));

        _release.SetResult();
        var done = await core.WaitAsync(session.ConversationId, t => t.LastRun is not null);
        Assert.Equal("first", Assert.Single(done.Items.OfType<MessageItem>()).Text);
    }

    [Fact]
    public async Task A_stop_keeps_what_was_said_and_leaves_the_queue_to_the_person()
    {
        await using var core = await CoreHarness.StartAsync(new FakeEngine(SayAndHangAsync));
        var session = await core.OpenAgentAsync("fake");
        await SendAsync(session, "first");
        await SendAsync(session, "second");
        var running = await core.WaitAsync(session.ConversationId, t => t.Items.OfType<TextItem>().Any(item => item.Length > 0));

        await session.StopAsync(running.Running!.RunId, CancellationToken.None);
        await session.StopAsync(running.Running.RunId, CancellationToken.None);

        var stopped = await core.WaitAsync(session.ConversationId, t => t.LastRun is not null);
        Assert.Equal(RunOutcome.Stopped, stopped.LastRun!.Outcome);
        var text = Assert.Single(stopped.Items.OfType<TextItem>());
        Assert.Equal(("Working on it", true), (text.Text.ToString(), text.Partial));
        Assert.Equal("second", Assert.Single(stopped.Queue).Text);
    }

    [Fact]
    public async Task An_engine_that_ignores_the_stop_is_fenced_off_and_can_write_no_more()
    {
        var late = new TaskCompletionSource<Exception?>();
        await using var core = await CoreHarness.StartAsync(new FakeEngine((request, _) => IgnoreStopAsync(request, late)));
        var session = await core.OpenAgentAsync("fake");
        await SendAsync(session, "go");
        var running = await core.WaitAsync(session.ConversationId, t => t.Items.OfType<TextItem>().Any(item => item.Length > 0));

        await session.StopAsync(running.Running!.RunId, CancellationToken.None).WaitAsync(Limit);
        var ended = await core.ReadAsync(session.ConversationId);
        _release.SetResult();

        Assert.NotNull(await late.Task.WaitAsync(Limit));
        Assert.IsType<RunEnded>(ended[^1].Event);
        Assert.Equal(ended.Count, (await core.ReadAsync(session.ConversationId)).Count);
    }

    [Fact]
    public async Task A_failing_engine_ends_the_run_with_its_reason_in_words()
    {
        await using var core = await CoreHarness.StartAsync(new FakeEngine((_, _) => FailAsync(new EngineException("no_luck", "The model is gone. Try again."))));
        var session = await core.OpenAgentAsync("fake");
        await SendAsync(session, "go");

        var ended = await core.WaitAsync(session.ConversationId, t => t.LastRun is not null);

        Assert.Equal(RunOutcome.Failed, ended.LastRun!.Outcome);
        Assert.Equal(new RunError("no_luck", "The model is gone. Try again."), ended.LastRun.Error);
        Assert.Equal("Half a", Assert.Single(ended.Items.OfType<TextItem>()).Text.ToString());
    }

    [Fact]
    public async Task A_crashing_engine_ends_its_run_without_showing_a_stack_trace()
    {
        await using var core = await CoreHarness.StartAsync(new FakeEngine((_, _) => FailAsync(new InvalidOperationException("secret internals"))));
        var session = await core.OpenAgentAsync("fake");
        await SendAsync(session, "go");

        var ended = await core.WaitAsync(session.ConversationId, t => t.LastRun is not null);

        Assert.Equal("internal_error", ended.LastRun!.Error!.Code);
        Assert.DoesNotContain("secret", ended.LastRun.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_gone_fails_the_run_in_words_and_keeps_the_conversation()
    {
        await using var core = await CoreHarness.StartAsync(new FakeEngine((_, _) => SayAsync("ok")));
        var session = await core.OpenAgentAsync("fake");
        Directory.Delete(core.ProjectFolder, recursive: true);

        await SendAsync(session, "go");
        var ended = await core.WaitAsync(session.ConversationId, t => t.LastRun is not null);

        Assert.Equal("project_folder_missing", ended.LastRun!.Error!.Code);
        Assert.Equal("go", Assert.Single(ended.Items.OfType<MessageItem>()).Text);
    }

    [Fact]
    public async Task A_stopped_server_ends_a_run_as_interrupted_with_the_text_it_had()
    {
        await using var core = await CoreHarness.StartAsync(new FakeEngine(SayAndHangAsync));
        var session = await core.OpenAgentAsync("fake");
        await SendAsync(session, "go");
        await core.WaitAsync(session.ConversationId, t => t.Items.OfType<TextItem>().Any(item => item.Length > 0));

        await core.StopAsync();
        await core.StartAgainAsync();

        var ended = await core.WaitAsync(session.ConversationId, t => t.LastRun is not null);
        Assert.Equal(RunOutcome.Interrupted, ended.LastRun!.Outcome);
        Assert.Equal("Working on it", Assert.Single(ended.Items.OfType<TextItem>()).Text.ToString());
    }

    [Fact]
    public async Task Questions_take_the_first_answer_and_refuse_wrong_and_late_ones()
    {
        await using var core = await CoreHarness.StartAsync(new FakeEngine(AskAsync));
        var session = await core.OpenAgentAsync("fake");
        await SendAsync(session, "ask me");
        var asked = (await core.WaitAsync(session.ConversationId, t => t.PendingQuestions is not null)).PendingQuestions!;

        var wrong = await session.AnswerAsync(asked.RequestId, [new Answer("q1", ["purple"])], CancellationToken.None);
        var first = await session.AnswerAsync(asked.RequestId, [new Answer("q1", ["red"])], CancellationToken.None);
        var second = await session.AnswerAsync(asked.RequestId, [new Answer("q1", ["blue"])], CancellationToken.None);

        Assert.Equal((AnswerStatus.Invalid, AnswerStatus.Accepted, AnswerStatus.TooLate), (wrong.Status, first.Status, second.Status));
        var ended = await core.WaitAsync(session.ConversationId, t => t.LastRun is not null);
        Assert.Contains("red", ended.Items.OfType<TextItem>().Last().Text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Questions_outlive_a_restart_and_their_answer_goes_on_with_the_same_run()
    {
        await using var core = await CoreHarness.StartAsync(new FakeEngine(AskAsync));
        var session = await core.OpenAgentAsync("fake");
        await SendAsync(session, "ask me");
        var before = await core.WaitAsync(session.ConversationId, t => t.PendingQuestions is not null);

        await core.StopAsync();
        await core.StartAgainAsync();
        var again = await core.Sessions.OpenAgentAsync(session.ConversationId, CancellationToken.None);
        var receipt = await again.AnswerAsync(before.PendingQuestions!.RequestId, [new Answer("q1", ["blue"])], CancellationToken.None);

        Assert.Equal(AnswerStatus.Accepted, receipt.Status);
        var ended = await core.WaitAsync(session.ConversationId, t => t.LastRun is not null);
        Assert.Equal((RunOutcome.Completed, before.Running!.RunId), (ended.LastRun!.Outcome, ended.LastRun.RunId));
        Assert.Contains("blue", ended.Items.OfType<TextItem>().Last().Text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_waits_over_a_restart_can_be_stopped()
    {
        await using var core = await CoreHarness.StartAsync(new FakeEngine(AskAsync));
        var session = await core.OpenAgentAsync("fake");
        await SendAsync(session, "ask me");
        var before = await core.WaitAsync(session.ConversationId, t => t.PendingQuestions is not null);
        await core.StopAsync();
        await core.StartAgainAsync();

        var again = await core.Sessions.OpenAgentAsync(session.ConversationId, CancellationToken.None);
        await again.StopAsync(before.Running!.RunId, CancellationToken.None);

        var ended = await core.WaitAsync(session.ConversationId, t => t.LastRun is not null);
        Assert.Equal(RunOutcome.Stopped, ended.LastRun!.Outcome);
        Assert.NotNull(ended.Items.OfType<QuestionsItem>().Single().ExpiredReason);
    }

    [Fact]
    public async Task A_conversation_in_the_trash_takes_no_prompt_until_it_is_restored()
    {
        await using var core = await CoreHarness.StartAsync(new FakeEngine(SayAndHangAsync));
        var session = await core.OpenAgentAsync("fake");
        await SendAsync(session, "go");
        await core.WaitAsync(session.ConversationId, t => t.Items.OfType<TextItem>().Any(item => item.Length > 0));

        await session.TrashAsync(CancellationToken.None);

        Assert.Equal(PromptStatus.Refused, (await SendAsync(session, "more")).Status);
        await session.RestoreAsync(CancellationToken.None);
        Assert.Equal(PromptStatus.Started, (await SendAsync(session, "more")).Status);
    }

    private static Task<PromptReceipt> SendAsync(AgentSession session, string text) =>
        session.SendAsync(Guid.CreateVersion7(), text, [], CancellationToken.None);

    private static async IAsyncEnumerable<EngineEvent> SayAsync(params string[] deltas)
    {
        yield return new EngineEvent.StepStarted();
        foreach (var delta in deltas)
        {
            yield return new EngineEvent.TextDelta(delta);
        }

        yield return new EngineEvent.TextEnded();
        yield return new EngineEvent.StepEnded("end_turn", new TokenUsage(10, 5));
        await Task.CompletedTask;
    }

    private static async IAsyncEnumerable<EngineEvent> FailAsync(Exception exception)
    {
        yield return new EngineEvent.TextDelta("Half a");
        await Task.Yield();
        throw exception;
    }

    private static async IAsyncEnumerable<EngineEvent> SayAndHangAsync(
        EngineRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new EngineEvent.TextDelta("Working ");
        yield return new EngineEvent.TextDelta("on it");
        await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
    }

    // Uses the question tool as the loop would; after a restart the messages already hold the answer.
    private static async IAsyncEnumerable<EngineEvent> AskAsync(
        EngineRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (request.Messages[^1].Parts[^1] is not ModelPart.ToolResult { Output: var answer })
        {
            yield return new EngineEvent.StepStarted();
            var arguments = JsonDocument.Parse(
                """{"questions":[{"id":"q1","header":"Colour","question":"Which?","options":[{"id":"red","label":"Red"},{"id":"blue","label":"Blue"}]}]}""");
            answer = (await request.Tools.ExecuteAsync(new ToolCall("ask", "AskUser", arguments.RootElement), cancellationToken)).Output;
            yield return new EngineEvent.StepEnded("tool_use", TokenUsage.None);
        }

        yield return new EngineEvent.TextDelta($"You said {answer}");
    }

    private async IAsyncEnumerable<EngineEvent> WaitAndSayAsync(EngineRequest request)
    {
        await _release.Task;
        yield return new EngineEvent.TextDelta($"to {request.Messages[^1].PlainText}");
    }

    private async IAsyncEnumerable<EngineEvent> IgnoreStopAsync(EngineRequest request, TaskCompletionSource<Exception?> late)
    {
        yield return new EngineEvent.TextDelta("Never mind you");
        await _release.Task;
        late.SetResult(await Record.ExceptionAsync(() => request.Tools.ExecuteAsync(
            new ToolCall("late", "UpdatePlan", JsonDocument.Parse("""{"entries":[]}""").RootElement), CancellationToken.None)));
    }
}
