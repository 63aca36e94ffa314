using System.Text.Json;
using AngleSharp.Dom;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Core.Runs.Approvals;
using Autocoder.Tests.TestSupport;
using Autocoder.Web.Components.Conversation;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace Autocoder.Tests.Web.Conversation;

public sealed class ApprovalCardTests : ComponentTest
{
    private static readonly PermissionRule Rule = new("Write", "src/**", PermissionEffect.Allow);
    private readonly ManualClock _clock = new();
    private readonly List<ApprovalAnswer> _answers = [];
    private FileNow _file = new("one\ntwo\nthree\n");
    private ApprovalReceipt _receipt = new(ApprovalStatus.Accepted);
    private ToolCallItem? _childCall;

    public ApprovalCardTests() => Services.AddSingleton<TimeProvider>(_clock);

    [Fact]
    public void Shows_the_change_against_the_file_the_reason_and_the_exact_rule()
    {
        var cut = Card(Item(), Write("src/a.cs", "one\n2\nthree\n"));

        Assert.Equal("2", cut.Find(".added span:last-child").TextContent);
        Assert.Equal("two", cut.Find(".removed span:last-child").TextContent);
        Assert.Contains("+1 −1", cut.Find("figcaption").TextContent, StringComparison.Ordinal);
        Assert.Contains("No rule speaks of it.", cut.Find(".why").TextContent, StringComparison.Ordinal);
        Assert.Equal("allow Write src/**", cut.Find("code.rule").TextContent);
    }

