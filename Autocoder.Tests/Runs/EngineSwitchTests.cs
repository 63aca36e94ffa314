using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Core.Engines.Models;
using Autocoder.Tests.TestSupport;
using static Autocoder.Tests.TestSupport.AnsweringModel;

namespace Autocoder.Tests.Runs;

/// <summary>A conversation is given another engine: from its next run on, for good, with what was said.</summary>
public sealed class EngineSwitchTests
{
    [Fact]
    public async Task The_next_run_has_the_other_engine_and_a_run_at_work_keeps_its_own()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = new AnsweringModel(async (_, _) =>
        {
            await release.Task;
            return Say("The first says so.");
        });
        await using var core = await CoreHarness.StartAsync(first.Engine);
        var session = await core.OpenAgentAsync("fake");
        await session.SendAsync(Guid.CreateVersion7(), "one", [], CancellationToken.None);
        await first.WaitForCallsAsync(1);

        await session.SwitchEngineAsync("offline", CancellationToken.None);
        await session.SwitchEngineAsync("offline", CancellationToken.None);
        await session.SendAsync(Guid.CreateVersion7(), "two", [], CancellationToken.None);
        release.SetResult();
        var done = await core.WaitAsync(session.ConversationId, t => t.Items.OfType<RunEndedItem>().Count() == 2);

        var events = (await core.ReadAsync(session.ConversationId)).Select(envelope => envelope.Event).ToList();
        Assert.Equal(["fake", "offline"], events.OfType<RunStarted>().Select(run => run.Engine));
        Assert.Equal(new EngineSwitched("person", "offline"), Assert.Single(events.OfType<EngineSwitched>()));
        Assert.Equal("offline", done.Engine);
        Assert.Contains(done.Items.OfType<NoticeItem>(), notice => notice.Text.Contains("offline answers", StringComparison.Ordinal) && notice.Text.Contains("carried over", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_other_engine_is_shown_what_was_said()
    {
        var model = new AnsweringModel((_, _) => Say("I am the second."));
        await using var core = await CoreHarness.StartAsync(model.Engine);
        var session = await core.OpenAgentAsync("offline");
        await session.SendAsync(Guid.CreateVersion7(), "The word is zebra.", [], CancellationToken.None);
        await core.WaitAsync(session.ConversationId, t => t.LastRun is not null);

        await session.SwitchEngineAsync("fake", CancellationToken.None);
        await session.SendAsync(Guid.CreateVersion7(), "Which word?", [], CancellationToken.None);
        await core.WaitAsync(session.ConversationId, t => t.Items.OfType<RunEndedItem>().Count() == 2);

        Assert.Contains(model.Requests[0].Messages.SelectMany(message => message.Parts).OfType<ModelPart.Text>(), text => text.Value.Contains("zebra", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_switch_outlives_a_restart_and_can_be_given_back_to_the_settings()
    {
        var model = new AnsweringModel((_, _) => Say("Done."));
        await using var core = await CoreHarness.StartAsync(model.Engine);
        var session = await core.OpenAgentAsync("offline");
        await session.SwitchEngineAsync("fake", CancellationToken.None);
        await core.StopAsync();
        await core.StartAgainAsync();
        var again = await core.Sessions.OpenAgentAsync(session.ConversationId, CancellationToken.None);

        await again.SendAsync(Guid.CreateVersion7(), "one", [], CancellationToken.None);
        await core.WaitAsync(session.ConversationId, t => t.LastRun is not null);
        await again.SwitchEngineAsync(null, CancellationToken.None);

        var events = (await core.ReadAsync(session.ConversationId)).Select(envelope => envelope.Event).ToList();
        Assert.Equal("fake", events.OfType<RunStarted>().Single().Engine);
        Assert.Null((await again.GetAsync(CancellationToken.None)).State.Engine);
    }

    [Fact]
    public async Task An_engine_that_does_not_exist_is_refused_in_words()
    {
        await using var core = await CoreHarness.StartAsync();
        var session = await core.OpenAgentAsync("offline");

        var refused = await Assert.ThrowsAsync<ArgumentException>(() => session.SwitchEngineAsync("poet", CancellationToken.None));

        Assert.Contains("There is no engine 'poet'", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(await core.ReadAsync(session.ConversationId), envelope => envelope.Event is EngineSwitched);
    }
}
