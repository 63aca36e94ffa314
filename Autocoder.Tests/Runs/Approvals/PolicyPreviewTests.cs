using Autocoder.Core.Conversations;
using Autocoder.Core.Runs.Approvals;
using Autocoder.Core.Tools.Permissions;
using Autocoder.Tests.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Autocoder.Tests.Runs.Approvals;

public sealed class PolicyPreviewTests
{
    [Fact]
    public async Task A_rule_is_tried_on_what_was_called_and_tells_what_it_would_have_decided_otherwise()
    {
        await using var core = await CoreHarness.StartAsync(CallingEngine.Create());
        await RunAsync(core, "Write a.txt; Write src/b.txt", ApprovalOutcome.AllowedOnce);
        await RunAsync(core, "Write a.txt", ApprovalOutcome.Rejected);
        var last = await RunAsync(core, "Read a.txt; Write a.txt", ApprovalOutcome.AllowedOnce);

        var outcome = await TryAsync(core, new PermissionRule("Write", "a.txt", PermissionEffect.Allow));

        Assert.Equal((3, 5, 3, false), (outcome.Conversations, outcome.Calls, outcome.Matched, outcome.IsCut));
        var change = Assert.Single(outcome.Changes);
        Assert.Equal(
            ("Write", "Write a.txt", PermissionEffect.Ask, PermissionEffect.Allow, 3, 1, last),
            (change.Tool, change.Title, change.Before, change.After, change.Times, change.Rejected, change.In.Id));
    }

    [Fact]
    public async Task What_a_rule_would_have_refused_is_told_and_nothing_is_saved()
    {
        await using var core = await CoreHarness.StartAsync(CallingEngine.Create());
        await RunAsync(core, "Write a.txt", ApprovalOutcome.AllowedForProject);

        var outcome = await TryAsync(core, new PermissionRule("Write", "**", PermissionEffect.Deny));

        Assert.Equal((PermissionEffect.Allow, PermissionEffect.Deny), (outcome.Changes.Single().Before, outcome.Changes.Single().After));
        Assert.Single(await core.Services.GetRequiredService<ProjectPermissions>().ListAsync(core.Project.Id, CancellationToken.None));
    }

    [Fact]
    public async Task Calls_of_sub_agents_are_judged_with_the_agents_above_them()
    {
        await using var core = await CoreHarness.StartAsync(CallingEngine.Create());
        await RunAsync(core, "Agent coder Write a.txt", ApprovalOutcome.AllowedOnce);

        var outcome = await TryAsync(core, new PermissionRule("Write", "a.txt", PermissionEffect.Allow));

        Assert.Equal((1, 2, 1), (outcome.Conversations, outcome.Calls, outcome.Matched));
        Assert.Equal(PermissionEffect.Allow, outcome.Changes.Single().After);
    }

    [Theory]
    [InlineData("Wirte", "a.txt", "there is no such tool")]
    [InlineData("Write", " ", "a Resource that is not blank")]
    public async Task A_rule_that_could_never_match_is_refused_in_words(string tool, string resource, string words)
    {
        await using var core = await CoreHarness.StartAsync(CallingEngine.Create());

        Assert.Contains(words, Preview(core).FindProblem(new PermissionRule(tool, resource, PermissionEffect.Allow)), StringComparison.Ordinal);
        Assert.Null(Preview(core).FindProblem(new PermissionRule("Bash", "dotnet test **", PermissionEffect.Allow)));
    }

    private static PolicyPreview Preview(CoreHarness core) => core.Services.GetRequiredService<PolicyPreview>();

    private static Task<PolicyOutcome> TryAsync(CoreHarness core, PermissionRule rule) => Preview(core).TryAsync(core.Project.Id, rule, CancellationToken.None);

    // Answers everything the run asks, and waits for its end.
    private static async Task<Guid> RunAsync(CoreHarness core, string prompt, ApprovalOutcome answer)
    {
        var session = await ApprovalTests.SendAsync(core, prompt);
        var answered = new HashSet<Guid>();
        while (true)
        {
            var transcript = await core.WaitAsync(
                session.ConversationId, t => t.LastRun is not null || t.PendingApprovals.Any(pending => !answered.Contains(pending.ApprovalId)));
            if (transcript.LastRun is not null)
            {
                return session.ConversationId;
            }

            var item = transcript.PendingApprovals.First(pending => !answered.Contains(pending.ApprovalId));
            answered.Add(item.ApprovalId);
            await ApprovalTests.AnswerAsync(session, item, answer);
        }
    }
}
