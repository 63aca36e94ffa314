using Autocoder.Core.Conversations;
using Autocoder.Core.Sessions;
using Autocoder.Tests.TestSupport;
using Autocoder.Tests.Web.Endpoints;

namespace Autocoder.Tests.Sessions;

/// <summary>Sessions in memory: those nobody needs go, those somebody needs stay (A4).</summary>
public sealed class SessionRegistryTests
{
    [Fact]
    public async Task Idle_sessions_go_the_oldest_first_and_busy_ones_stay()
    {
        await using var core = await CoreHarness.StartAsync(TalkingEngine.Create());
        var looked = await core.OpenAgentAsync("fake");
        looked.Changed += Nothing;
        var followed = await core.OpenAgentAsync("fake");
        using var seat = followed.TryJoin(1);
        var running = await core.OpenAgentAsync("fake");
        await running.SendAsync(Guid.CreateVersion7(), "hang", [], CancellationToken.None);
        await core.WaitAsync(running.ConversationId, transcript => transcript.Items.Any(item => item is Autocoder.Core.Conversations.Transcripts.TextItem));
        var idle = await core.OpenAgentAsync("fake");

        Session newest = idle;
        for (var number = 0; number < SessionRegistry.MaxIdle; number++)
        {
            newest = await core.OpenAgentAsync("fake");
        }

        var sessions = core.Sessions.Sessions;
        Assert.Equal(SessionRegistry.MaxIdle + 3, sessions.Count);
        Assert.Contains(looked, sessions);
        Assert.Contains(followed, sessions);
        Assert.Contains(running, sessions);
        Assert.Contains(newest, sessions);
        Assert.DoesNotContain(idle, sessions);

        static void Nothing()
        {
        }
    }

    [Fact]
    public async Task A_session_is_closed_by_stopping_what_runs_and_opens_again()
    {
        await using var core = await CoreHarness.StartAsync(TalkingEngine.Create());
        var session = await core.OpenAgentAsync("fake");
        await session.SendAsync(Guid.CreateVersion7(), "hang", [], CancellationToken.None);

        await core.Sessions.CloseAsync(session, CancellationToken.None);

        Assert.Empty(core.Sessions.Sessions);
        Assert.Null((await session.GetAsync(CancellationToken.None)).State.Run);
        var again = await core.Sessions.OpenAsync(session.ConversationId, CancellationToken.None);
        Assert.IsType<AgentSession>(again);
        Assert.NotSame(session, again);
    }

    [Fact]
    public async Task Closing_an_old_session_does_not_close_the_one_that_took_its_place()
    {
        await using var core = await CoreHarness.StartAsync(TalkingEngine.Create());
        var first = await core.OpenAgentAsync("fake");
        await core.Sessions.CloseAsync(first, CancellationToken.None);
        var second = await core.Sessions.OpenAsync(first.ConversationId, CancellationToken.None);

        await core.Sessions.CloseAsync(first, CancellationToken.None);

        Assert.Same(second, Assert.Single(core.Sessions.Sessions));
    }

    [Fact]
    public async Task A_conversation_opens_as_what_it_is_and_once()
    {
        await using var core = await CoreHarness.StartAsync(TalkingEngine.Create());
        var id = await core.Sessions.CreateAsync(core.Project.Id, ConversationKind.Assistant, null, null, CancellationToken.None);

        var opened = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => core.Sessions.OpenAsync(id, CancellationToken.None)));

        Assert.All(opened, session => Assert.Same(opened[0], session));
        Assert.IsType<AssistantSession>(opened[0]);
        await Assert.ThrowsAsync<ConversationNotFoundException>(() => core.Sessions.OpenAsync(Guid.NewGuid(), CancellationToken.None));
        await Assert.ThrowsAsync<ConversationNotFoundException>(() => core.Sessions.OpenAgentAsync(id, CancellationToken.None));
    }

    [Fact]
    public async Task There_is_room_for_so_many_viewers_and_a_seat_is_given_back_once()
    {
        await using var core = await CoreHarness.StartAsync(TalkingEngine.Create());
        var session = await core.OpenAgentAsync("fake");
        var first = session.TryJoin(2);
        using var second = session.TryJoin(2);

        Assert.Null(session.TryJoin(2));
        first!.Dispose();
        first.Dispose();

        Assert.Equal(1, session.Viewers);
        using var third = session.TryJoin(2);
        Assert.NotNull(third);
    }
}
