using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Core.Projects;
using Autocoder.Core.Runs.Approvals;
using Autocoder.Core.Sessions;
using Autocoder.Tests.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using static Autocoder.Core.Conversations.ApprovalOutcome;
using static Autocoder.Tests.Runs.Approvals.ApprovalTests;

namespace Autocoder.Tests.Runs.Approvals;

/// <summary>A run that only waits for a person goes on after a restart, and runs exactly what was approved, once.</summary>
public sealed class ApprovalRestartTests
{
    [Fact]
    public async Task What_is_approved_after_a_restart_is_executed_once_and_the_same_run_goes_on()
    {
        await using var core = await CoreHarness.StartAsync(CallingEngine.Create());
        var (session, items) = await WaitOverRestartAsync(core, "Write a.txt", 1);
        Assert.Equal(0, core.Runs.ActiveRuns);

        var receipts = await Task.WhenAll(AnswerAsync(session, items[0], AllowedOnce), AnswerAsync(session, items[0], AllowedOnce));

        Assert.Single(receipts, receipt => receipt.Status is ApprovalStatus.Accepted);
        var done = await EndAsync(core, session);
        Assert.Equal((RunOutcome.Completed, items[0].RunId), (done.LastRun!.Outcome, done.LastRun.RunId));
        Assert.Equal("After the restart: Created a.txt with 1 line.", done.Items.OfType<TextItem>().Single().Text.ToString());
        var log = (await core.ReadAsync(session.ConversationId)).Select(envelope => envelope.Event).ToList();
        Assert.Equal(items[0].Hash, Assert.Single(log.OfType<ToolCallStarted>()).Hash);
        Assert.Single(log.OfType<StepEnded>());
        Assert.Equal("written", await File.ReadAllTextAsync(Path.Combine(core.ProjectFolder, "a.txt")));
    }

    [Fact]
    public async Task A_comment_after_a_restart_tells_the_agent()
    {
        await using var core = await CoreHarness.StartAsync(CallingEngine.Create());
        var (session, items) = await WaitOverRestartAsync(core, "Write a.txt", 1);

        await session.ApproveAsync(items[0].ApprovalId, new ApprovalAnswer(RejectedWithComment, "Not there."), CancellationToken.None);

        var done = await EndAsync(core, session);
        Assert.Equal(RunOutcome.Completed, done.LastRun!.Outcome);
        Assert.EndsWith("They said: Not there.", done.Items.OfType<TextItem>().Single().Text.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(core.ProjectFolder, "a.txt")));
    }

    [Fact]
    public async Task A_rejection_after_a_restart_ends_the_run()
    {
        await using var core = await CoreHarness.StartAsync(CallingEngine.Create());
        var (session, items) = await WaitOverRestartAsync(core, "Write a.txt", 1);

        await AnswerAsync(session, items[0], Rejected);

        Assert.Equal(RunOutcome.Stopped, (await EndAsync(core, session)).LastRun!.Outcome);
        Assert.False(File.Exists(Path.Combine(core.ProjectFolder, "a.txt")));
    }

    [Fact]
    public async Task A_run_that_waits_for_several_things_goes_on_when_none_is_open()
    {
        await using var core = await CoreHarness.StartAsync(CallingEngine.Create());
        var (session, items) = await WaitOverRestartAsync(core, "Write a.txt & Ask & Write b.txt", 2);
        var (a, b) = (items.Single(item => item.Title == "Write a.txt"), items.Single(item => item.Title == "Write b.txt"));

        await AnswerAsync(session, a, AllowedOnce);
        await core.StopAsync();
        await core.StartAgainAsync();
        session = await core.Sessions.OpenAgentAsync(session.ConversationId, CancellationToken.None);
        var waiting = await core.WaitAsync(session.ConversationId, t => t.PendingQuestions is not null);
        await session.AnswerAsync(waiting.PendingQuestions!.RequestId, [new Answer("q1", ["red"])], CancellationToken.None);
        Assert.Equal(0, core.Runs.ActiveRuns);
        Assert.Empty(Directory.GetFileSystemEntries(core.ProjectFolder));
        await session.ApproveAsync(b.ApprovalId, new ApprovalAnswer(RejectedWithComment, "No b."), CancellationToken.None);

        var done = await EndAsync(core, session);
        Assert.Equal(RunOutcome.Completed, done.LastRun!.Outcome);
        Assert.Equal(
            [ToolCallStatus.Completed, ToolCallStatus.Completed, ToolCallStatus.Failed],
            done.Items.OfType<ToolCallItem>().OrderBy(call => call.CallId, StringComparer.Ordinal).Select(call => call.Status!.Value));
        Assert.Equal(["a.txt"], Directory.GetFileSystemEntries(core.ProjectFolder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Always_for_the_project_lets_runs_go_on_that_wait_over_a_restart()
    {
        await using var core = await CoreHarness.StartAsync(CallingEngine.Create());
        var other = await SendAsync(core, "Write a.txt");
        await PendingAsync(core, other);
        var (session, items) = await WaitOverRestartAsync(core, "Write a.txt", 1);

        await AnswerAsync(session, items[0], AllowedForProject);

        Assert.Equal(RunOutcome.Completed, (await EndAsync(core, session)).LastRun!.Outcome);
        Assert.Equal(RunOutcome.Completed, (await EndAsync(core, other)).LastRun!.Outcome);
    }

    [Fact]
    public async Task A_call_that_is_no_longer_what_was_asked_is_refused_though_it_is_approved()
    {
        await using var core = await CoreHarness.StartAsync(CallingEngine.Create());
        var (session, items) = await WaitOverRestartAsync(core, "Write a.txt", 1);
        var moved = core.ProjectFolder + "-moved";
        Directory.Move(core.ProjectFolder, moved);
        await core.Services.GetRequiredService<ProjectRegistry>().LocateAsync(core.Project.Id, moved, CancellationToken.None);

        await AnswerAsync(session, items[0], AllowedOnce);

        var done = await EndAsync(core, session);
        Assert.Contains("no longer what was approved", done.Items.OfType<TextItem>().Single().Text.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(await core.ReadAsync(session.ConversationId), envelope => envelope.Event is ToolCallStarted);
        Assert.Empty(Directory.GetFileSystemEntries(moved));
    }

    private static async Task<(AgentSession Session, IReadOnlyList<ApprovalItem> Items)> WaitOverRestartAsync(
        CoreHarness core, string prompt, int approvals)
    {
        var session = await SendAsync(core, prompt);
        var waiting = await core.WaitAsync(
            session.ConversationId,
            t => t.PendingApprovals.Count() == approvals && (!prompt.Contains("Ask", StringComparison.Ordinal) || t.PendingQuestions is not null));
        await core.StopAsync();
        await core.StartAgainAsync();
        return (await core.Sessions.OpenAgentAsync(session.ConversationId, CancellationToken.None), [.. waiting.PendingApprovals]);
    }
}
