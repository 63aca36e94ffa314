using Autocoder.Core.Conversations;
using Autocoder.Core.Tools.Permissions.Commands;

namespace Autocoder.Tests.Tools.Permissions.Commands;

public sealed class CommandGateTests : IDisposable
{
    private readonly ToolBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Every_command_line_of_the_list_is_allowed_asked_about_or_refused_as_it_says()
    {
        var cases = CommandCase.All();
        Assert.True(cases.Count >= 300, $"Only {cases.Count} cases.");

        var wrong = cases
            .Select(item => (item, Said: Judge(item.Command)))
            .Where(judged => judged.Said.Effect != judged.item.Expected)
            .Select(judged => $"{judged.item.Class}: {judged.item.Command.ReplaceLineEndings("\\n")} should be {judged.item.Effect} but is {judged.Said.Effect}: {judged.Said.Why}");

        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_judgement_says_why_in_a_sentence()
    {
        foreach (var item in CommandCase.All())
        {
            Assert.All(CommandGate.Judge(item.Command, _bench.Folder), resource =>
            {
                Assert.EndsWith(".", resource.Why, StringComparison.Ordinal);
                Assert.Equal(item.Command, resource.Line);
                Assert.NotNull(resource.Standing);
            });
        }
    }

    [Fact]
    public void A_line_that_is_too_long_is_never_run() =>
        Assert.Equal(PermissionEffect.Deny, Judge("true " + new string('x', 200 * 1024)).Effect);

    [Theory]
    [InlineData("ls 'a", "At character 4 there is “'” without its end.")]
    [InlineData("ls; [[ -f a ]]", "At character 5 there is “[[”, which is not followed.")]
    [InlineData("echo ${x:-y}", "At character 7 there is a variable that is changed on the way.")]
    [InlineData("ls \u202ea", "At character 4 there is one that cannot be seen (U+202E), so it may not do what it seems to do.")]
    public void What_is_not_understood_is_told_with_its_place(string line, string words) =>
        Assert.Contains(words, Judge(line).Why, StringComparison.Ordinal);

    [Fact]
    public void Each_command_of_a_line_is_a_resource_of_its_own()
    {
        var names = CommandGate.Judge("cd src && FOO=1 dotnet test --filter 'a b' | tee >(wc -l) > out.txt; /usr/bin/git push $X", _bench.Folder)
            .Select(resource => resource.Name);

        Assert.Equal(["cd src", "FOO=1 dotnet test --filter 'a b'", "wc -l", "tee >(wc -l)", "> out.txt", "/usr/bin/git push $X"], names);
    }

    [Fact]
    public void A_link_that_leads_to_a_secret_is_refused_like_the_secret()
    {
        _bench.Put(".env", "KEY=1");
        File.CreateSymbolicLink(_bench.PathOf("harmless.txt"), ".env");

        Assert.Equal(PermissionEffect.Deny, Judge("cat harmless.txt").Effect);
    }

    private (PermissionEffect Effect, string Why) Judge(string line) => CommandGate.Judge(line, _bench.Folder)
        .Select(resource => (resource.Standing!.Value, resource.Why!))
        .Aggregate((strictest, next) => next.Item1 > strictest.Item1 ? next : strictest);
}
