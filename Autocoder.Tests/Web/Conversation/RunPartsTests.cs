using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Core.Profiles;
using Autocoder.Web.Components.Conversation;
using Autocoder.Web.Rendering;
using Bunit;

namespace Autocoder.Tests.Web.Conversation;

/// <summary>The parts around a transcript that say what a run does, may do and has done.</summary>
public sealed class RunPartsTests : ComponentTest
{
    private readonly Recording _log = new();

    [Theory]
    [MemberData(nameof(Outcomes))]
    public void Every_end_has_words_and_a_status(RunOutcome outcome)
    {
        _log.Begin();
        var cut = Header();
        _log.Add(Recording.End(outcome));
        cut.Render(parameters => parameters.Add(header => header.Transcript, _log.Fold()));

        Assert.NotEqual(outcome.ToString(), RunWords.Outcome(outcome));
        Assert.Single(cut.FindAll(".chip"));
        Assert.Equal(RunWords.Outcome(outcome), cut.Find("[role=status]").TextContent);
    }

    public static TheoryData<RunOutcome> Outcomes => [.. Enum.GetValues<RunOutcome>()];

    [Theory]
    [InlineData(RunOutcome.MaxSteps, "Go on")]
    [InlineData(RunOutcome.TimeLimit, "Go on")]
    [InlineData(RunOutcome.Interrupted, "Continue")]
    [InlineData(RunOutcome.Failed, "Try again")]
    [InlineData(RunOutcome.Refused, null)]
    [InlineData(RunOutcome.ContextOverflow, null)]
    [InlineData(RunOutcome.Completed, null)]
    public void One_can_go_on_where_it_makes_sense(RunOutcome outcome, string? button)
    {
        var cut = Ended(new RunEnded(outcome, TokenUsage.None, 1000, 0, 0));

        Assert.Equal(button, cut.FindAll(".ended button").SingleOrDefault()?.TextContent.Trim());
    }

