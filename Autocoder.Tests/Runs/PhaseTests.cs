using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Core.Engines.Models;
using Autocoder.Core.Runs.Approvals;
using Autocoder.Core.Sessions;
using Autocoder.Tests.TestSupport;
using static Autocoder.Tests.TestSupport.AnsweringModel;

namespace Autocoder.Tests.Runs;

/// <summary>Analyse, plan, execute: what each phase offers, and how the person has a say.</summary>
public sealed class PhaseTests
{
    private static readonly object OneEntry = new { entries = new[] { new { id = "1", text = "Paint it", status = "pending" } } };

    [Fact]
    public async Task A_prompt_that_plans_first_looks_then_plans_then_works()
    {
        var model = new AnsweringModel((_, call) => call switch
        {
            1 => Look(call),
            2 => Say("I have seen enough."),
            3 => Use("UpdatePlan", OneEntry),
            _ => Say("Painted."),
        });
        await using var core = await CoreHarness.StartAsync(model.Engine);
        var session = await core.OpenAgentAsync("fake");
        await session.SendAsync(Guid.CreateVersion7(), "Paint it", [], PromptDelivery.Queue, planFirst: true, CancellationToken.None);

        var done = await core.WaitAsync(session.ConversationId, t => t.LastRun is not null);

        Assert.Equal(RunOutcome.Completed, done.LastRun!.Outcome);
        Assert.Equal(
            [RunPhase.Plan, RunPhase.Execute],
            (await core.ReadAsync(session.ConversationId)).Select(envelope => envelope.Event).OfType<PhaseChanged>().Select(changed => changed.Phase));
        Assert.All(model.Requests[0].Tools, tool => Assert.Equal(ToolEffect.ReadOnly, tool.Effect));
        Assert.Contains(model.Requests[0].Tools, tool => tool.Name == "AskUser");
        Assert.Equal("UpdatePlan", Assert.Single(model.Requests[2].Tools).Name);
        Assert.Contains(model.Requests[3].Tools, tool => tool.Name == "Write");
        Assert.Equal(
            ["Phase: analysis", "Phase: analysis", "Phase: plan", "Phase: execution"],
            model.Requests.Select(request => request.Instructions[request.Instructions.IndexOf("Phase: ", StringComparison.Ordinal)..].Split('.')[0]));
    }

