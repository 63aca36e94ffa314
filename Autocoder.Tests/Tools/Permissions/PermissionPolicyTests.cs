using Autocoder.Core.Conversations;
using Autocoder.Core.Tools.Permissions;
using static Autocoder.Core.Conversations.PermissionEffect;
using static Autocoder.Core.Tools.Permissions.PermissionSource;

namespace Autocoder.Tests.Tools.Permissions;

public sealed class PermissionPolicyTests
{
    [Theory]
    [InlineData("docs/a.md", "docs/a.md", true)]
    [InlineData("docs/*", "docs/a.md", true)]
    [InlineData("docs/*", "docs/sub/a.md", false)]
    [InlineData("docs/**", "docs/sub/a.md", true)]
    [InlineData("docs/**", "docs", false)]
    [InlineData("**/*.env", "a/b/.env", true)]
    [InlineData("**/*.env", ".env", false)]
    [InlineData("**.env", ".env", true)]
    [InlineData("*", "a/b", false)]
    [InlineData("**", "a/b", true)]
    [InlineData("npm *", "npm test", true)]
    [InlineData("npm **", "npm run a/b\nrm -rf /", true)]
    [InlineData("a.b", "axb", false)]
    [InlineData("[ab]", "a", false)]
    [InlineData("a*b*c", "a1b2b3c", true)]
    [InlineData("a*b*c", "a1b2b3", false)]
    public void A_star_stays_within_a_name_and_two_cross_folders(string pattern, string resource, bool fits) =>
        Assert.Equal(fits ? Deny : Allow, Decide("Read", ToolEffect.ReadOnly, resource, (Configured, new("Read", pattern, Deny))).Effect);

    [Theory]
    [InlineData("Write", "Write", true)]
    [InlineData("Wr*", "Write", true)]
    [InlineData("*", "Write", true)]
    [InlineData("feature_*", "feature_get_stats", true)]
    [InlineData("write", "Write", false)]
    [InlineData("Writ", "Write", false)]
    public void A_tool_is_named_exactly_or_with_stars(string pattern, string tool, bool fits) =>
        Assert.Equal(fits ? Deny : Allow, Decide(tool, ToolEffect.ReadOnly, "a", (Configured, new(pattern, "**", Deny))).Effect);

    [Fact]
    public void Without_a_rule_looking_is_allowed_and_everything_else_is_asked()
    {
        Assert.Equal(new PermissionDecision(Allow, "Read only looks."), Decide("Read", ToolEffect.ReadOnly, "a"));
        Assert.Equal(
            new PermissionDecision(Ask, "No rule speaks of Write, and it changes something."), Decide("Write", ToolEffect.Idempotent, "a"));
        Assert.Equal(Ask, Decide("Bash", ToolEffect.SideEffect, "ls").Effect);
    }

    [Fact]
    public void The_last_rule_that_matches_decides_and_the_reason_names_it()
    {
        var decision = Decide(
            "Write", ToolEffect.Idempotent, "docs/a.md",
            (Profile, new("Write", "**", Ask)), (Project, new("Write", "docs/**", Allow)), (Project, new("Write", "src/**", Deny)));

        Assert.Equal(new PermissionRule("Write", "docs/**", Allow), decision.Rule);
        Assert.Equal((Allow, Project, "A rule saved for this project allows Write docs/**."), (decision.Effect, decision.Source!.Value, decision.Reason));
    }

    [Theory]
    [InlineData(Profile, Project)]
    [InlineData(Profile, Conversation)]
    [InlineData(Configured, Project)]
    [InlineData(Configured, Conversation)]
    public void What_is_configured_as_denied_is_not_allowed_by_anything_saved(PermissionSource denied, PermissionSource allowed)
    {
        var decision = Decide("Write", ToolEffect.Idempotent, "keys/a", (denied, new("Write", "keys/**", Deny)), (allowed, new("*", "**", Allow)));

        Assert.Equal((Deny, denied), (decision.Effect, decision.Source!.Value));
    }

    [Fact]
    public void The_settings_may_allow_again_what_a_profile_or_an_earlier_setting_denies()
    {
        Assert.Equal(Allow, Decide("Write", ToolEffect.Idempotent, "a", (Profile, new("*", "**", Deny)), (Configured, new("Write", "**", Allow))).Effect);
        Assert.Equal(Allow, Decide("Write", ToolEffect.Idempotent, "a", (Configured, new("*", "**", Deny)), (Configured, new("Write", "a", Allow))).Effect);
    }

