using Autocoder.Web.Rendering;
using FsCheck;
using FsCheck.Fluent;

namespace Autocoder.Tests.Web.Rendering;

public sealed class LineDiffTests
{
    [Fact]
    public void Changed_lines_stand_with_three_lines_around_them()
    {
        var before = string.Join('\n', Enumerable.Range(1, 20)) + "\n";
        var diff = LineDiff.Of(before, before.Replace("10\n", "ten\n", StringComparison.Ordinal));

        Assert.Equal(
            ["gap 6", "same 7 7", "same 8 8", "same 9 9", "removed 10 10", "added 10 ten", "same 11 11", "same 12 12", "same 13 13", "gap 7"],
            diff.Lines.Select(line => $"{line.Kind} {line.Number} {line.Text}".Trim().ToLowerInvariant()));
    }

    [Fact]
    public void Line_endings_alone_are_no_change() => Assert.Equal((0, 0), Changes(LineDiff.Of("a\r\nb\r\n", "a\nb\n")));

    [Fact]
    public void A_very_large_change_is_told_as_old_lines_then_new_ones()
    {
        var before = string.Concat(Enumerable.Range(0, 3000).Select(line => $"old {line}\n"));
        var after = string.Concat(Enumerable.Range(0, 3000).Select(line => $"new {line}\n"));

        Assert.Equal((3000, 3000), Changes(LineDiff.Of(before, after)));
    }

    [Fact]
    public void What_is_shown_makes_the_new_text_of_the_old_one() => Prop.ForAll(Texts(), Texts(), (before, after) =>
    {
        var old = Lines(before);
        var rebuilt = new List<string>();
        var at = 0;
        foreach (var line in LineDiff.Of(before, after).Lines)
        {
            switch (line.Kind)
            {
                case DiffKind.Gap:
                    rebuilt.AddRange(old.Skip(at).Take(line.Number));
                    at += line.Number;
                    break;
                case DiffKind.Same:
                    Assert.Equal(old[at++], line.Text);
                    rebuilt.Add(line.Text);
                    break;
                case DiffKind.Removed:
                    Assert.Equal(old[at++], line.Text);
                    break;
                default:
                    rebuilt.Add(line.Text);
                    break;
            }
        }

        Assert.Equal(old.Length, at);
        Assert.Equal(Lines(after), rebuilt);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    private static (int Added, int Removed) Changes(LineDiff diff) => (diff.Added, diff.Removed);

    private static string[] Lines(string text) => text.Split('\n')[..^1];

    private static Arbitrary<string> Texts() =>
        Gen.Elements("a", "b", "c", "", "    d").ArrayOf().Select(lines => string.Concat(lines.Select(line => line + "\n"))).ToArbitrary();
}
