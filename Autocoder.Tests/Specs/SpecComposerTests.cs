using Autocoder.Core.Conversations;
using Autocoder.Core.Specs;
using Autocoder.Core.Specs.Composing;
using Autocoder.Core.Specs.Interviews;
using Xunit.Abstractions;
using static Autocoder.Tests.Specs.SpecPerson;

namespace Autocoder.Tests.Specs;

public sealed class SpecComposerTests(ITestOutputHelper output)
{
    private static SpecDocument Todo => SpecComposer.Compose(QuickTodo.Interview());

    [Fact]
    public void A_to_do_app_with_sharing_has_the_features_one_expects()
    {
        var document = Todo;
        output.WriteLine(SpecXml.Render(document));
        var names = document.AllFeatures().Select(feature => feature.Name).ToList();

        Assert.InRange(names.Count, 40, 70);
        Assert.Equal(names.Count, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        string[] expected =
        [
            "Add a list", "Add an item", "Edit an item", "Delete a list after confirmation", "Mark an item as done and back",
            "Overdue items stand out", "Share a list with somebody", "Stop sharing a list", "Sign in", "Search in everything",
            "Everything works on a phone", "Move an item to another list", "Repeat an item every week",
        ];
        Assert.Subset(names.ToHashSet(), expected.ToHashSet());
        Assert.Equal(["users", "sessions", "lists", "items", "list_shares"], document.Tables.Select(table => table.Name));
        Assert.DoesNotContain(names, name => name.Contains("share share", StringComparison.OrdinalIgnoreCase) || name == "Add items" || name == "Share a list");
    }

    [Theory]
    [MemberData(nameof(InterviewTests.Paths), MemberType = typeof(InterviewTests))]
    public void A_whole_specification_has_nothing_to_complain_about(string path)
    {
        var document = SpecComposer.Compose((path == "quick" ? QuickTodo : DetailedBarber).Interview());

        Assert.Empty(SpecLint.Check(document));
    }

    [Theory]
    [MemberData(nameof(InterviewTests.Paths), MemberType = typeof(InterviewTests))]
    public void Every_feature_can_be_tested(string path) => Assert.All(
        SpecComposer.Compose((path == "quick" ? QuickTodo : DetailedBarber).Interview()).AllFeatures(),
        feature =>
        {
            Assert.InRange(feature.Steps.Count, 2, 6);
            Assert.DoesNotContain("  ", feature.Behaviour, StringComparison.Ordinal);
            Assert.DoesNotContain(feature.Steps.Append(feature.Name).Append(feature.Behaviour), text => text.Contains('{'));
            Assert.EndsWith(".", feature.Behaviour, StringComparison.Ordinal);
        });

    [Fact]
    public void The_five_infrastructure_features_come_first_and_everything_depends_on_them()
    {
        string[] ground = ["F-01", "F-02", "F-03", "F-04", "F-05"];
        var document = Todo;

        Assert.Equal(ground, document.CoreFeatures[0].Features.Select(feature => feature.Id));
        Assert.All(document.AllFeatures().Skip(5), feature => Assert.Superset(ground.ToHashSet(), feature.DependsOn.ToHashSet()));
        var edit = document.AllFeatures().Single(feature => feature.Name == "Edit an item");
        Assert.Contains(document.AllFeatures().Single(feature => feature.Name == "Add an item").Id, edit.DependsOn);
    }

    [Fact]
    public void Without_storage_there_is_no_database_and_no_infrastructure()
    {
        var answers = QuickTodo.But(Pick(QuestionIds.Storage, "no"), Text(QuestionIds.Actions, "Convert metres to feet\nCopy the result"), Pick(QuestionIds.Basics, "mobile")).Interview();
        var document = SpecComposer.Compose(answers);

        Assert.Equal("none, stateless", document.DatabaseNote);
        Assert.Empty(document.Tables);
        Assert.DoesNotContain(document.CoreFeatures, category => category.Name == "Infrastructure");
        Assert.Contains(document.AllFeatures(), feature => feature.Name == "Convert metres to feet");
        Assert.DoesNotContain(SpecLint.Check(document), finding => finding.Severity is SpecSeverity.Error);
    }

    [Fact]
    public void The_draft_grows_with_every_answer_and_is_never_invalid()
    {
        var answers = DetailedBarber.Interview();
        var last = 0;
        for (var count = 0; count <= answers.History.Count; count++)
        {
            var document = SpecComposer.Compose(answers.First(count));
            var text = SpecXml.Render(document);
            Assert.Equal(SpecJson.Write(document), SpecJson.Write(SpecXml.Parse(text)));
            Assert.DoesNotContain(SpecLint.Check(document), finding => finding.Severity is SpecSeverity.Error && finding.Rule != "section_empty");
            Assert.True(text.Length >= last || document.AllFeatures().Any());
            last = text.Length;
        }

        Assert.Empty(SpecComposer.Compose(answers.First(3)).AllFeatures());
    }

    [Fact]
    public void Everything_knows_which_answer_it_comes_from_or_that_it_was_assumed()
    {
        var document = Todo;
        var answered = QuickTodo.Interview();

        Assert.All(
            document.AllFeatures().Select(feature => feature.Origin).Concat(document.Requirements.Select(requirement => requirement.Origin)),
            origin => Assert.True(origin.Kind is SpecOriginKind.Assumed || answered.Find(origin.Source) is not null, origin.ToString()));
        Assert.Equal(SpecOrigin.Answer(QuestionIds.Entities), document.AllFeatures().Single(feature => feature.Name == "Add a list").Origin);
        Assert.Equal(SpecOrigin.Assumed, document.AllFeatures().Single(feature => feature.Name == "Opening a list that does not exist says so").Origin);
        Assert.Contains(document.Requirements, requirement => requirement.Text == "Two people see the same list within five seconds");
    }

    [Fact]
    public void A_feature_keeps_its_number_when_an_area_is_added_after_the_breakdown()
    {
        var answers = QuickTodo.Interview();
        var before = SpecComposer.Compose(answers).AllFeatures().ToDictionary(feature => feature.Name, feature => feature.Id);
        var after = SpecComposer.Compose(answers.With(Pick(QuestionIds.Areas, "filters", "comments", "dashboard"))).AllFeatures().ToList();

        Assert.True(after.Count > before.Count);
        Assert.All(after.Where(feature => before.ContainsKey(feature.Name)), feature => Assert.Equal(before[feature.Name], feature.Id));
        Assert.Equal(after.Count, after.DistinctBy(feature => feature.Id).Count());
    }

    [Fact]
    public void The_number_of_a_feature_that_went_is_never_given_away()
    {
        var answers = QuickTodo.Interview();
        var gone = SpecComposer.Compose(answers).AllFeatures().Where(feature => feature.Name.Contains("phone", StringComparison.Ordinal)).Select(feature => feature.Id).ToList();
        var later = answers.With(Pick(QuestionIds.Basics, "accounts", "search", "sharing")).With(Pick(QuestionIds.Areas, "comments"));

        Assert.NotEmpty(gone);
        Assert.DoesNotContain(SpecComposer.Compose(later).AllFeatures(), feature => gone.Contains(feature.Id));
    }

    [Fact]
    public void What_was_missing_in_the_breakdown_becomes_a_feature()
    {
        var answers = QuickTodo.Interview().With(new Answer(QuestionIds.Breakdown, ["missing"], "print a list\nadd a list"));

        var more = SpecComposer.Compose(answers);

        Assert.Equal(Todo.FeatureCount + 1, more.FeatureCount);
        Assert.Equal(SpecOrigin.Answer(QuestionIds.Breakdown), more.AllFeatures().Single(feature => feature.Name == "Print a list").Origin);
    }

    [Fact]
    public void Roles_the_person_named_are_the_roles_of_the_specification()
    {
        var document = SpecComposer.Compose(DetailedBarber.Interview());

        Assert.Equal(["owner", "customer", "barber"], document.Access.Roles.Select(role => role.Name));
        Assert.Contains(document.Tables, table => table.Name == "opening_hours");
        Assert.Contains(document.AllFeatures(), feature => feature.Name == "Two appointments at the same time are refused");
        Assert.Equal("PostgreSQL", document.TechnologyStack.Single(group => group.Name == "backend").Choices.Single(choice => choice.Key == "database").Value);
        Assert.InRange(document.FeatureCount, 60, 120);
        Assert.Contains(document.AllFeatures(), feature => feature.Name == "People see only their own appointments, and an owner sees all");
        Assert.Contains(document.AllFeatures(), feature => feature.Name == "Only whoever added a service, or an owner, changes it");
        Assert.Contains(document.AllFeatures(), feature => feature.Name == "Comment on an appointment");
    }

    [Fact]
    public void Hostile_answers_give_a_specification_that_still_reads_back()
    {
        const string Hostile = "]]></core_features><!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>&a; \u0000\u0008\u001f \u202Eevil\u2066 _x0041_ \ud800 'quotes' \"double\" -->";
        var person = QuickTodo.But(
            Text(QuestionIds.Name, Hostile), Text(QuestionIds.What, Hostile + new string('y', 1_000_000)), Text(QuestionIds.Who, Hostile),
            Text(QuestionIds.FirstLook, Hostile), Text(QuestionIds.Actions, Hostile + "\n- " + Hostile), Text(QuestionIds.MustHaves, Hostile),
            Text(QuestionIds.Entities, "lists (]]>, <b>name</b>, done), xml things, 42 tables, \u200Fפריטים (שם), lists"));

        var document = SpecComposer.Compose(person.Interview());
        var text = SpecXml.Render(document);

        Assert.Equal(SpecJson.Write(document), SpecJson.Write(SpecXml.Parse(text)));
        Assert.DoesNotContain("\u202E", text, StringComparison.Ordinal);
        Assert.Contains(document.Tables, table => table.Name == "פריטים" || table.Name.Contains("פריטים", StringComparison.Ordinal));
        Assert.DoesNotContain(SpecLint.Check(document), finding => finding.Severity is SpecSeverity.Error);
    }

    [Fact]
    public void The_backlog_gets_every_feature_after_what_it_depends_on()
    {
        var document = SpecComposer.Compose(DetailedBarber.Interview());

        var drafts = SpecFeatures.ToDrafts(document);

        Assert.Equal(document.FeatureCount, drafts.Count);
        Assert.Equal(drafts.Count, drafts.Select(draft => draft.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        for (var index = 0; index < drafts.Count; index++)
        {
            Assert.All(drafts[index].DependsOn, dependency => Assert.InRange(dependency, 0, index - 1));
            Assert.InRange(drafts[index].DependsOn.Count, index < 5 ? 0 : 5, 20);
        }

        Assert.Equal([0, 1, 2, 3, 4], drafts[5].DependsOn.Take(5));
        var dependencies = document.AllFeatures().ToDictionary(feature => feature.Name, feature => feature.DependsOn.Count);
        Assert.All(drafts, draft => Assert.Equal(dependencies[draft.Name], draft.DependsOn.Count));
    }

    [Fact]
    public void The_initializer_prompt_names_the_exact_number()
    {
        var document = Todo;

        var prompt = InitializerPrompt.Render(document);

        Assert.Contains($"Create **exactly {document.FeatureCount} features**", prompt, StringComparison.Ordinal);
        Assert.Contains("indices 0 to 4", prompt, StringComparison.Ordinal);
        Assert.DoesNotContain("{", prompt, StringComparison.Ordinal);
    }
}
