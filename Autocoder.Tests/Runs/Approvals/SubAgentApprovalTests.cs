using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Core.Runs.Approvals;
using Autocoder.Tests.TestSupport;
using static Autocoder.Core.Conversations.ApprovalOutcome;
using static Autocoder.Tests.Runs.Approvals.ApprovalTests;

namespace Autocoder.Tests.Runs.Approvals;

/// <summary>What sub-agents ask for appears where the person is, and is decided in one place.</summary>
public sealed class SubAgentApprovalTests
{
    [Fact]
    public async Task A_request_of_a_sub_agent_appears_with_its_path_and_is_answered_where_the_person_is()
    {
        await using var core = await CoreHarness.StartAsync(CallingEngine.Create());
        var session = await SendAsync(core, "Agent coder Agent initializer Write a.txt");

        var mirror = await PendingAsync(core, session);
        Assert.Equal(["coder", "initializer"], mirror.Path);
        Assert.Contains("a sub-agent may do no more", mirror.Reason, StringComparison.Ordinal);
        var child = await core.WaitAsync(mirror.ChildConversationId!.Value, t => t.PendingApprovals.Any());
        Assert.Equal(mirror.ApprovalId, child.PendingApprovals.Single().ApprovalId);

        Assert.Equal(ApprovalStatus.Accepted, (await AnswerAsync(session, mirror, AllowedOnce)).Status);

        var done = await EndAsync(core, session);
        Assert.Contains("Created a.txt", done.Items.OfType<TextItem>().Single().Text.ToString(), StringComparison.Ordinal);
        Assert.Equal(AllowedOnce, done.Items.OfType<ApprovalItem>().Single().Outcome);
        var started = (await core.ReadAsync(mirror.ChildConversationId.Value)).Select(envelope => envelope.Event).OfType<ToolCallStarted>().Single();
        Assert.Equal(mirror.Hash, started.Hash);
    }

    [Fact]
    public async Task An_answer_in_the_sub_agents_page_settles_the_mirror_too()
    {
        await using var core = await CoreHarness.StartAsync(CallingEngine.Create());
        var session = await SendAsync(core, "Agent coder Write a.txt");
        var mirror = await PendingAsync(core, session);

        var inChild = await core.Runs.ResolveApprovalAsync(
            mirror.ChildConversationId!.Value, mirror.ApprovalId, new ApprovalAnswer(AllowedOnce), CancellationToken.None);
        var late = await AnswerAsync(session, mirror, Rejected);

        Assert.Equal((ApprovalStatus.Accepted, ApprovalStatus.TooLate), (inChild.Status, late.Status));
        Assert.Equal(AllowedOnce, (await EndAsync(core, session)).Items.OfType<ApprovalItem>().Single().Outcome);
    }

    [Fact]
    public async Task A_rejection_where_the_person_is_ends_the_whole_run()
    {
        await using var core = await CoreHarness.StartAsync(CallingEngine.Create());
        var session = await SendAsync(core, "Agent coder Write a.txt");
        var mirror = await PendingAsync(core, session);

        await AnswerAsync(session, mirror, Rejected);

        Assert.Equal(RunOutcome.Stopped, (await EndAsync(core, session)).LastRun!.Outcome);
        Assert.Equal(RunOutcome.Stopped, (await core.WaitAsync(mirror.ChildConversationId!.Value, t => t.LastRun is not null)).LastRun!.Outcome);
        Assert.False(File.Exists(Path.Combine(core.ProjectFolder, "a.txt")));
    }

    [Fact]
    public async Task A_rejection_in_the_sub_agents_page_ends_the_sub_agent_and_its_parent_goes_on()
    {
        await using var core = await CoreHarness.StartAsync(CallingEngine.Create());
        var session = await SendAsync(core, "Agent coder Write a.txt");
        var mirror = await PendingAsync(core, session);

        await core.Runs.ResolveApprovalAsync(
            mirror.ChildConversationId!.Value, mirror.ApprovalId, new ApprovalAnswer(Rejected), CancellationToken.None);

        var done = await EndAsync(core, session);
        Assert.Equal((RunOutcome.Completed, Rejected), (done.LastRun!.Outcome, done.Items.OfType<ApprovalItem>().Single().Outcome!.Value));
        Assert.Contains("did not finish its task (Stopped)", done.Items.OfType<TextItem>().Single().Text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sub_agent_that_is_stopped_leaves_no_open_request_behind()
    {
        await using var core = await CoreHarness.StartAsync(CallingEngine.Create());
        var session = await SendAsync(core, "Agent coder Write a.txt");
        var mirror = await PendingAsync(core, session);
        var child = await core.WaitAsync(mirror.ChildConversationId!.Value, t => t.Running is not null);

        await core.Runs.StopAsync(mirror.ChildConversationId.Value, child.Running!.RunId, CancellationToken.None);

        var done = await EndAsync(core, session);
        Assert.Equal((RunOutcome.Completed, Expired), (done.LastRun!.Outcome, done.Items.OfType<ApprovalItem>().Single().Outcome!.Value));
    }

    [Fact]
    public async Task What_is_allowed_for_the_conversation_holds_for_its_sub_agents_too()
    {
        await using var core = await CoreHarness.StartAsync(CallingEngine.Create());
        var session = await SendAsync(core, "Agent coder Write a.txt; Agent coder Write a.txt; Write a.txt");

        await AnswerAsync(session, await PendingAsync(core, session), AllowedForConversation);

        var done = await EndAsync(core, session);
        Assert.Equal(RunOutcome.Completed, done.LastRun!.Outcome);
        Assert.Single(done.Items.OfType<ApprovalItem>());
        Assert.Single((await core.ReadAsync(session.ConversationId)).Select(envelope => envelope.Event).OfType<PermissionRuleAdded>());
    }

    [Fact]
    public async Task A_shutdown_interrupts_a_run_whose_sub_agent_waits_and_nothing_stays_open()
    {
        await using var core = await CoreHarness.StartAsync(CallingEngine.Create());
        var session = await SendAsync(core, "Agent coder Write a.txt");
        var mirror = await PendingAsync(core, session);

        await core.StopAsync();
        await core.StartAgainAsync();

        foreach (var conversationId in (Guid[])[session.ConversationId, mirror.ChildConversationId!.Value])
        {
            var ended = await core.WaitAsync(conversationId, t => t.LastRun is not null);
            Assert.Equal((RunOutcome.Interrupted, Expired), (ended.LastRun!.Outcome, ended.Items.OfType<ApprovalItem>().Single().Outcome!.Value));
        }
    }

    [Theory]
    [InlineData("Agent coder Tools", true)]
    [InlineData("Agent helper Tools", false)]
    public async Task A_sub_agent_asks_no_person_and_spawns_and_plans_only_by_a_profile_of_its_own(string prompt, bool spawns)
    {
        await using var core = await CoreHarness.StartAsync(CallingEngine.Create());
        var done = await EndAsync(core, await SendAsync(core, prompt));

        var tools = done.Items.OfType<TextItem>().Single().Text.ToString().Split(',');
        Assert.Contains("Write", tools);
        Assert.DoesNotContain("AskUser", tools);
        Assert.Equal((spawns, spawns), (tools.Contains("Agent"), tools.Contains("UpdatePlan")));
    }
}
