using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Core.Runs.Approvals;
using Autocoder.Core.Sessions;
using Autocoder.Core.Tools.Permissions;
using Autocoder.Tests.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using static Autocoder.Core.Conversations.ApprovalOutcome;

namespace Autocoder.Tests.Runs.Approvals;

/// <summary>The coder asks before it writes; what a person answers decides.</summary>
public sealed class ApprovalTests
{
    [Fact]
    public async Task Nothing_is_written_before_it_is_allowed_and_once_means_once()
    {
        await using var core = await CoreHarness.StartAsync(CallingEngine.Create());
        var session = await SendAsync(core, "Write a.txt; Write a.txt");
        var first = await PendingAsync(core, session);

        Assert.Equal(("Write a.txt", "The profile “coder” asks before Write."), (first.Title, first.Reason));
        Assert.False(File.Exists(Path.Combine(core.ProjectFolder, "a.txt")));
        Assert.Equal(ApprovalStatus.Accepted, (await AnswerAsync(session, first, AllowedOnce)).Status);

        var second = await PendingAsync(core, session, item => item.ApprovalId != first.ApprovalId);
        Assert.True(File.Exists(Path.Combine(core.ProjectFolder, "a.txt")));
        await AnswerAsync(session, second, AllowedOnce);
        Assert.Equal(RunOutcome.Completed, (await EndAsync(core, session)).LastRun!.Outcome);
    }

    [Fact]
    public async Task Looking_is_not_asked()
    {
        await using var core = await CoreHarness.StartAsync(CallingEngine.Create());
        await File.WriteAllTextAsync(Path.Combine(core.ProjectFolder, "a.txt"), "hello");
        var session = await SendAsync(core, "Read a.txt");

        Assert.Empty((await EndAsync(core, session)).Items.OfType<ApprovalItem>());
    }

    [Fact]
    public async Task Allowed_for_the_conversation_is_not_asked_again_in_it_and_is_in_others()
    {
        await using var core = await CoreHarness.StartAsync(CallingEngine.Create());
        var session = await SendAsync(core, "Write a.txt; Write a.txt");
        await AnswerAsync(session, await PendingAsync(core, session), AllowedForConversation);
        var done = await EndAsync(core, session);
        Assert.Single(done.Items.OfType<ApprovalItem>());

        var other = await SendAsync(core, "Write a.txt");
        Assert.NotNull(await PendingAsync(core, other));

        await session.SendAsync(Guid.CreateVersion7(), "Write a.txt; Write b.txt", [], CancellationToken.None);
        await PendingAsync(core, session, item => item.Title == "Write b.txt");
        var asked = (await core.ReadAsync(session.ConversationId)).Select(envelope => envelope.Event).OfType<ApprovalRequested>();
        Assert.Equal(["Write a.txt", "Write b.txt"], asked.Select(request => request.Title));
    }

    [Fact]
    public async Task A_permission_of_a_conversation_can_be_taken_back()
    {
        await using var core = await CoreHarness.StartAsync(CallingEngine.Create());
        var session = await SendAsync(core, "Write a.txt");
        var item = await PendingAsync(core, session);
        await AnswerAsync(session, item, AllowedForConversation);
        await EndAsync(core, session);

        Assert.True(await session.RemoveRuleAsync(item.Always!, CancellationToken.None));
        Assert.False(await session.RemoveRuleAsync(item.Always!, CancellationToken.None));
        await session.SendAsync(Guid.CreateVersion7(), "Write a.txt", [], CancellationToken.None);

        Assert.NotNull(await PendingAsync(core, session, pending => pending.ApprovalId != item.ApprovalId));
    }