    [Fact]
    public void A_denied_path_is_denied_in_other_letters_too_and_an_allowed_one_is_not_allowed()
    {
        Assert.Equal(Deny, Decide("Read", ToolEffect.ReadOnly, "Keys/A", (Configured, new("Read", "keys/**", Deny))).Effect);
        Assert.Equal(Ask, Decide("Write", ToolEffect.Idempotent, "Docs/a", (Configured, new("Write", "docs/**", Allow))).Effect);
    }

    [Fact]
    public void Of_several_resources_the_strictest_decides()
    {
        PermissionScope[] scopes =
            [Scope("coder", (Configured, new("Move", "**", Allow)), (Configured, new("Move", "b", Ask)), (Configured, new("Move", "c", Deny)))];

        Assert.Equal(Allow, PermissionPolicy.Decide(scopes, "Move", ToolEffect.SideEffect, ["a", "a2"]).Effect);
        Assert.Equal(Ask, PermissionPolicy.Decide(scopes, "Move", ToolEffect.SideEffect, ["a", "b"]).Effect);
        var denied = PermissionPolicy.Decide(scopes, "Move", ToolEffect.SideEffect, ["a", "c", "b"]);
        Assert.Equal("A rule in Autocoder's settings denies Move c (for c).", denied.Reason);
    }

    [Fact]
    public void A_call_that_touches_nothing_is_matched_by_two_stars_alone()
    {
        Assert.Equal(Deny, Decide("Agent", ToolEffect.SideEffect, null, (Configured, new("Agent", "**", Deny))).Effect);
        Assert.Equal(Ask, Decide("Agent", ToolEffect.SideEffect, null, (Configured, new("Agent", "*", Deny)), (Configured, new("Agent", "***", Deny))).Effect);
    }

    [Fact]
    public void A_sub_agent_may_do_no_more_than_the_agents_above_it()
    {
        PermissionScope free = Scope("initializer", (Profile, new("*", "**", Allow)));
        PermissionScope careful = Scope("coder", (Profile, new("Write", "**", Ask)));
        PermissionScope looking = Scope("assistant", (Profile, new("*", "**", Deny)));

        var asked = PermissionPolicy.Decide([free, careful], "Write", ToolEffect.Idempotent, ["a"]);
        Assert.Equal(Ask, asked.Effect);
        Assert.Equal("The profile “coder” asks before Write, and a sub-agent may do no more than the agent that started it.", asked.Reason);
        Assert.Equal(Deny, PermissionPolicy.Decide([free, careful, looking], "Write", ToolEffect.Idempotent, ["a"]).Effect);
        Assert.Equal(Ask, PermissionPolicy.Decide([careful, free], "Write", ToolEffect.Idempotent, ["a"]).Effect);
    }

    [Fact]
    public void Always_is_the_exact_call_and_is_not_offered_where_no_rule_would_say_just_that()
    {
        Assert.Equal(new PermissionRule("Write", "a/b.txt", Allow), PermissionPolicy.AlwaysFor("Write", ["a/b.txt"]));
        Assert.Equal(new PermissionRule("Agent", "**", Allow), PermissionPolicy.AlwaysFor("Agent", []));
        Assert.Null(PermissionPolicy.AlwaysFor("Bash", ["rm *"]));
        Assert.Null(PermissionPolicy.AlwaysFor("Move", ["a", "b"]));
    }

    [Fact]
    public void A_pattern_of_many_stars_is_still_quick() => Assert.Equal(
        Allow,
        Decide("Read", ToolEffect.ReadOnly, new string('a', 4000), (Configured, new("Read", string.Concat(Enumerable.Repeat("a*", 200)) + "b", Deny))).Effect);

    private static PermissionDecision Decide(
        string tool, ToolEffect effect, string? resource, params (PermissionSource Source, PermissionRule Rule)[] rules) =>
        PermissionPolicy.Decide([Scope("coder", rules)], tool, effect, resource is null ? [] : [resource]);

    private static PermissionScope Scope(string profile, params (PermissionSource Source, PermissionRule Rule)[] rules) =>
        new(profile, [.. rules.Select(rule => new PermissionLayer(rule.Source, [rule.Rule]))]);
}