    [Fact]
    public async Task A_tool_the_phase_does_not_offer_is_refused_even_when_the_model_calls_it()
    {
        var model = new AnsweringModel((_, call) => call switch
        {
            1 => Use("Write", new { path = "a.txt", content = "x" }),
            2 => Use("UpdatePlan", OneEntry),
            3 => Say("Seen."),
            4 => Use("Glob", new { pattern = "*" }),
            5 => Use("UpdatePlan", OneEntry),
            _ => Say("Done."),
        });
        await using var core = await CoreHarness.StartAsync(model.Engine);
        var session = await core.OpenAgentAsync("fake");
        await session.SendAsync(Guid.CreateVersion7(), "Go", [], PromptDelivery.Queue, planFirst: true, CancellationToken.None);

        var done = await core.WaitAsync(session.ConversationId, t => t.LastRun is not null);

        var calls = done.Items.OfType<ToolCallItem>().ToList();
        Assert.Equal(
            [ToolCallStatus.Failed, ToolCallStatus.Failed, ToolCallStatus.Failed, ToolCallStatus.Completed], calls.Select(call => call.Status!.Value));
        Assert.Contains("may not use Write while the run analyses", calls[0].Output, StringComparison.Ordinal);
        Assert.Contains("may not use Glob while the plan is written", calls[2].Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(core.ProjectFolder, "a.txt")));
    }

    [Fact]
    public async Task Without_a_plan_in_six_steps_the_work_begins_without_one()
    {
        var model = new AnsweringModel((request, call) => request.Tools.Any(tool => tool.Name == "Write") ? Say("Done.") : Look(call));
        await using var core = await CoreHarness.StartAsync(model.Engine);
        var session = await core.OpenAgentAsync("fake");
        await session.SendAsync(Guid.CreateVersion7(), "Go", [], PromptDelivery.Queue, planFirst: true, CancellationToken.None);

        await core.WaitAsync(session.ConversationId, t => t.LastRun is not null);

        Assert.Equal(7, model.Requests.Count);
        var changes = (await core.ReadAsync(session.ConversationId)).Select(envelope => envelope.Event).OfType<PhaseChanged>().ToList();
        Assert.Contains("No plan was made in time", changes[^1].Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rejected_plan_is_made_anew_with_the_comment_and_an_approved_one_is_carried_out()
    {
        var model = new AnsweringModel((request, _) => Answer(request));
        await using var core = await CoreHarness.StartAsync(model.Engine);
        var session = await OpenCarefulAsync(core);

        var first = await ApprovalAsync(core, session, number: 1);
        Assert.Equal((ApprovalSubject.Plan, "Carry out this plan of 1 step?"), (first.Subject, first.Title));
        await session.ApproveAsync(first.ApprovalId, new ApprovalAnswer(ApprovalOutcome.RejectedWithComment, "In blue, please."), CancellationToken.None);
        var second = await ApprovalAsync(core, session, number: 2);
        Assert.Contains("The person rejected the last plan and said: “In blue, please.”", model.Requests[^1].Instructions, StringComparison.Ordinal);

        // The server is restarted while the plan waits for its answer.
        await core.StopAsync();
        await core.StartAgainAsync();
        session = await core.Sessions.OpenAgentAsync(session.ConversationId, CancellationToken.None);
        await session.ApproveAsync(second.ApprovalId, new ApprovalAnswer(ApprovalOutcome.AllowedOnce), CancellationToken.None);

        var done = await core.WaitAsync(session.ConversationId, t => t.LastRun is not null);
        Assert.Equal(RunOutcome.Completed, done.LastRun!.Outcome);
        Assert.Equal(2, done.Items.OfType<ApprovalItem>().Count());
        Assert.Contains("Phase: execution. Carry out the plan.", model.Requests[^1].Instructions, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_that_is_rejected_three_times_ends_the_run()
    {
        var model = new AnsweringModel((request, _) => Answer(request));
        await using var core = await CoreHarness.StartAsync(model.Engine);
        var session = await OpenCarefulAsync(core);
        for (var number = 1; number <= 3; number++)
        {
            var asked = await ApprovalAsync(core, session, number);
            await session.ApproveAsync(asked.ApprovalId, new ApprovalAnswer(ApprovalOutcome.RejectedWithComment, "No."), CancellationToken.None);
        }

        var done = await core.WaitAsync(session.ConversationId, t => t.LastRun is not null);

        Assert.Equal(RunOutcome.Stopped, done.LastRun!.Outcome);
        Assert.DoesNotContain(model.Requests, request => request.Tools.Any(tool => tool.Name == "Write"));
        Assert.Contains(done.Items.OfType<NoticeItem>(), notice => notice.Text.Contains("Nothing was changed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_profile_that_wants_approval_never_works_without_one_even_when_there_is_no_plan()
    {
        var model = new AnsweringModel((request, call) => request.Tools.Any(tool => tool.Name == "Write") ? Say("Done.") : Look(call));
        await using var core = await CoreHarness.StartAsync(model.Engine);
        var session = await OpenCarefulAsync(core);

        var asked = await ApprovalAsync(core, session, number: 1);
        Assert.Equal("No plan was made. Go on without one?", asked.Title);
        await session.ApproveAsync(asked.ApprovalId, new ApprovalAnswer(ApprovalOutcome.AllowedOnce), CancellationToken.None);

        Assert.Equal(RunOutcome.Completed, (await core.WaitAsync(session.ConversationId, t => t.LastRun is not null)).LastRun!.Outcome);
        Assert.Equal(7, model.Requests.Count);
    }

    [Fact]
    public async Task The_offline_engine_says_that_it_makes_no_plans_and_answers_once()
    {
        await using var core = await CoreHarness.StartAsync();
        var session = await core.OpenAgentAsync("offline");
        await session.SendAsync(Guid.CreateVersion7(), "help", [], PromptDelivery.Queue, planFirst: true, CancellationToken.None);

        var done = await core.WaitAsync(session.ConversationId, t => t.LastRun is not null);

        Assert.Contains(done.Items.OfType<NoticeItem>(), notice => notice.Text.Contains("makes no plan first", StringComparison.Ordinal));
        Assert.Single(done.Items.OfType<TextItem>());
    }

    private static IReadOnlyList<ModelEvent> Answer(ModelRequest request) => request.Tools switch
    {
        [{ Name: "UpdatePlan" }] => Use("UpdatePlan", OneEntry),
        _ => Say("Well."),
    };

    private static async Task<AgentSession> OpenCarefulAsync(CoreHarness core)
    {
        await File.WriteAllTextAsync(
            Path.Combine(core.DataFolder, "profiles", "careful.json"), """{ "id": "careful", "base": "coder", "planning": "planApproved" }""");
        var session = await core.OpenAgentAsync("fake");
        await session.SwitchProfileAsync("careful", CancellationToken.None);
        await session.SendAsync(Guid.CreateVersion7(), "Paint it", [], CancellationToken.None);
        return session;
    }

    private static async Task<ApprovalItem> ApprovalAsync(CoreHarness core, Session session, int number) =>
        (await core.WaitAsync(session.ConversationId, t => t.Items.OfType<ApprovalItem>().Count() == number)).Items.OfType<ApprovalItem>().Last();
}