    [Fact]
    public async Task Always_for_the_project_settles_the_same_elsewhere_and_can_be_seen_and_removed()
    {
        await using var core = await CoreHarness.StartAsync(CallingEngine.Create());
        var permissions = core.Services.GetRequiredService<ProjectPermissions>();
        var session = await SendAsync(core, "Write a.txt");
        var other = await SendAsync(core, "Write a.txt; Write b.txt");
        var item = await PendingAsync(core, session);
        var waiting = await PendingAsync(core, other);

        await AnswerAsync(session, item, AllowedForProject);

        var settled = await core.WaitAsync(other.ConversationId, t => t.PendingApprovals.Any(pending => pending.Title == "Write b.txt"));
        var byRule = settled.Items.OfType<ApprovalItem>().Single(each => each.ApprovalId == waiting.ApprovalId);
        Assert.Equal((AllowedOnce, "rule", item.Always), (byRule.Outcome!.Value, byRule.ResolvedBy, byRule.Rule));

        await EndAsync(core, session);
        var saved = Assert.Single(await permissions.ListAsync(core.Project.Id, CancellationToken.None));
        Assert.Equal((item.Always, session.ConversationId), (saved.Rule, saved.ConversationId));
        Assert.Empty((await EndAsync(core, await SendAsync(core, "Write a.txt"))).Items.OfType<ApprovalItem>());

        Assert.True(await permissions.RemoveAsync(core.Project.Id, saved.Id, CancellationToken.None));
        Assert.False(await permissions.RemoveAsync(core.Project.Id, saved.Id, CancellationToken.None));
        Assert.NotNull(await PendingAsync(core, await SendAsync(core, "Write a.txt")));
    }

    [Fact]
    public async Task A_rejection_ends_the_run_and_nothing_is_done()
    {
        await using var core = await CoreHarness.StartAsync(CallingEngine.Create());
        var session = await SendAsync(core, "Write a.txt; Write b.txt");

        Assert.Equal(ApprovalStatus.Accepted, (await AnswerAsync(session, await PendingAsync(core, session), Rejected)).Status);

        var log = await core.ReadAsync(session.ConversationId);
        var resolved = log.Single(envelope => envelope.Event is ApprovalResolved);
        Assert.Equal(new StopRequested("rejection"), log[(int)resolved.Sequence].Event);
        Assert.Equal(RunOutcome.Stopped, Assert.IsType<RunEnded>(log[^1].Event).Outcome);
        Assert.DoesNotContain(log, envelope => envelope.Event is ToolCallStarted);
        Assert.Empty(Directory.GetFileSystemEntries(core.ProjectFolder));
    }

    [Fact]
    public async Task A_rejection_with_a_comment_tells_the_agent_and_the_run_goes_on()
    {
        await using var core = await CoreHarness.StartAsync(CallingEngine.Create());
        var session = await SendAsync(core, "Write a.txt");
        var item = await PendingAsync(core, session);

        Assert.Equal(ApprovalStatus.Invalid, (await session.ApproveAsync(item.ApprovalId, new ApprovalAnswer(RejectedWithComment, " \n"), CancellationToken.None)).Status);
        await session.ApproveAsync(item.ApprovalId, new ApprovalAnswer(RejectedWithComment, "Write it to docs/."), CancellationToken.None);

        var done = await EndAsync(core, session);
        Assert.Equal(RunOutcome.Completed, done.LastRun!.Outcome);
        Assert.Contains("They said: Write it to docs/.", done.Items.OfType<TextItem>().Single().Text.ToString(), StringComparison.Ordinal);
        Assert.Equal(ToolCallStatus.Failed, done.Items.OfType<ToolCallItem>().Single().Status);
        Assert.Empty(Directory.GetFileSystemEntries(core.ProjectFolder));
    }