    [Fact]
    public void A_new_file_is_shown_whole_and_says_that_it_is_new()
    {
        _file = new FileNow(null);
        var cut = Card(Item(), Write("src/a.cs", "one\ntwo\n"));

        Assert.Equal(["one", "two"], cut.FindAll(".added span:last-child").Select(line => line.TextContent));
        Assert.Contains("new file, 2 lines", cut.Find("figcaption").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_cannot_be_read_says_why_and_everything_is_shown()
    {
        _file = new FileNow(null, "a.bin is no text file.");
        var cut = Card(Item(), Write("src/a.cs", "one\n"));

        Assert.Contains("no text file", cut.Find(".change .problem").TextContent, StringComparison.Ordinal);
        Assert.Single(cut.FindAll(".added"));
    }

    [Fact]
    public void Another_tool_shows_all_its_arguments_and_a_command_on_its_own()
    {
        var cut = Card(Item(), Call("Bash", """{"command":"rm -rf build","timeout":5}"""));

        Assert.Equal("rm -rf build", cut.Find("pre.command").TextContent);
        Assert.Contains("\"timeout\": 5", cut.FindAll("pre")[1].TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1", ApprovalOutcome.AllowedOnce)]
    [InlineData("2", ApprovalOutcome.AllowedForConversation)]
    [InlineData("3", ApprovalOutcome.AllowedForProject)]
    [InlineData("4", ApprovalOutcome.Rejected)]
    public void Digits_and_buttons_answer(string digit, ApprovalOutcome outcome)
    {
        var byKey = Card(Item(), Write("a", "b"));
        _clock.Advance(TimeSpan.FromSeconds(1));
        byKey.Find(".approval").KeyDown(digit);
        var byButton = Card(Item(), Write("a", "b"));
        byButton.FindAll("footer button")[int.Parse(digit, System.Globalization.CultureInfo.InvariantCulture) - 1].Click();

        Assert.Equal([new ApprovalAnswer(outcome), new ApprovalAnswer(outcome)], _answers);
    }

    [Theory]
    [InlineData("Enter")]
    [InlineData(" ")]
    [InlineData("9")]
    [InlineData("a")]
    public void No_other_key_answers_anything(string key)
    {
        var cut = Card(Item(), Write("a", "b"));
        _clock.Advance(TimeSpan.FromSeconds(1));
        cut.Find(".approval").KeyDown(key);

        Assert.Empty(_answers);
    }

    [Fact]
    public void The_focus_is_on_the_card_and_the_first_moment_is_deaf()
    {
        var cut = Card(Item(), Write("a", "b"));
        cut.Find(".approval").KeyDown("1");

        Assert.Empty(_answers);
        Assert.Equal("-1", cut.Find(".approval").GetAttribute("tabindex"));
        Assert.Empty(cut.FindAll("[autofocus]"));
    }

    [Fact]
    public void Without_a_rule_always_is_not_offered()
    {
        var cut = Card(Item() with { Always = null }, Write("a", "b"));

        Assert.Equal(3, cut.FindAll("footer button").Count);
        Assert.Contains("only be allowed once", cut.Markup, StringComparison.Ordinal);
        _clock.Advance(TimeSpan.FromSeconds(1));
        cut.Find(".approval").KeyDown("3");
        Assert.Empty(_answers);
    }

    [Fact]
    public void A_rejection_with_words_needs_words_and_keeps_them_on_the_way()
    {
        var cut = Card(Item(), Write("a", "b"));
        Button(cut, "say why").Click();
        Button(cut, "Reject with these words").Click();
        Assert.Contains("Write what the agent should know", cut.Find("[role=alert]").TextContent, StringComparison.Ordinal);

        cut.Find("textarea").Input("  Use a table.  ");
        Button(cut, "Back").Click();
        Assert.Equal("Use a table.", cut.Instance.Written);
        Button(cut, "say why").Click();
        Assert.Equal("  Use a table.  ", cut.Find("textarea").GetAttribute("value"));
        Button(cut, "Reject with these words").Click();

        Assert.Equal(new ApprovalAnswer(ApprovalOutcome.RejectedWithComment, "Use a table."), Assert.Single(_answers));
    }

    [Fact]
    public void What_was_too_late_says_so_and_the_card_still_works()
    {
        _receipt = new ApprovalReceipt(ApprovalStatus.TooLate, "This was answered before.");
        var cut = Card(Item(), Write("a", "b"));
        Button(cut, "Allow once").Click();

        Assert.Contains("answered before", cut.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.False(Button(cut, "Allow once").IsDisabled());
    }

    [Fact]
    public void A_sub_agent_shows_its_path_and_its_call_from_its_own_conversation()
    {
        _childCall = Write("src/b.cs", "x\n");
        var cut = Card(Item() with { ChildConversationId = Guid.CreateVersion7(), Path = ["builder", "writer"] }, call: null, more: 2);

        Assert.Contains("builder › writer", cut.Find(".path").TextContent, StringComparison.Ordinal);
        Assert.Contains("src/b.cs", cut.Find("figcaption").TextContent, StringComparison.Ordinal);
        Assert.Contains("2 more after this", cut.Find(".more").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_is_shown_and_approved_as_a_plan()
    {
        var plan = new PlanUpdated(1, [new PlanEntry("1", "Write the table", PlanEntryStatus.Pending)]);
        var cut = Render<ApprovalCard>(parameters => parameters
            .Add(card => card.Item, Item() with { Subject = ApprovalSubject.Plan, Always = null })
            .Add(card => card.Plan, plan).AddCascadingValue(Actions()));

        Assert.Contains("Write the table", cut.Find(".plan").TextContent, StringComparison.Ordinal);
        Button(cut, "Approve the plan").Click();
        Assert.Equal(ApprovalOutcome.AllowedOnce, Assert.Single(_answers).Outcome);
    }

    [Fact]
    public void Hidden_characters_are_shown_in_what_is_allowed()
    {
        var cut = Card(Item() with { Title = "Write safe\u202egpj.exe" }, Write("safe\u202egpj.exe", "x = '\u200b'\n"));

        Assert.Contains("U+202E", cut.Find("h3").TextContent, StringComparison.Ordinal);
        Assert.Contains("U+200B", cut.Find(".added").TextContent, StringComparison.Ordinal);
    }

    private static IElement Button(IRenderedComponent<ApprovalCard> cut, string text) =>
        cut.FindAll("button").First(button => button.TextContent.Contains(text, StringComparison.Ordinal));

    private static ApprovalItem Item() => new(
        "approval", 5, Recording.At, Guid.CreateVersion7(), Guid.CreateVersion7(), "c", ApprovalSubject.ToolCall, "Write src/a.cs",
        "No rule speaks of it.", "hash", Rule, null, []);

    private static ToolCallItem Write(string path, string content) => Call("Write", JsonSerializer.Serialize(new { path, content }));

    private static ToolCallItem Call(string tool, string arguments) => new(
        "tool", 4, Recording.At, null, "c", tool, tool, JsonDocument.Parse(arguments).RootElement.Clone(), ToolEffect.SideEffect);

    private ConversationActions Actions() => new()
    {
        ReadFileAsync = (_, _) => Task.FromResult(_file),
        FindChildCallAsync = (_, _, _) => Task.FromResult(_childCall),
        ApproveAsync = (_, answer) =>
        {
            _answers.Add(answer);
            return Task.FromResult(_receipt);
        },
    };

    private IRenderedComponent<ApprovalCard> Card(ApprovalItem item, ToolCallItem? call, int more = 0) => Render<ApprovalCard>(parameters => parameters
        .Add(card => card.Item, item).Add(card => card.Call, call).Add(card => card.More, more).AddCascadingValue(Actions()));
}
