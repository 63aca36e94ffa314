using Autocoder.Core.Conversations;
using Autocoder.Core.Tools.Permissions;
using Autocoder.Core.Tools.Permissions.Commands;

namespace Autocoder.Tests.Tools.Permissions.Commands;

public sealed class CommandRuleTests : IDisposable
{
    private readonly ToolBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("dotnet test **", "dotnet test", true)]
    [InlineData("dotnet test **", "dotnet test --filter 'a b'", true)]
    [InlineData("dotnet test **", "dotnet test && rm a.txt", false)]
    [InlineData("dotnet test **", "dotnet test; dotnet test -v q", true)]
    [InlineData("dotnet test **", "dotnet test > out.txt", false)]
    [InlineData("dotnet test **", "dotnet test $(rm a)", false)]
    [InlineData("dotnet test **", "dotnet testx", false)]
    [InlineData("dotnet test **", "FOO=1 dotnet test", false)]
    [InlineData("dotnet test **", "ls && dotnet test | tail -5", true)]
    [InlineData("npm run *", "npm run build", true)]
    [InlineData("npm run *", "npm run build x", false)]
    [InlineData("npm run *", "npm run $X", false)]
    [InlineData("npm run build*", "npm run build:web", true)]
    [InlineData("touch 'a*'", "touch 'a*'", true)]
    [InlineData("touch 'a*'", "touch ab", false)]
    [InlineData("touch a/*", "touch a/b/c", true)]
    [InlineData("rm a.txt", "/bin/rm a.txt", true)]
    [InlineData("> out/**", "ls > out/a/b.txt", true)]
    [InlineData("> out/*", "ls > src/a.txt", false)]
    [InlineData("[[ -f a ]] && touch b", "[[ -f a ]] && touch b", true)]
    [InlineData("[[ -f a ]] && touch b", "[[ -f a ]] && touch c", false)]
    [InlineData("**", "touch a; touch b", true)]
    public void A_rule_allows_commands_word_by_word(string rule, string line, bool allowed) =>
        Assert.Equal(allowed ? PermissionEffect.Allow : PermissionEffect.Ask, Decide(line, Allow(rule)).Effect);

    [Theory]
    [InlineData("rm **", "rm a.txt")]
    [InlineData("rm **", "ls; /bin/rm a.txt")]
    [InlineData("rm **", "r\\m a.txt")]
    [InlineData("rm **", "RM a.txt")]
    [InlineData("rm **", "echo $(rm a)")]
    [InlineData("git push **", "git push origin main && ls")]
    public void A_rule_that_denies_finds_its_command_wherever_it_is(string rule, string line) =>
        Assert.Equal(PermissionEffect.Deny, Decide(line, Allow("**"), new PermissionRule("Bash", rule, PermissionEffect.Deny)).Effect);

    [Theory]
    [InlineData("sudo ls")]
    [InlineData("cat .env")]
    [InlineData("rm -rf /")]
    public void What_is_never_allowed_no_rule_allows(string line)
    {
        var decision = Decide(line, Allow("**"));

        Assert.Equal(PermissionEffect.Deny, decision.Effect);
        Assert.StartsWith("No rule allows this: ", decision.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dotnet test --filter X", "dotnet test **")]
    [InlineData("cd src && npm run build -- --watch", "npm run build **")]
    [InlineData("touch 'a b' c", "touch 'a b' c")]
    [InlineData("touch 'a*'", "touch 'a*'")]
    [InlineData("touch a; touch b", "touch a; touch b")]
    [InlineData("make test", "make test")]
    [InlineData("touch a* ", null)]
    [InlineData("touch a*; touch b", null)]
    [InlineData("npm test > out.txt", "npm test > out.txt")]
    public void Always_offers_the_narrowest_rule_worth_saving(string line, string? rule)
    {
        var offered = PermissionPolicy.AlwaysFor("Bash", CommandGate.Judge(line, _bench.Folder));

        Assert.Equal(rule, offered?.Resource);
        if (offered is not null)
        {
            Assert.Equal(PermissionEffect.Allow, Decide(line, offered).Effect);
        }
    }

    [Fact]
    public void A_saved_rule_settles_the_question_it_was_offered_for_and_narrower_ones()
    {
        Assert.True(Settles("npm **", "npm test **"));
        Assert.True(Settles("npm test **", "npm test **"));
        Assert.True(Settles("touch a; touch b", "touch a; touch b"));
        Assert.False(Settles("npm test **", "npm **"));
        Assert.False(Settles("touch a", "touch a; touch b"));
    }

    private static bool Settles(string saved, string asked) =>
        PermissionPolicy.Decide(Scopes(Allow(saved)), "Bash", ToolEffect.SideEffect, [CommandGate.OfRule(asked)]).Effect is PermissionEffect.Allow;

    private static PermissionRule Allow(string resource) => new("Bash", resource, PermissionEffect.Allow);

    private PermissionDecision Decide(string line, params PermissionRule[] rules) =>
        PermissionPolicy.Decide(Scopes(rules), "Bash", ToolEffect.SideEffect, CommandGate.Judge(line, _bench.Folder));

    private static PermissionScope[] Scopes(params PermissionRule[] rules) =>
        [new PermissionScope("coder", [new PermissionLayer(PermissionSource.Configured, rules)])];
}
