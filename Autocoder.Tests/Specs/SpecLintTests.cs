using Autocoder.Core.Specs;
using Autocoder.Core.Specs.Composing;

namespace Autocoder.Tests.Specs;

public sealed class SpecLintTests
{
    private static readonly SpecDocument Sound = SpecComposer.Compose(SpecPerson.QuickTodo.Interview());

    private static SpecFeature Feature(string id, params string[] dependsOn) =>
        new(id, "Feature " + id, "A person does it and sees it.", ["Do it"], dependsOn, SpecOrigin.Assumed);

    private static SpecDocument Only(params SpecFeature[] features) =>
        Sound with { CoreFeatures = [new SpecCategory("A", features)], FeatureCount = features.Length };

    private static SpecFinding Single(SpecDocument document, string rule) => Assert.Single(SpecLint.Check(document), finding => finding.Rule == rule);

    [Fact]
    public void A_sound_document_has_no_findings() => Assert.Empty(SpecLint.Check(Sound));

    [Fact]
    public void An_id_used_twice_is_an_error()
    {
        var finding = Single(Only(Feature("F-01"), Feature("F-01") with { Name = "Other" }), "ids_unique");

        Assert.Equal((SpecSeverity.Error, "F-01"), (finding.Severity, finding.Place));
    }

    [Fact]
    public void A_wrong_count_is_an_error() => Assert.Equal(SpecSeverity.Error, Single(Sound with { FeatureCount = 3 }, "counts_agree").Severity);

    [Fact]
    public void A_dependency_on_nothing_is_an_error() => Assert.Contains("F-99", Single(Only(Feature("F-01", "F-99")), "dependency_exists").Reason, StringComparison.Ordinal);

    [Fact]
    public void A_circle_is_an_error_and_names_its_features() =>
        Assert.Contains("F-01, F-02, F-03", Single(Only(Feature("F-01", "F-03"), Feature("F-02", "F-01"), Feature("F-03", "F-02")), "dependency_circle").Reason, StringComparison.Ordinal);

    [Fact]
    public void More_than_twenty_dependencies_are_an_error()
    {
        var many = Enumerable.Range(1, 21).Select(number => FormattableString.Invariant($"F-{number:00}")).ToArray();

        Assert.Equal("F-22", Single(Only([.. many.Select(id => Feature(id)), Feature("F-22", many)]), "dependency_limit").Place);
    }

    [Fact]
    public void Two_features_of_one_name_are_an_error() =>
        Assert.Equal(SpecSeverity.Error, Single(Only(Feature("F-01"), Feature("F-02") with { Name = "feature f-01" }), "features_differ").Severity);

    [Theory]
    [InlineData("The list is fast.")]
    [InlineData("It is user-friendly and shows lists.")]
    [InlineData("It shows lists, items, etc.")]
    public void Vague_words_are_flagged(string behaviour)
    {
        var finding = Single(Only(Feature("F-01") with { Behaviour = behaviour }), "vague_word");

        Assert.Equal((SpecSeverity.Warning, "F-01"), (finding.Severity, finding.Place));
    }

    [Fact]
    public void Breakfast_is_no_vague_word() => Assert.DoesNotContain(SpecLint.Check(Only(Feature("F-01") with { Name = "Plan the breakfast" })), finding => finding.Rule == "vague_word");

    [Fact]
    public void A_table_nobody_can_change_is_flagged_unless_it_says_why()
    {
        var table = new SpecTable("logs", [new SpecColumn("id", "integer", "")], "", SpecOrigin.Assumed);

        Assert.Contains("create, read, update, delete", Single(Sound with { Tables = [.. Sound.Tables, table] }, "entity_crud").Reason, StringComparison.Ordinal);
        Assert.Empty(SpecLint.Check(Sound with { Tables = [.. Sound.Tables, table with { Note = "Written by the server." }] }));
    }

    [Fact]
    public void Endpoints_without_a_table_are_flagged()
    {
        var group = new SpecEndpointGroup("ghosts", [new SpecEndpoint("GET", "/api/ghosts", "")], "", SpecOrigin.Assumed);

        Assert.Equal("api/ghosts", Single(Sound with { EndpointGroups = [.. Sound.EndpointGroups, group] }, "endpoints_match").Place);
    }

    [Fact]
    public void Nothing_at_all_is_told_by_errors()
    {
        var errors = SpecLint.Check(SpecDocument.Empty).Where(finding => finding.Severity is SpecSeverity.Error).Select(finding => finding.Place);

        Assert.Equal(["project_name", "overview", "core_features"], errors);
    }
}
