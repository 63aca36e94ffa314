using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Specs.Interviews;
using static Autocoder.Tests.Specs.SpecPerson;

namespace Autocoder.Tests.Specs;

public sealed class InterviewTests
{
    public static TheoryData<string> Paths => ["quick", "detailed"];

    private static SpecPerson Person(string path) => path == "quick" ? QuickTodo : DetailedBarber;

    [Theory]
    [MemberData(nameof(Paths))]
    public void Every_path_passes_all_phases_in_order_and_ends(string path)
    {
        var phases = new List<SpecPhase>();
        Person(path).Interview(look: step => phases.Add(step.Phase));

        Assert.Equal(SpecPhases.All, phases.Distinct());
        Assert.Equal(phases.Order(), phases);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Every_step_fits_what_the_question_card_takes(string path) => Person(path).Interview(look: step =>
    {
        Assert.NotEmpty(step.Text);
        Assert.Null(step.Problem);
        Assert.True(step.IsDone || step.Questions.Count is >= 1 and <= 5);
        Assert.Equal(step.Questions.Count, step.Questions.DistinctBy(question => question.Id).Count());
        foreach (var question in step.Questions)
        {
            Assert.InRange(question.Header.Length, 1, 24);
            Assert.InRange(question.Text.Length, 1, 300);
            Assert.False(string.IsNullOrWhiteSpace(question.Why));
            Assert.True(question.Options.Count is 0 or (>= 2 and <= 12));
            Assert.InRange(question.Placeholder?.Length ?? 0, 0, 200);
            Assert.All(question.Options, option => Assert.InRange(option.Label.Length, 1, 100));
        }
    });

    [Fact]
    public void The_first_step_asks_only_for_the_overview()
    {
        var step = Interview.Next(InterviewAnswers.None);

        Assert.Equal([QuestionIds.Name, QuestionIds.What, QuestionIds.Who], step.Questions.Select(question => question.Id));
    }

    [Fact]
    public void The_quick_path_is_short_and_the_detailed_one_asks_for_technology_tables_and_look()
    {
        var quick = QuickTodo.Interview().History.Select(answer => answer.QuestionId).ToList();
        var detailed = DetailedBarber.Interview().History.Select(answer => answer.QuestionId).ToList();

        Assert.InRange(quick.Count, 15, 25);
        Assert.Subset(detailed.ToHashSet(), new HashSet<string> { QuestionIds.Frontend, QuestionIds.Database, QuestionIds.Tables, QuestionIds.Look, QuestionIds.Order });
        Assert.DoesNotContain(QuestionIds.Frontend, quick);
        Assert.Contains(QuestionIds.Outline, quick);
        Assert.DoesNotContain(QuestionIds.Outline, detailed);
        Assert.All([quick, detailed], path => Assert.Contains(QuestionIds.Storage, path));
    }

    [Fact]
    public void Questions_follow_only_from_what_was_chosen()
    {
        var plain = QuickTodo.But(Pick(QuestionIds.Basics), Text(QuestionIds.Entities, "notes")).Interview().History.Select(answer => answer.QuestionId);

        Assert.DoesNotContain(plain, id => id.StartsWith("accounts.", StringComparison.Ordinal) || id is QuestionIds.SharingMode or QuestionIds.Roles or QuestionIds.OnDelete);
    }

    [Fact]
    public void Without_storage_nothing_is_asked_about_things_to_keep()
    {
        var answers = QuickTodo.But(Pick(QuestionIds.Storage, "no")).Interview();

        Assert.Null(answers.Find(QuestionIds.Entities));
        Assert.NotNull(answers.Find(QuestionIds.FirstLook));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   \n ")]
    [InlineData("???")]
    public void An_unusable_name_is_asked_for_again_with_a_reason(string name)
    {
        var answers = InterviewAnswers.None.With(Text(QuestionIds.Name, name)).With(Text(QuestionIds.What, "An app for lists of things.")).With(Text(QuestionIds.Who, "Me"));

        var step = Interview.Next(answers);

        Assert.NotNull(step.Problem);
        Assert.Contains(step.Problem, step.Text, StringComparison.Ordinal);
        Assert.Equal([QuestionIds.Name], step.Questions.Select(question => question.Id));
    }

    [Fact]
    public void Signs_without_words_are_asked_for_again_with_an_example()
    {
        var prose = Text(QuestionIds.Entities, "--- ??? ---");
        InterviewStep? again = null;
        var answers = InterviewAnswers.None;
        for (var count = 0; count < 10 && again is null; count++)
        {
            var step = Interview.Next(answers);
            again = step.Problem is null ? null : step;
            answers = step.Questions.Aggregate(answers, (all, question) => all.With(QuickTodo.But(prose).Answer(question)));
        }

        Assert.Equal([QuestionIds.Entities], again?.Questions.Select(question => question.Id));
        Assert.Contains("lists, items (name, due date, done)", again?.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_megabyte_of_text_is_cut_and_the_person_is_told()
    {
        var answers = InterviewAnswers.None.With(Text(QuestionIds.Name, "Big")).With(Text(QuestionIds.What, new string('x', 1_000_000) + " lists")).With(Text(QuestionIds.Who, "Me"));

        var step = Interview.Next(answers);

        Assert.Equal(SpecPhase.Involvement, step.Phase);
        Assert.Contains("was very long. I used its first 8,000 characters", step.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Something_is_missing_without_saying_what_is_asked_again()
    {
        var answers = QuickTodo.Interview().With(Pick(QuestionIds.Breakdown, "missing"));

        var step = Interview.Next(answers);

        Assert.Equal([QuestionIds.Breakdown], step.Questions.Select(question => question.Id));
        Assert.Contains("What is missing?", step.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Changes_ask_which_part_and_go_through_it_again_with_the_earlier_answers()
    {
        var done = QuickTodo.But(Pick(QuestionIds.Decision, "generate")).Interview();
        var wish = done.First(done.History.Count - 1).With(Pick(QuestionIds.Decision, "changes"));

        var which = Interview.Next(wish);
        Assert.Equal([QuestionIds.Revisit], which.Questions.Select(question => question.Id));

        var overview = Interview.Next(wish.With(Pick(QuestionIds.Revisit, "overview")));
        Assert.Equal(SpecPhase.Overview, overview.Phase);
        Assert.Equal(3, overview.Questions.Count);
        Assert.Contains("“Shared lists”", overview.Questions[0].Why, StringComparison.Ordinal);

        var again = wish.With(Pick(QuestionIds.Revisit, "overview")).With(Text(QuestionIds.Name, "Family lists"))
            .With(wish.Find(QuestionIds.What)!).With(wish.Find(QuestionIds.Who)!);
        var review = Interview.Next(again);
        Assert.Equal([QuestionIds.Decision], review.Questions.Select(question => question.Id));
        Assert.Contains("Family lists", review.Text, StringComparison.Ordinal);
        Assert.True(Interview.Next(again.With(Pick(QuestionIds.Decision, "generate"))).IsDone);
    }

    [Fact]
    public void Changing_to_the_detailed_path_asks_what_only_it_asks()
    {
        var done = QuickTodo.Interview().With(Pick(QuestionIds.Revisit, "involvement"));
        var detailed = QuickTodo.But(Pick(QuestionIds.Depth, "detailed"));

        var answers = detailed.Interview(done);

        Assert.NotNull(answers.Find(QuestionIds.Look));
        Assert.Equal(1, answers.History.Count(answer => answer.QuestionId == QuestionIds.Name));
    }

    [Fact]
    public void Progress_shows_which_phases_are_done()
    {
        Assert.Equal(SpecPhase.Overview, InterviewProgress.From(InterviewAnswers.None).Current);

        var answers = QuickTodo.Interview();
        var half = InterviewProgress.From(answers.First(5));
        Assert.Equal(SpecPhase.Technology, half.Current);
        Assert.Equal([PhaseStatus.Done, PhaseStatus.Done, PhaseStatus.Current, PhaseStatus.Open], half.Phases.Take(4).Select(phase => phase.Status));

        var all = InterviewProgress.From(answers);
        Assert.True(all.IsDone);
        Assert.All(all.Phases, phase => Assert.Equal(PhaseStatus.Done, phase.Status));
    }

    [Fact]
    public void Answers_come_back_from_the_events_of_the_log_with_what_was_skipped()
    {
        var request = Guid.NewGuid();
        var first = Interview.Next(InterviewAnswers.None).Questions;
        ConversationEvent[] events =
        [
            new PromptAdmitted(Guid.NewGuid(), Interview.OpeningPrompt, []),
            new QuestionsAsked(request, "call", [.. first, first[0] with { Id = "extra", Required = false }]),
            new QuestionsAnswered(request, [Text(QuestionIds.Name, "A"), Text(QuestionIds.What, "An app for lists of things."), Text(QuestionIds.Who, "Me")]),
        ];

        var answers = InterviewAnswers.FromEvents(events);

        Assert.Equal([QuestionIds.Name, QuestionIds.What, QuestionIds.Who, "extra"], answers.History.Select(answer => answer.QuestionId));
        Assert.True(answers.Find("extra")!.IsEmpty);
        Assert.Equal(SpecPhase.Involvement, Interview.Next(answers).Phase);
    }

    [Fact]
    public void A_first_message_that_describes_the_idea_is_not_asked_for_again()
    {
        var answers = InterviewAnswers.FromEvents([new PromptAdmitted(Guid.NewGuid(), "I want a to-do app in which my family shares lists", [])]);

        Assert.Equal([QuestionIds.Name, QuestionIds.Who], Interview.Next(answers).Questions.Select(question => question.Id));
    }
}