    [Fact]
    public async Task The_first_answer_of_any_tab_wins_and_others_are_told_in_words()
    {
        await using var core = await CoreHarness.StartAsync(CallingEngine.Create());
        var session = await SendAsync(core, "Write a.txt; Write b.txt");
        var item = await PendingAsync(core, session);

        Assert.Equal(ApprovalStatus.Invalid, (await AnswerAsync(session, item, Expired)).Status);
        Assert.Equal(ApprovalStatus.Invalid, (await AnswerAsync(session, item, (ApprovalOutcome)99)).Status);
        var receipts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => AnswerAsync(session, item, AllowedOnce)));
        var late = await AnswerAsync(session, item, Rejected);
        var unknown = await session.ApproveAsync(Guid.NewGuid(), new ApprovalAnswer(AllowedOnce), CancellationToken.None);

        Assert.Single(receipts, receipt => receipt.Status is ApprovalStatus.Accepted);
        Assert.Equal(new ApprovalReceipt(ApprovalStatus.TooLate, "This was answered before: it was allowed. Your answer was not used."), late);
        Assert.Equal(ApprovalStatus.Unknown, unknown.Status);
    }

    [Fact]
    public async Task A_stop_ends_the_waiting_and_an_answer_after_it_changes_nothing()
    {
        await using var core = await CoreHarness.StartAsync(CallingEngine.Create());
        var session = await SendAsync(core, "Write a.txt");
        var item = await PendingAsync(core, session);

        await session.StopAsync(item.RunId!.Value, CancellationToken.None);
        var late = await AnswerAsync(session, item, AllowedForProject);

        Assert.Equal(new ApprovalReceipt(ApprovalStatus.TooLate, "The run that asked for this has ended. Your answer was not used."), late);
        Assert.Empty(await core.Services.GetRequiredService<ProjectPermissions>().ListAsync(core.Project.Id, CancellationToken.None));
        Assert.Equal(Expired, (await EndAsync(core, session)).Items.OfType<ApprovalItem>().Single().Outcome);
    }

    [Fact]
    public async Task What_the_settings_deny_no_saved_rule_allows()
    {
        await using var core = await CoreHarness.StartAsync(
            new Dictionary<string, string?>
            {
                ["Autocoder:Permissions:Rules:0:Tool"] = "Write",
                ["Autocoder:Permissions:Rules:0:Effect"] = "Allow",
                ["Autocoder:Permissions:Rules:1:Tool"] = "*",
                ["Autocoder:Permissions:Rules:1:Resource"] = "keys/**",
                ["Autocoder:Permissions:Rules:1:Effect"] = "deny",
            },
            CallingEngine.Create());
        await core.Services.GetRequiredService<IPermissionRuleStore>().AddAsync(
            new SavedRule(Guid.NewGuid(), core.Project.Id, new PermissionRule("*", "**", PermissionEffect.Allow), DateTimeOffset.UnixEpoch, Guid.NewGuid()),
            CancellationToken.None);

        var done = await EndAsync(core, await SendAsync(core, "Write keys/a; Write b.txt"));

        Assert.Empty(done.Items.OfType<ApprovalItem>());
        Assert.Equal([ToolCallStatus.Failed, ToolCallStatus.Completed], done.Items.OfType<ToolCallItem>().Select(call => call.Status!.Value));
        Assert.Contains("A rule in Autocoder's settings denies every tool keys/**.", done.Items.OfType<ToolCallItem>().First().Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Wrte", "Deny", "no such tool")]
    [InlineData("", "Deny", "needs a Tool")]
    [InlineData("Write", null, "needs an Effect")]
    public async Task A_setting_that_could_never_work_keeps_the_program_from_starting(string tool, string? effect, string words)
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(async () => await CoreHarness.StartAsync(
            new Dictionary<string, string?> { ["Autocoder:Permissions:Rules:0:Tool"] = tool, ["Autocoder:Permissions:Rules:0:Effect"] = effect },
            CallingEngine.Create()));

        Assert.Contains(words, exception.Message, StringComparison.Ordinal);
        Assert.Contains("Autocoder:Permissions:Rules:0", exception.Message, StringComparison.Ordinal);
    }

    internal static async Task<AgentSession> SendAsync(CoreHarness core, string prompt)
    {
        var session = await core.OpenAgentAsync("fake");
        await session.SendAsync(Guid.CreateVersion7(), prompt, [], CancellationToken.None);
        return session;
    }

    internal static async Task<ApprovalItem> PendingAsync(CoreHarness core, Session session, Func<ApprovalItem, bool>? which = null) =>
        (await core.WaitAsync(session.ConversationId, t => t.PendingApprovals.Any(which ?? (_ => true)))).PendingApprovals.First(which ?? (_ => true));

    internal static Task<ApprovalReceipt> AnswerAsync(Session session, ApprovalItem item, ApprovalOutcome outcome) =>
        session.ApproveAsync(item.ApprovalId, new ApprovalAnswer(outcome), CancellationToken.None);

    internal static Task<Transcript> EndAsync(CoreHarness core, Session session) =>
        core.WaitAsync(session.ConversationId, t => t.Running is null && t.LastRun is not null);
}
