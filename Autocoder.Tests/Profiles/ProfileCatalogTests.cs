using Autocoder.Core.Conversations;
using Autocoder.Core.Profiles;
using Autocoder.Core.Tools;
using Autocoder.Core.Tools.Permissions;
using Autocoder.Tests.Features;
using Autocoder.Tests.TestSupport;

namespace Autocoder.Tests.Profiles;

public sealed class ProfileCatalogTests
{
    private readonly ProfileCatalog _profiles = new();

    [Fact]
    public async Task Every_tool_of_a_profile_exists()
    {
        await using var file = await BacklogFile.CreateAsync();
        var tools = BuiltInTools.Create(file.Backlog, TestProcesses.Create(), TestSandbox.Off, TimeProvider.System);

        // The two tools of the wizard are the wizard's own, and the one that fetches comes with its settings.
        var names = _profiles.All.SelectMany(profile => profile.Tools).Except(["UpdateSpecDraft", "WriteSpecFile", "WebFetch"]);

        Assert.All(names, name => Assert.NotNull(tools.Find(name)));
    }

    [Theory]
    [InlineData("assistant")]
    [InlineData("explorer")]
    [InlineData("reviewer")]
    public async Task A_profile_that_only_looks_has_only_tools_that_look(string id)
    {
        await using var file = await BacklogFile.CreateAsync();
        var tools = BuiltInTools.Create(file.Backlog, TestProcesses.Create(), TestSandbox.Off, TimeProvider.System);

        Assert.All(_profiles.Get(id).Tools, name => Assert.Equal(ToolEffect.ReadOnly, tools.Find(name)!.Definition.Effect));
    }

    [Fact]
    public void No_profile_names_a_tool_twice_or_lacks_words_and_limits() => Assert.All(_profiles.All, profile =>
    {
        Assert.Equal(profile.Tools.Count, profile.Tools.Distinct().Count());
        Assert.True(profile.Instructions.Length > 300 && profile.MaxSteps > 0 && profile.Version > 0, profile.Id);
    });

    [Theory]
    [InlineData("coder", "Write", PermissionEffect.Ask)]
    [InlineData("coder", "InitRepository", PermissionEffect.Ask)]
    [InlineData("coder", "feature_mark_passing", PermissionEffect.Allow)]
    [InlineData("coder", "UpdatePlan", PermissionEffect.Allow)]
    [InlineData("coder", "Agent", PermissionEffect.Allow)]
    [InlineData("initializer", "Write", PermissionEffect.Allow)]
    [InlineData("initializer", "InitRepository", PermissionEffect.Allow)]
    [InlineData("spec", "UpdateSpecDraft", PermissionEffect.Allow)]
    [InlineData("spec", "Write", PermissionEffect.Ask)]
    [InlineData("assistant", "Read", PermissionEffect.Allow)]
    [InlineData("assistant", "Write", PermissionEffect.Deny)]
    [InlineData("explorer", "Grep", PermissionEffect.Allow)]
    [InlineData("explorer", "feature_create", PermissionEffect.Deny)]
    public void Without_any_other_rule_a_profile_says_what_it_may_do(string id, string tool, PermissionEffect expected)
    {
        var scope = new PermissionScope(id, [new PermissionLayer(PermissionSource.Profile, _profiles.Get(id).Permissions)]);

        Assert.Equal(expected, PermissionPolicy.Decide([scope], tool, ToolEffect.SideEffect, ["a"]).Effect);
    }

    [Fact]
    public void The_wizard_writes_through_its_own_tool_only() =>
        Assert.DoesNotContain("Write", _profiles.Get("spec").Tools);

    [Fact]
    public void An_unknown_profile_is_named_in_the_error()
    {
        Assert.Null(_profiles.Find("poet"));
        Assert.Contains("poet", Assert.Throws<ArgumentException>(() => _profiles.Get("poet")).Message, StringComparison.Ordinal);
    }
}
