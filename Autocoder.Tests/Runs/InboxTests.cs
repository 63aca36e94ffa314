using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Core.Runs;
using Autocoder.Core.Sessions;
using Autocoder.Tests.TestSupport;
using static Autocoder.Tests.TestSupport.AnsweringModel;

namespace Autocoder.Tests.Runs;

/// <summary>What a person sends while a run is at work: it waits, or steers; and can be changed until a run has it.</summary>
public sealed class InboxTests
{
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task A_waiting_prompt_is_edited_and_runs_with_its_new_text()
    {
        var model = new AnsweringModel(AnswerAfterReleaseAsync);
        await using var core = await CoreHarness.StartAsync(model.Engine);
        var session = await core.OpenAgentAsync("fake");
        await SendAsync(session, "first");
        await model.WaitForCallsAsync(1);
        var second = await SendAsync(session, "second");

        Assert.True(await session.EditAsync(second, "second, but better", CancellationToken.None));
        Assert.False(await session.EditAsync(second, "second, but better", CancellationToken.None));
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => session.EditAsync(second, " ", CancellationToken.None));
        Assert.Contains("nothing to send", refused.Message, StringComparison.Ordinal);

        _release.SetResult();
        var done = await core.WaitAsync(session.ConversationId, t => t.Items.OfType<RunEndedItem>().Count() == 2);
        Assert.Equal(["first", "second, but better"], done.Items.OfType<MessageItem>().Select(item => item.Text));
        Assert.Equal("second, but better", model.Requests[^1].Messages[^1].PlainText);
        Assert.False(await session.EditAsync(second, "too late", CancellationToken.None));
    }

    [Fact]
    public async Task Waiting_prompts_run_in_the_order_the_person_gave_them()
    {
        var model = new AnsweringModel(AnswerAfterReleaseAsync);
        await using var core = await CoreHarness.StartAsync(model.Engine);
        var session = await core.OpenAgentAsync("fake");
        await SendAsync(session, "first");
        await model.WaitForCallsAsync(1);
        Guid[] ids = [await SendAsync(session, "b"), await SendAsync(session, "c"), await SendAsync(session, "d")];

        // What is not named keeps its order at the end; what no longer waits is passed over.
        Assert.True(await session.ReorderAsync([ids[2], Guid.NewGuid(), ids[0]], CancellationToken.None));
        Assert.False(await session.ReorderAsync([ids[2], ids[0], ids[1]], CancellationToken.None));

        _release.SetResult();
        var done = await core.WaitAsync(session.ConversationId, t => t.Items.OfType<RunEndedItem>().Count() == 4);
        Assert.Equal(["first", "d", "b", "c"], done.Items.OfType<MessageItem>().Select(item => item.Text));
    }

    [Fact]
    public async Task A_prompt_that_steers_reaches_the_run_before_its_next_model_call_and_is_shown_as_typed()
    {
        var model = new AnsweringModel(async (_, call) =>
        {
            await _release.Task;
            return call == 1 ? Look(call) : Say("done");
        });
        await using var core = await CoreHarness.StartAsync(model.Engine);
        var session = await core.OpenAgentAsync("fake");
        await SendAsync(session, "first");
        await model.WaitForCallsAsync(1);
        await SendAsync(session, "use blue", PromptDelivery.Steer);
        _release.SetResult();

        var done = await core.WaitAsync(session.ConversationId, t => t.LastRun is not null);

        Assert.Single(done.Items.OfType<RunEndedItem>());
        Assert.Equal(["first", "use blue"], done.Items.OfType<MessageItem>().Select(item => item.Text));
        Assert.Equal("use blue", model.Requests[1].Messages[^1].PlainText);
        Assert.Contains("came while you were working", model.Requests[1].Instructions, StringComparison.Ordinal);
        Assert.DoesNotContain("came while you were working", model.Requests[0].Instructions, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_prompt_that_steers_into_the_last_answer_keeps_the_run_going()
    {
        var model = new AnsweringModel(AnswerAfterReleaseAsync);
        await using var core = await CoreHarness.StartAsync(model.Engine);
        var session = await core.OpenAgentAsync("fake");
        await SendAsync(session, "first");
        await model.WaitForCallsAsync(1);
        var late = await SendAsync(session, "one more thing");
        Assert.True(await session.SetDeliveryAsync(late, PromptDelivery.Steer, CancellationToken.None));
        Assert.False(await session.SetDeliveryAsync(late, PromptDelivery.Steer, CancellationToken.None));
        _release.SetResult();

        var done = await core.WaitAsync(session.ConversationId, t => t.LastRun is not null);

        Assert.Equal(2, model.Requests.Count);
        Assert.Single(done.Items.OfType<RunEndedItem>());
        Assert.Empty(done.Queue);
        Assert.False(await session.SetDeliveryAsync(late, PromptDelivery.Queue, CancellationToken.None));
    }

    [Fact]
    public async Task What_was_not_delivered_when_a_run_is_stopped_goes_on_waiting_also_over_a_restart()
    {
        var model = new AnsweringModel(AnswerAfterReleaseAsync);
        await using var core = await CoreHarness.StartAsync(model.Engine);
        var session = await core.OpenAgentAsync("fake");
        await SendAsync(session, "first");
        await model.WaitForCallsAsync(1);
        var steering = await SendAsync(session, "use blue", PromptDelivery.Steer);
        var running = await core.WaitAsync(session.ConversationId, t => t.Running is not null);
        await session.StopAsync(running.Running!.RunId, CancellationToken.None);

        await core.StopAsync();
        await core.StartAgainAsync();

        var after = await core.WaitAsync(session.ConversationId, t => t.LastRun is not null);
        Assert.Equal(steering, Assert.Single(after.Queue).PromptId);
        Assert.True(await (await core.Sessions.OpenAgentAsync(session.ConversationId, CancellationToken.None)).WithdrawAsync(steering, CancellationToken.None));
    }

    [Fact]
    public async Task A_queued_prompt_whose_profile_is_broken_waits_and_says_why_instead_of_holding_the_run_open()
    {
        var model = new AnsweringModel(AnswerAfterReleaseAsync);
        await using var core = await CoreHarness.StartAsync(model.Engine);
        var session = await core.OpenAgentAsync("fake");
        var file = Path.Combine(core.DataFolder, "profiles", "mine.json");
        await File.WriteAllTextAsync(file, """{ "id": "mine", "base": "coder" }""");
        await SendAsync(session, "first");
        await model.WaitForCallsAsync(1);
        await SendAsync(session, "second");
        await session.SwitchProfileAsync("mine", CancellationToken.None);
        File.Delete(file);
        _release.SetResult();

        var done = await core.WaitAsync(session.ConversationId, t => t.LastRun is not null);

        Assert.Equal((RunOutcome.Completed, "second"), (done.LastRun!.Outcome, Assert.Single(done.Queue).Text));
        var receipt = await session.SendQueuedAsync(CancellationToken.None);
        Assert.Equal(PromptStatus.Refused, receipt.Status);
        Assert.Contains("'mine'", receipt.Reason, StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<Core.Engines.Models.ModelEvent>> AnswerAfterReleaseAsync(Core.Engines.Models.ModelRequest request, int call)
    {
        await _release.Task;
        return Say($"to {request.Messages[^1].PlainText}");
    }

    private static async Task<Guid> SendAsync(Session session, string text, PromptDelivery delivery = PromptDelivery.Queue)
    {
        var id = Guid.CreateVersion7();
        await session.SendAsync(id, text, [], delivery, planFirst: false, CancellationToken.None);
        return id;
    }
}
