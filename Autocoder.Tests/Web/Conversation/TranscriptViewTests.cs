using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Web.Components.Conversation;
using Autocoder.Web.Rendering;
using Bunit;

namespace Autocoder.Tests.Web.Conversation;

public sealed class TranscriptViewTests : ComponentTest
{
    private readonly Recording _log = new Recording().Begin();
    private ConversationActions _actions = new();

    [Fact]
    public void Looking_around_is_one_line_until_it_is_opened()
    {
        _log.Tool("a", "Read", "Read a.cs").Tool("b", "Read", "Read b.cs").Tool("c", "Grep", "Search “tax”");
        var cut = Show();

        Assert.Contains("Looked at 2 files, searched 1 time", cut.Markup, StringComparison.Ordinal);
        Assert.Empty(cut.FindAll(".tool"));

        cut.Find(".group button").Click();
        Assert.Equal(["Read a.cs", "Read b.cs", "Search “tax”"], cut.FindAll(".tool .title").Select(title => title.TextContent.Trim()));
    }

    [Fact]
    public void A_failure_is_open_and_stands_alone()
    {
        _log.Tool("a", "Read", "Read a.cs").Tool("b", "Read", "Read b.cs", status: ToolCallStatus.Failed, output: "There is no file b.cs.");
        var cut = Show();

        Assert.Contains("There is no file b.cs.", cut.Find(".tool.failed pre:last-of-type").TextContent + cut.Find(".tool.failed").TextContent, StringComparison.Ordinal);
        Assert.Equal(2, cut.FindAll(".tool").Count);
    }

    [Fact]
    public void A_tool_that_worked_is_closed_and_opens_to_arguments_and_result()
    {
        _log.Tool("a", "Write", "Write a.cs", ToolEffect.Idempotent, output: "Wrote 12 lines.");
        var cut = Show();
        Assert.DoesNotContain("Wrote 12 lines.", cut.Markup, StringComparison.Ordinal);

        cut.Find(".tool button").Click();

        Assert.Contains("\"path\": \"a.cs\"", cut.FindAll("pre")[0].TextContent, StringComparison.Ordinal);
        Assert.Equal("Wrote 12 lines.", cut.FindAll("pre")[1].TextContent);
    }

    [Fact]
    public void A_long_result_is_cut_by_lines_until_all_is_asked_for()
    {
        var output = string.Join('\n', Enumerable.Range(1, 500).Select(line => $"line {line}"));
        _log.Tool("a", "Bash", "Run", ToolEffect.SideEffect, ToolCallStatus.Failed, output);
        var cut = Show();
        Assert.EndsWith("line 200\n", cut.FindAll("pre")[1].TextContent, StringComparison.Ordinal);

        cut.FindAll("button").Last(button => button.TextContent.Contains("Show all", StringComparison.Ordinal)).Click();

        Assert.Equal(output, cut.FindAll("pre")[1].TextContent);
    }