    [Fact]
    public void An_end_names_files_cost_and_sub_agents_apart()
    {
        var files = Enumerable.Range(1, 8).Select(number => $"src/{number}.cs").ToList();
        var cut = Ended(new RunEnded(
            RunOutcome.Completed, new TokenUsage(1000, 200, CostUsd: 1.42m), 61_000, 5, 12, Files: files, SubAgentUsage: new TokenUsage(500, 50)));

        Assert.Contains("1 min 1 s · 5 tool calls · 1,000 tokens in, 200 out · $1.42", cut.Find(".facts").TextContent, StringComparison.Ordinal);
        Assert.Contains("sub-agents beside that: 500 tokens in, 50 out", cut.Markup, StringComparison.Ordinal);
        Assert.Equal(6, cut.FindAll(".files li").Count);
        cut.Find(".files button").Click();
        Assert.Equal(8, cut.FindAll(".files li").Count);
        Assert.Contains("and 4 more", cut.Find(".files").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void An_interruption_lists_what_nobody_knows()
    {
        _log.Begin().Tool("a", "Write", "Write a.cs", ToolEffect.Idempotent, ToolCallStatus.Unknown).Tool("b", "Read", "Read b.cs");
        var cut = Ended(Recording.End(RunOutcome.Interrupted), begin: false);

        Assert.Equal(["Write a.cs"], cut.FindAll(".unknown li").Select(call => call.TextContent));
    }

    [Fact]
    public void A_continuation_that_is_refused_says_why()
    {
        var cut = Ended(Recording.End(RunOutcome.Stopped), refusal: "The project folder is missing.");
        cut.Find(".ended button").Click();

        Assert.Contains("folder is missing", cut.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void The_bar_shows_phases_limits_tokens_and_how_full_the_window_is()
    {
        var prompt = Guid.CreateVersion7();
        _log.Add(
            new ConversationCreated(Guid.CreateVersion7(), ConversationKind.Agent, "Test"),
            new PromptAdmitted(prompt, "Do it", []),
            new RunStarted(_log.RunId, prompt, "coder", 1, "scripted", Limits: new RunLimits(40, 200_000, 5m, 30), Phase: RunPhase.Analyse),
            new PhaseChanged(RunPhase.Plan),
            new StepStarted(Guid.Empty, 1),
            new StepEnded(Guid.Empty, "tool_use", new TokenUsage(11_000, 1_400, CostUsd: 0.5m), Window: 20_000),
            new StepStarted(Guid.CreateVersion7(), 2));
        var text = Bar().Find(".bar").TextContent;

        Assert.Contains("step 2 of 40", text, StringComparison.Ordinal);
        Assert.Contains("of 30 min", text, StringComparison.Ordinal);
        Assert.Contains("12.4k of 200k tokens", text, StringComparison.Ordinal);
        Assert.Contains("$0.50 of $5.00", text, StringComparison.Ordinal);
        Assert.Contains("62 %", text, StringComparison.Ordinal);
        Assert.Equal("Plan", Bar().Find("[aria-current=step]").TextContent.Trim());
    }

    [Fact]
    public void Without_a_known_window_the_gauge_shows_tokens_of_the_last_call_only()
    {
        _log.Begin();
        foreach (var number in (int[])[1, 2])
        {
            var step = Guid.CreateVersion7();
            _log.Add(new StepStarted(step, number), new StepEnded(step, "tool_use", new TokenUsage(1000, 100)));
        }

        Assert.Contains("1.1k tokens", Bar().Find(".meter").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_profile_is_chosen_by_name_and_says_when_it_counts()
    {
        _log.Begin();
        var chosen = "";
        var profiles = new ProfileCatalog().All.Where(profile => profile.Surface is ConversationKind.Agent).ToList();
        var cut = Render<RunBar>(parameters => parameters
            .Add(bar => bar.Transcript, _log.Fold()).Add(bar => bar.Profiles, profiles).Add(bar => bar.UsualProfile, "coder")
            .Add(bar => bar.OnProfile, id => chosen = id));
        Assert.Contains("next step on", cut.Find(".note").TextContent, StringComparison.Ordinal);
        Assert.StartsWith("✓ coder", cut.Find("[aria-current=true]").TextContent.Trim(), StringComparison.Ordinal);
        cut.FindAll("[role=menuitem]")[1].Click();

        Assert.Equal(profiles[1].Id, chosen);
    }

    [Fact]
    public void A_wait_and_a_silence_say_what_to_do()
    {
        _log.Begin().Add(new ModelCallRetried(1, 6000, "overloaded", "The model is overloaded."));
        Assert.Equal(Until(6), Notice().Find("count-down").GetAttribute("until"));
        Assert.Contains("The model is overloaded.", Notice().Markup, StringComparison.Ordinal);
        Assert.Contains("Waiting for limit", Header().Find(".chip").TextContent, StringComparison.Ordinal);

        _log.Add(new RunStalled(1000), new StepStarted(Guid.CreateVersion7(), 1), new RunStalled(1000));
        Assert.Contains("Stalled.", Notice().Markup, StringComparison.Ordinal);
        Assert.Contains("Stop", Notice().Markup, StringComparison.Ordinal);

        string Until(int seconds) => _log.Latest.AddSeconds(seconds).ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public void A_plan_shows_revision_evidence_and_what_was_cancelled()
    {
        var cut = Render<PlanPanel>(parameters => parameters.Add(panel => panel.Plan, new PlanUpdated(3,
        [
            new PlanEntry("1", "Write it", PlanEntryStatus.Completed, Evidence: "12 tests pass."),
            new PlanEntry("2", "Polish it", PlanEntryStatus.Cancelled),
            new PlanEntry("3", "Ship it", PlanEntryStatus.InProgress, Executor: "shipper"),
        ])));

        Assert.Contains("revision 3", cut.Markup, StringComparison.Ordinal);
        Assert.Contains("1 of 2", cut.Find(".done").TextContent, StringComparison.Ordinal);
        Assert.Equal("12 tests pass.", cut.Find(".completed .evidence").TextContent);
        Assert.Equal("cancelled", cut.Find(".cancelled .word").TextContent);
        Assert.Contains("by shipper", cut.Find(".inprogress").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_compaction_says_what_went_and_can_be_taken_back()
    {
        var id = Guid.CreateVersion7();
        Guid? reverted = null;
        var actions = new ConversationActions
        {
            RevertCompactionAsync = compactionId =>
            {
                reverted = compactionId;
                return Task.CompletedTask;
            },
        };
        _log.Begin().Add(new CompactionStarted(id, CompactionMethod.Summary, CompactionReason.Automatic, 90_000));
        Assert.Contains("Making room", Row(actions).Markup, StringComparison.Ordinal);

        _log.Add(new CompactionCompleted(id, CompactionMethod.Summary, 3, "## Goal\nA shop.", [], 90_000, 15_500, TokenUsage.None));
        var cut = Row(actions);
        Assert.Contains("90k → 15.5k tokens", cut.Find(".line").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("A shop.", cut.Markup, StringComparison.Ordinal);
        cut.FindAll("button")[0].Click();
        Assert.Contains("A shop.", cut.Find(".summary").TextContent, StringComparison.Ordinal);
        cut.FindAll("button")[1].Click();
        Assert.Equal(id, reverted);

        _log.Add(new CompactionReverted(id));
        Assert.Contains("shown the original again", Row(actions).Markup, StringComparison.Ordinal);
        Assert.Empty(Row(actions).FindAll("button"));
    }

    [Theory]
    [InlineData(ApprovalOutcome.AllowedForProject, "person", "Allowed in this project from now on:", "by you")]
    [InlineData(ApprovalOutcome.AllowedOnce, "rule", "Allowed once:", "by a rule that another answer saved")]
    [InlineData(ApprovalOutcome.Expired, "run", "Never answered:", "the run ended first")]
    public void What_became_of_an_approval_stands_in_the_transcript(ApprovalOutcome outcome, string by, string said, string who)
    {
        var id = Guid.CreateVersion7();
        var rule = new PermissionRule("Write", "**", PermissionEffect.Allow);
        _log.Begin().Add(
            new ApprovalRequested(id, "c", ApprovalSubject.ToolCall, "Write a.cs", "No rule.", "hash", rule),
            new ApprovalResolved(id, outcome, Rule: outcome is ApprovalOutcome.AllowedForProject ? rule : null, By: by));
        var cut = Render<TranscriptView>(parameters => parameters.Add(view => view.Transcript, _log.Fold()));

        var text = cut.Find(".approved").TextContent;
        Assert.Contains(said, text, StringComparison.Ordinal);
        Assert.Contains(who, text, StringComparison.Ordinal);
        Assert.Equal(outcome is ApprovalOutcome.AllowedForProject, text.Contains("allow Write **", StringComparison.Ordinal));
    }

    [Fact]
    public void A_sub_agent_that_waits_for_an_approval_needs_the_person()
    {
        var child = Guid.CreateVersion7();
        _log.Begin().Add(
            new SubAgentStarted(child, "s", "builder", "Build it", 1),
            new ApprovalRequested(Guid.CreateVersion7(), "c", ApprovalSubject.ToolCall, "Write a.cs", "No rule.", "hash", null, child, ["builder"]));
        var actions = new ConversationActions { AddressOfChild = id => $"agents/{id}" };
        var cut = Render<TranscriptView>(parameters => parameters.Add(view => view.Transcript, _log.Fold()).AddCascadingValue(actions));

        Assert.Contains("Needs you", cut.Find(".agent .chip").TextContent, StringComparison.Ordinal);
        Assert.Contains("Write a.cs", cut.Find(".agent .asks").TextContent, StringComparison.Ordinal);
        Assert.Equal($"agents/{child}", cut.Find(".agent a").GetAttribute("href"));
    }

    [Theory]
    [InlineData(0, "$0")]
    [InlineData(0.004, "under 1 cent")]
    [InlineData(1234.5, "$1,234.50")]
    public void Money_is_said_as_people_say_it(double dollars, string words) => Assert.Equal(words, Words.Cost((decimal)dollars));

    [Theory]
    [InlineData(999, "999")]
    [InlineData(12_400, "12.4k")]
    [InlineData(999_999, "999k")]
    [InlineData(1_260_000, "1.2M")]
    public void Many_tokens_are_said_shortly(long tokens, string words) => Assert.Equal(words, Words.Short(tokens));

    private IRenderedComponent<RunHeader> Header() => Render<RunHeader>(parameters => parameters.Add(header => header.Transcript, _log.Fold()));

    private IRenderedComponent<RunBar> Bar() => Render<RunBar>(parameters => parameters.Add(bar => bar.Transcript, _log.Fold()));

    private IRenderedComponent<WaitNotice> Notice() => Render<WaitNotice>(parameters => parameters.Add(notice => notice.Transcript, _log.Fold()));

    private IRenderedComponent<CompactionRow> Row(ConversationActions actions) => Render<CompactionRow>(parameters => parameters
        .Add(row => row.Item, _log.Fold().Items.OfType<CompactionItem>().Single()).AddCascadingValue(actions));

    private IRenderedComponent<TranscriptView> Ended(RunEnded ended, bool begin = true, string? refusal = null)
    {
        (begin ? _log.Begin() : _log).Add(ended);
        var actions = new ConversationActions { ContinueAsync = _ => Task.FromResult(refusal) };
        return Render<TranscriptView>(parameters => parameters.Add(view => view.Transcript, _log.Fold()).AddCascadingValue(actions));
    }
}
