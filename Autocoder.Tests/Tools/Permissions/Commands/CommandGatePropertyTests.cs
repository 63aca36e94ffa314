using System.Diagnostics;
using Autocoder.Core.Conversations;
using Autocoder.Core.Tools.Permissions.Commands;
using Autocoder.Core.Tools.Permissions.Commands.Grammar;
using FsCheck;
using FsCheck.Fluent;

namespace Autocoder.Tests.Tools.Permissions.Commands;

/// <summary>P11: no way of writing a command gets it past the gate, and what is understood is what bash understands.</summary>
public sealed class CommandGatePropertyTests : IDisposable
{
    private static readonly string[] Pieces =
    [
        "ls", "cat", "a.txt", "src", "-la", " ", " ", " ", "\n", ";", "&&", "||", "|", "&", "(", ")", "{", "}", "$(", "`", "'", "\"", "\\", "$x", "${y}", "<", ">", ">>", "2>&1",
        "<<X\n", "X\n", "if ", "then ", "fi", "for i in ", "do ", "done", "case ", " in ", "esac", ";;", "#", "!", "=", "*", "~", "f()", "$((1+2))", "$'\\x61'", "[", "]", "é",
    ];

    private static readonly string[] Letters = ["a", "b", " ", "'c d'", "\"e f\"", "\\ ", "\\n", "g{h,i}", "$'\\t\\x41'", "''", "\"\\$x\"", "j=k", "-l", "#m", "{n}", "\"\\o\"", ",", "\\\n"];

    private static readonly string[] Looking = ["ls", "cat a.txt", "grep x a.txt | head -1", "cd src && ls", "for i in 1; do echo $i; done"];

    private static readonly string[] Asked = ["touch x", "rm a.txt", "git status", "node x.js", "ls > y", "cat /etc/passwd", "sudo ls", "cat .env", "$X", "x=$(rm a)"];

    private static readonly string[] Around =
    [
        "{1}; {0}", "{0}; {1}", "{0} && {1}", "{0} || {1}", "{0} | {1}", "{0} & {1}", "{0}\n{1}", "echo $({0})", "echo \"$({0})\"", "echo `{0}`", "({0})", "{{ {0}; }}", "if {0}; then {1}; fi",
        "if {1}; then {0}; fi", "while {0}; do {1}; done", "for i in 1; do {0}; done", "case x in x) {0};; esac", "f() {{ {0}; }}; f", "cat <({0})", "! {0}", "time {0}",
        "cat <<Y\n$({0})\nY", "cat <<'Y'\nz\nY\n{0}", "{1} # c\n{0}", "eval '{0}'", "timeout 5 {0}",
    ];

    private readonly ToolBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Any_text_is_judged_without_a_failure() => Prop
        .ForAll(Gen.Elements(Pieces).ListOf().Select(string.Concat).ToArbitrary(), line =>
        {
            var resources = CommandGate.Judge(line, _bench.Folder);
            Assert.NotEmpty(resources);
            Assert.All(resources, resource => Assert.False(string.IsNullOrEmpty(resource.Why)));
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    [Fact]
    public void What_is_asked_about_alone_is_never_allowed_inside_of_something_else() => Prop
        .ForAll(
            (from asked in Gen.Elements(Asked)
             from looking in Gen.Elements(Looking)
             from inner in Gen.Elements(Around)
             from outer in Gen.Elements(Around)
             where !(inner.Contains('`', StringComparison.Ordinal) && outer.Contains('`', StringComparison.Ordinal))
             select (asked, string.Format(null, outer, string.Format(null, inner, asked, looking), looking))).ToArbitrary(),
            line => Assert.True(EffectOf(line.Item2) >= PermissionEffect.Ask, line.Item2))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(4000));

    [Fact]
    public void What_is_understood_is_understood_by_bash_too()
    {
        var lines = Gen.Elements(Pieces).ListOf(8).Select(string.Concat).Sample(20_000, 0)
            .Where(line => CommandReading.Of(line).Script is not null).Distinct().Take(400).ToList();
        Assert.True(lines.Count > 100, $"Only {lines.Count} lines were understood.");

        Assert.Equal([], lines.Where(line => Bash("-n", "-c", $"\n{line}").ExitCode != 0));
    }

    [Fact]
    public void Words_become_what_bash_makes_of_them()
    {
        var lines = Gen.Elements(Letters).NonEmptyListOf().Select(letters => string.Concat(letters)).Sample(3_000, 12).Distinct()
            .Where(line => WordsOf(line) is not null).Take(500).ToList();
        Assert.True(lines.Count > 200, $"Only {lines.Count} lines were understood.");

        var said = Bash("-c", string.Join('\n', lines.Select(line => $"printf '<%s>' {line}\nprintf '\\0'"))).Output.Split('\0')[..^1];

        Assert.Equal(lines.Select(line => string.Concat(WordsOf(line)!.DefaultIfEmpty("").Select(word => $"<{word}>"))), said);
    }

    private static List<string>? WordsOf(string line) =>
        CommandReading.Of($"printf {line}").Script is { Pipelines: [{ Commands: [SimpleCommand { Redirections: [], Words: var words }] }] }
        && words.Select(WordValues.Certain).ToList() is var values && values.All(value => value is not null)
            ? [.. values.SelectMany(value => value!).Select(value => value.Text).Skip(1)]
            : null;

    private PermissionEffect EffectOf(string line) => CommandGate.Judge(line, _bench.Folder).Max(resource => resource.Standing!.Value);

    private (int ExitCode, string Output) Bash(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/bash", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _bench.Root,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        errors.Wait();
        return (process.ExitCode, output);
    }
}