    [Fact]
    public void A_thought_is_not_drawn_before_it_is_opened()
    {
        var id = Guid.CreateVersion7();
        _log.Add(new ReasoningStarted(id), new ReasoningCompleted(id, "Perhaps a table."));
        var cut = Show();
        Assert.DoesNotContain("Perhaps", cut.Markup, StringComparison.Ordinal);

        cut.Find(".reasoning button").Click();

        Assert.Contains("Perhaps a table.", cut.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_is_formatted_and_a_message_is_not()
    {
        var id = Guid.CreateVersion7();
        _log.Add(new TextStarted(id), new TextCompleted(id, "A **bold** answer", Partial: true));
        var cut = Show();

        Assert.Equal("bold", cut.Find(".markdown strong").TextContent);
        Assert.Contains("Cut off here", cut.Markup, StringComparison.Ordinal);
        Assert.Equal("Do it", cut.Find(".message .text").TextContent);
    }

    [Theory]
    [InlineData(RunOutcome.Completed, "Done.", false)]
    [InlineData(RunOutcome.Interrupted, "Interrupted", true)]
    [InlineData(RunOutcome.Failed, "Failed.", true)]
    public void The_end_of_a_run_says_how_and_what_is_kept(RunOutcome outcome, string words, bool saysKept)
    {
        _log.Add(Recording.End(outcome, outcome is RunOutcome.Failed ? new RunError("x", "The engine went away.") : null));
        var continued = false;
        _actions = new ConversationActions
        {
            ContinueAsync = _ =>
            {
                continued = true;
                return Task.FromResult<string?>(null);
            },
        };
        var cut = Show();

        Assert.Contains(words, cut.Find(".ended").TextContent, StringComparison.Ordinal);
        Assert.Contains("8.4 s · 3 tool calls · 2 files changed · 1,200 tokens in, 300 out", cut.Find(".ended").TextContent, StringComparison.Ordinal);
        Assert.Equal(saysKept, cut.Find(".ended").TextContent.Contains("Everything up to here is kept", StringComparison.Ordinal));
        if (saysKept)
        {
            cut.Find(".ended button").Click();
        }

        Assert.Equal(saysKept, continued);
    }

    [Fact]
    public void Only_the_last_end_offers_to_continue()
    {
        _log.Add(Recording.End(RunOutcome.Interrupted), new WarningRaised("x", "Later"));
        _actions = new ConversationActions { ContinueAsync = _ => Task.FromResult<string?>(null) };

        Assert.Empty(Show().FindAll(".ended button"));
    }

    [Fact]
    public void A_long_conversation_shows_its_end_and_the_rest_on_request()
    {
        for (var i = 0; i < 400; i++)
        {
            _log.Add(new WarningRaised("x", $"Note {i}"));
        }

        var cut = Show();
        Assert.Equal(150, cut.FindAll("[data-row]").Count);
        Assert.Contains("Note 399", cut.Markup, StringComparison.Ordinal);

        cut.Find(".earlier button").Click();

        Assert.Equal(300, cut.FindAll("[data-row]").Count);
    }

    [Fact]
    public void A_place_that_is_not_drawn_is_drawn_and_marked()
    {
        for (var i = 0; i < 400; i++)
        {
            _log.Add(new WarningRaised("x", $"Note {i}"));
        }

        var cut = Show();
        Assert.DoesNotContain("Note 57", cut.Markup, StringComparison.Ordinal);
        var sequence = 5 + 57;
        cut.Render(parameters => parameters.Add(view => view.Target, new RowTarget(new TranscriptPlace($"event-{sequence}", sequence), 1)));

        Assert.Contains("Note 57", cut.Find("[data-found]").TextContent, StringComparison.Ordinal);
        Assert.Equal("row:1", cut.Find("follow-scroll").GetAttribute("target"));
        cut.Render(parameters => parameters.Add(view => view.Target, new RowTarget(Place: null, 2)));
        Assert.Empty(cut.FindAll("[data-found]"));
        Assert.Equal("end:2", cut.Find("follow-scroll").GetAttribute("target"));
    }

    [Fact]
    public void A_place_inside_a_group_or_without_a_row_marks_what_tells_of_it()
    {
        _log.Tool("a", "Read", "Read a.cs").Tool("b", "Read", "Read b.cs").Add(new WarningRaised("x", "Note"), new StopRequested("person"));
        var cut = Show();

        cut.Render(parameters => parameters.Add(view => view.Target, new RowTarget(new TranscriptPlace($"tool-{_log.RunId:N}-b", 8), 1)));
        Assert.Contains("Looked at 2 files", cut.Find("[data-found]").TextContent, StringComparison.Ordinal);
        cut.Render(parameters => parameters.Add(view => view.Target, new RowTarget(new TranscriptPlace("event-12", 12), 2)));
        Assert.Contains("Note", cut.Find("[data-found]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_from_within_shows_all_of_itself_and_offers_nothing_that_belongs_to_the_end()
    {
        for (var i = 0; i < 300; i++)
        {
            _log.Add(new WarningRaised("x", $"Note {i}"));
        }

        _log.Add(Recording.End(RunOutcome.Interrupted));
        _actions = new ConversationActions { ContinueAsync = _ => Task.FromResult<string?>(null) };
        var cut = Render<TranscriptView>(parameters => parameters
            .Add(view => view.Transcript, _log.Fold()).Add(view => view.IsPart, true).Add(view => view.Address, "projects/a/console/b").AddCascadingValue(_actions));

        Assert.Equal(302, cut.FindAll("[data-row]").Count);
        Assert.Empty(cut.FindAll(".ended button:not([data-copy-link])"));
        Assert.Equal("5", cut.FindAll("[data-copy-link]")[1].ParentElement!.GetAttribute("data-at"));
    }

    [Fact]
    public void Only_the_row_that_changed_is_drawn_again()
    {
        var id = Guid.CreateVersion7();
        _log.Tool("a", "Write", "Write a.cs", ToolEffect.Idempotent).Add(new TextStarted(id));
        var transcript = _log.Fold();
        var cut = Show(transcript);
        var rows = cut.FindComponents<TranscriptRowView>();
        var before = rows.Select(row => row.RenderCount).ToList();

        transcript.Apply(new OpenTextSlice(id, 0, "Hello"));
        cut.Render(parameters => parameters.Add(view => view.Transcript, transcript).Add(view => view.Version, 1));

        var after = cut.FindComponents<TranscriptRowView>().Select(row => row.RenderCount).ToList();
        Assert.Equal(before.SkipLast(1), after.SkipLast(1));
        Assert.True(after[^1] > before[^1]);
        Assert.Contains("Hello", cut.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sub_agent_is_not_opened_before_somebody_looks_and_hides_its_call()
    {
        var child = Guid.CreateVersion7();
        var childLog = new Recording().Begin().Add(new WarningRaised("x", "From the child"));
        _log.Tool("s", "Agent", "Explore", status: null).Add(new SubAgentStarted(child, "s", "explorer", "Find the tax", 1));
        _actions = new ConversationActions { OpenChildAsync = (_, _) => Task.FromResult<ITranscriptSource>(childLog) };
        var cut = Show();
        Assert.Equal(0, childLog.Pulls);
        Assert.Empty(cut.FindAll(".tool"));

        cut.Find(".agent button").Click();
        cut.WaitForAssertion(() => Assert.Contains("From the child", cut.Markup, StringComparison.Ordinal));

        cut.Find(".agent button").Click();
        Assert.False(childLog.HasListeners);
    }

    [Fact]
    public void Hidden_characters_in_a_tool_title_are_shown()
    {
        _log.Tool("a", "Write", "Write safe\u202egpj.exe", ToolEffect.Idempotent);

        Assert.Contains("U+202E", Show().Find(".tool .title").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void The_header_says_what_happens_now()
    {
        Assert.Equal("Thinking", Activity.Of(_log.Fold()).Text);
        _log.Tool("a", "Bash", "Run the tests", ToolEffect.SideEffect, status: null);
        Assert.Equal("Run the tests", Activity.Of(_log.Fold()).Text);
        _log.Add(new StopRequested("person"));
        Assert.Equal("Stopping", Activity.Of(_log.Fold()).Text);
        _log.Add(new ToolCallEnded("a", ToolCallStatus.Cancelled, "", 1), Recording.End(RunOutcome.Interrupted));
        Assert.Equal("Interrupted", Activity.Of(_log.Fold()).Text);
    }

    private IRenderedComponent<TranscriptView> Show(Transcript? transcript = null) => Render<TranscriptView>(parameters => parameters
        .Add(view => view.Transcript, transcript ?? _log.Fold()).AddCascadingValue(_actions));
}
