using AngleSharp.Dom;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Core.Runs;
using Autocoder.Web.Components.Conversation;
using Bunit;

namespace Autocoder.Tests.Web.Conversation;

public sealed class QuestionCardTests : ComponentTest
{
    private static readonly Question Store = new(
        "store", "Storage", "Where should data live?",
        [new QuestionOption("file", "SQLite file", "Simple", Recommended: true), new QuestionOption("server", "PostgreSQL")],
        Why: "It decides whether the app works offline.");

    private static readonly Question Areas = new(
        "areas", "Areas", "Which areas?", [new QuestionOption("search", "Search"), new QuestionOption("share", "Sharing"), new QuestionOption("import", "Import")],
        MultiSelect: true);

    private static readonly Question Words = new("words", "Words", "Anything else?", [], Required: false);

    private readonly List<IReadOnlyList<Answer>> _answers = [];
    private bool _isFirst = true;

    [Fact]
    public void One_choice_is_a_group_of_native_radio_buttons_with_its_reasons()
    {
        var cut = Card(Store);

        Assert.Equal(3, cut.FindAll("fieldset input[type=radio]").Count);
        Assert.Contains("Where should data live?", cut.Find("legend").TextContent, StringComparison.Ordinal);
        Assert.Contains("works offline", cut.Find(".why").TextContent, StringComparison.Ordinal);
        Assert.Contains("recommended", cut.FindAll(".option")[0].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_choice_is_answered_by_its_id()
    {
        var cut = Card(Store);
        cut.FindAll("input[type=radio]")[1].Change("on");
        cut.Find("form").Submit();

        Assert.Equal(["server"], Assert.Single(Assert.Single(_answers)).OptionIds);
    }

    [Fact]
    public void Digits_choose_and_toggle()
    {
        var one = Card(Store);
        one.Find("fieldset").KeyDown("2");
        one.Find("fieldset").KeyDown("1");
        one.Find("form").Submit();
        Assert.Equal(["file"], _answers[0][0].OptionIds);

        var several = Card(Areas);
        several.Find("fieldset").KeyDown("3");
        several.Find("fieldset").KeyDown("1");
        several.Find("fieldset").KeyDown("2");
        several.Find("fieldset").KeyDown("2");
        several.Find("fieldset").KeyDown("9");
        several.Find("form").Submit();
        Assert.Equal(["search", "import"], _answers[1][0].OptionIds);
    }

    [Fact]
    public void Other_needs_words_and_sends_them()
    {
        var cut = Card(Store);
        cut.Find("fieldset").KeyDown("0");
        cut.Find("form").Submit();
        Assert.Empty(_answers);
        Assert.Contains("Other", cut.Find("[role=alert]").TextContent, StringComparison.Ordinal);

        cut.Find("textarea").Change("a spreadsheet");
        cut.Find("form").Submit();

        var answer = Assert.Single(Assert.Single(_answers));
        Assert.Empty(answer.OptionIds);
        Assert.Equal("a spreadsheet", answer.Text);
    }

    [Fact]
    public void Words_written_for_other_are_not_sent_when_an_option_is_chosen_after_all()
    {
        var cut = Card(Store);
        cut.Find("textarea").Change("a spreadsheet");
        cut.Find("fieldset").KeyDown("1");
        cut.Find("form").Submit();

        Assert.Equal(new Answer("store", ["file"]).Text, _answers[0][0].Text);
    }

    [Fact]
    public void A_question_that_must_be_answered_cannot_be_passed_over()
    {
        var cut = Card(Store);
        cut.Find("form").Submit();

        Assert.Empty(_answers);
        Assert.Contains("Choose an answer first", cut.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Skip", cut.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_questions_go_step_by_step_and_back_keeps_what_was_chosen()
    {
        var cut = Card(Store, Areas, Words);
        Assert.Contains("1 of 3", cut.Find(".step").TextContent, StringComparison.Ordinal);
        cut.Find("fieldset").KeyDown("1");
        cut.Find("form").Submit();
        cut.Find("fieldset").KeyDown("2");
        Button(cut, "Back").Click();
        Assert.True(cut.FindAll("input[type=radio]")[0].HasAttribute("checked"));

        cut.Find("form").Submit();
        Assert.True(cut.FindAll("input[type=checkbox]")[1].HasAttribute("checked"));
        cut.Find("form").Submit();
        Button(cut, "Skip").Click();

        Assert.Equal(["file", "share", ""], _answers[0].Select(answer => string.Join(',', answer.OptionIds)));
        Assert.True(_answers[0][2].IsEmpty);
    }

    [Fact]
    public async Task Words_from_the_composer_answer_the_question_that_is_shown()
    {
        var cut = Card(Store, Words);
        await cut.InvokeAsync(() => cut.Instance.AnswerWithWordsAsync("on paper"));
        await cut.InvokeAsync(() => cut.Instance.AnswerWithWordsAsync("no"));

        Assert.Equal(["on paper", "no"], _answers[0].Select(answer => answer.Text));
    }

    [Fact]
    public void An_answer_from_another_tab_counts_and_says_so()
    {
        _isFirst = false;
        var cut = Card(Store);
        cut.Find("fieldset").KeyDown("1");
        cut.Find("form").Submit();

        Assert.Contains("another tab", cut.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_answered_is_shown_in_words()
    {
        var cut = Render<QuestionCard>(parameters => parameters.Add(card => card.Item, Item(Store, Areas, Words) with
        {
            Answers = [new Answer("store", ["file"]), new Answer("areas", ["search"], "and maps"), new Answer("words", [])],
            AnsweredAt = Recording.At,
        }));

        Assert.Equal(["SQLite file", "Search, and maps", "Skipped – decided for you"], cut.FindAll("dd").Select(answer => answer.TextContent.Trim()));
        Assert.Empty(cut.FindAll("form"));
    }

    [Fact]
    public void An_expired_question_says_why_it_cannot_be_answered()
    {
        var cut = Render<QuestionCard>(parameters => parameters.Add(card => card.Item, Item(Store) with { ExpiredReason = "the run was stopped" }));

        Assert.Contains("the run was stopped", cut.Markup, StringComparison.Ordinal);
        Assert.Empty(cut.FindAll("form"));
    }

    private static IElement Button(IRenderedComponent<QuestionCard> cut, string text) =>
        cut.FindAll("button").First(button => button.TextContent.Contains(text, StringComparison.Ordinal));

    private static QuestionsItem Item(params Question[] questions) =>
        new("q", 1, Recording.At, null, Guid.CreateVersion7(), questions);

    private IRenderedComponent<QuestionCard> Card(params Question[] questions)
    {
        var actions = new ConversationActions
        {
            AnswerAsync = (_, answers) =>
            {
                _answers.Add(answers);
                return Task.FromResult(new AnswerReceipt(_isFirst ? AnswerStatus.Accepted : AnswerStatus.TooLate));
            },
        };
        return Render<QuestionCard>(parameters => parameters.Add(card => card.Item, Item(questions)).AddCascadingValue(actions));
    }
}
