using Autocoder.Core.Conversations;
using Autocoder.Core.Profiles;
using Autocoder.Core.Tools;
using Autocoder.Tests.TestSupport;

namespace Autocoder.Tests.Profiles;

/// <summary>A person's own profiles: files that are read when they are used, and never stop the application.</summary>
public sealed class ProfileFileTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ProfileCatalog _profiles;

    public ProfileFileTests() => _profiles = new ProfileCatalog(_folder["."], BuiltInTools.Create(null!, null!, null!, TimeProvider.System));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_says_what_differs_from_its_base()
    {
        Put("a.json", """
            {
              // Mine.
              "id": "careful-coder",
              "base": "coder",
              "append": "Explain each change.",
              "tools": ["Read", "Write", "Read"],
              "permissions": [
                { "tool": "Write", "resource": "docs/**", "effect": "allow" },
                { "tool": "*", "effect": "ask" },
              ],
              "limits": { "steps": 20, "tokens": 500000, "costUsd": 1.5, "minutes": 30 },
              "planning": "planApproved",
              "steeringNotes": "British English.",
            }
            """);

        var profile = Assert.Single(_profiles.Files).Profile!;

        var coder = _profiles.Get("coder");
        Assert.Same(profile, _profiles.Find("careful-coder"));
        Assert.Equal($"{coder.Instructions}\n\nExplain each change.", profile.Instructions);
        Assert.Equal(["Read", "Write"], profile.Tools);
        Assert.Equal(
            [.. coder.Permissions, new PermissionRule("Write", "docs/**", PermissionEffect.Allow), new PermissionRule("*", "**", PermissionEffect.Ask)],
            profile.Permissions);
        Assert.Equal(new RunLimits(20, 500_000, 1.5m, 30), profile.Limits);
        Assert.Equal((PlanningMode.PlanApproved, "British English."), (profile.Planning, profile.SteeringNotes));
        Assert.True(profile.Version > 0);
    }

    [Theory]
    [InlineData("{", "not valid JSON")]
    [InlineData("null", "says nothing")]
    [InlineData("[]", "not valid JSON")]
    [InlineData("""{ "base": "coder" }""", "“id” must be a name")]
    [InlineData("""{ "id": "My profile", "base": "coder" }""", "“id” must be a name")]
    [InlineData("{ \"id\": \"mine\\n\", \"base\": \"coder\" }", "“id” must be a name")]
    [InlineData("""{ "id": "coder", "base": "coder" }""", "comes with Autocoder")]
    [InlineData("""{ "id": "mine" }""", "“base” must be one of: spec, assistant, coder, reviewer")]
    [InlineData("""{ "id": "mine", "base": "coder", "tool": ["Read"] }""", "It has “tool”")]
    [InlineData("""{ "id": "mine", "base": "coder", "tools": ["Fly"] }""", "no tool “Fly”")]
    [InlineData("""{ "id": "mine", "base": "coder", "tools": [null] }""", "empty entry")]
    [InlineData("""{ "id": "mine", "base": "coder", "limits": { "steps": "many" } }""", "“limits.steps” is not of the right kind")]
    [InlineData("""{ "id": "mine", "base": "coder", "limits": { "steps": 0 } }""", "“limits.steps” must be more than 0")]
    [InlineData("""{ "id": "mine", "base": "coder", "limits": { "steps": 5000 } }""", "at most")]
    [InlineData("""{ "id": "mine", "base": "coder", "planning": "sometimes" }""", "“planning” must be one of: direct, planFirst, planApproved")]
    [InlineData("""{ "id": "mine", "base": "coder", "permissions": [{ "tool": "Write", "effect": "maybe" }] }""", "must be one of: allow, ask, deny")]
    [InlineData("""{ "id": "mine", "base": "coder", "permissions": [{ "effect": "deny" }] }""", "is missing")]
    [InlineData("""{ "id": "mine", "base": "coder", "version": -1 }""", "“version” must be more than 0")]
    [InlineData("""{ "id": "mine", "base": "assistant", "tools": ["Read", "Write"] }""", "“Write” changes something")]
    [InlineData("""{ "id": "mine", "base": "spec", "tools": ["Read", "InitRepository"] }""", "“InitRepository” changes something")]
    public void A_broken_file_is_listed_with_what_is_wrong_in_words(string json, string words)
    {
        Put("broken.json", json);
        Put("good.json", """{ "id": "good", "base": "reviewer" }""");

        var files = _profiles.Files;

        Assert.Null(files[0].Profile);
        Assert.Contains(words, files[0].Problem, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", files[0].Problem, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", files[0].Problem, StringComparison.Ordinal);
        Assert.Equal("good", files[1].Profile!.Id);
        Assert.Contains(_profiles.All, profile => profile.Id == "good");
    }

    [Fact]
    public void A_profile_of_the_assistant_may_choose_among_what_looks()
    {
        Put("a.json", """{ "id": "librarian", "base": "assistant", "tools": ["Read", "Grep"] }""");

        Assert.Equal(ConversationKind.Assistant, _profiles.Get("librarian").Surface);
    }

    [Fact]
    public void Of_two_files_with_one_id_the_first_counts()
    {
        Put("a.json", """{ "id": "mine", "base": "coder" }""");
        Put("b.json", """{ "id": "mine", "base": "reviewer" }""");

        Assert.Equal(ConversationKind.Agent, _profiles.Get("mine").Surface);
        Assert.Contains("Write", _profiles.Get("mine").Tools);
        Assert.Contains("Another file has the id", _profiles.Files[1].Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stated_version_is_kept_and_otherwise_every_change_is_another_version()
    {
        Put("a.json", """{ "id": "mine", "base": "coder", "version": 7 }""");
        Assert.Equal(7, _profiles.Get("mine").Version);

        Put("a.json", """{ "id": "mine", "base": "coder" }""");
        var first = _profiles.Get("mine").Version;
        Put("a.json", """{ "id": "mine", "base": "coder", "append": "x" }""");
        Assert.NotEqual(first, _profiles.Get("mine").Version);

        File.Delete(_folder["a.json"]);
        Assert.Null(_profiles.Find("mine"));
    }

    [Fact]
    public void What_is_no_folder_has_no_profiles()
    {
        Assert.Empty(new ProfileCatalog(_folder["missing"], BuiltInTools.Create(null!, null!, null!, TimeProvider.System)).Files);
        Assert.Empty(new ProfileCatalog().Files);
    }

    private void Put(string name, string json) => File.WriteAllText(_folder[name], json);
}
