using Autocoder.Core.Tools.Files;
using FsCheck;
using FsCheck.Fluent;

namespace Autocoder.Tests.Tools;

/// <summary>Changing a part of a file, and nothing else of it.</summary>
public sealed class EditToolTests : IDisposable
{
    private readonly ToolBench _bench = new();
    private readonly EditTool _edit = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_piece_that_stands_once_is_replaced_and_said_where()
    {
        _bench.Put("src/a.cs", "one\ntwo\nthree\n");

        var result = await _bench.CallAsync(_edit, new { path = "src/a.cs", old_text = "two", new_text = "2" });

        Assert.Equal(("Changed src/a.cs at line 2.", "src/a.cs"), (result.Output, result.ChangedFile));
        Assert.Equal("one\n2\nthree\n", File.ReadAllText(_bench.PathOf("src/a.cs")));
    }

    [Fact]
    public async Task A_piece_that_stands_several_times_needs_to_be_told_apart_or_replaced_everywhere()
    {
        _bench.Put("a.txt", "x\ny\nx\n");

        Assert.Contains("2 times, on lines 1, 3", await _bench.FailureAsync(_edit, new { path = "a.txt", old_text = "x", new_text = "z" }), StringComparison.Ordinal);
        Assert.Contains("2 places", await _bench.OutputAsync(_edit, new { path = "a.txt", old_text = "x", new_text = "z", replace_all = true }), StringComparison.Ordinal);
        Assert.Equal("z\ny\nz\n", File.ReadAllText(_bench.PathOf("a.txt")));
    }

    [Fact]
    public async Task A_piece_that_is_not_there_is_refused_with_the_nearest_line()
    {
        _bench.Put("a.txt", "if (a)\n{\n    b();\n}\n");

        var refusal = await _bench.FailureAsync(_edit, new { path = "a.txt", old_text = "b();\n  }", new_text = "c();" });

        Assert.Contains("line 3", refusal, StringComparison.Ordinal);
        Assert.Contains("Nothing was changed", refusal, StringComparison.Ordinal);
        Assert.Equal("if (a)\n{\n    b();\n}\n", File.ReadAllText(_bench.PathOf("a.txt")));
    }

    [Fact]
    public async Task Windows_line_ends_and_the_mark_at_the_beginning_stay()
    {
        File.WriteAllBytes(_bench.PathOf("a.txt"), [0xEF, 0xBB, 0xBF, .. "one\r\ntwo\r\nthree"u8]);

        await _bench.OutputAsync(_edit, new { path = "a.txt", old_text = "one\ntwo", new_text = "1\n2" });

        Assert.Equal([0xEF, 0xBB, 0xBF, .. "1\r\n2\r\nthree"u8], File.ReadAllBytes(_bench.PathOf("a.txt")));
    }

    [Fact]
    public async Task Permissions_stay()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        _bench.Put("run.sh", "echo a\n");
        const UnixFileMode Runs = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        File.SetUnixFileMode(_bench.PathOf("run.sh"), Runs);

        await _bench.OutputAsync(_edit, new { path = "run.sh", old_text = "a", new_text = "b" });

        Assert.Equal(Runs, File.GetUnixFileMode(_bench.PathOf("run.sh")));
    }

    [Theory]
    [InlineData(".env", "SECRET=1")]
    [InlineData("../outside.txt", null)]
    [InlineData("missing.txt", null)]
    [InlineData(".git/config", "[core]")]
    public async Task What_may_not_be_changed_is_refused(string path, string? content)
    {
        if (content is not null)
        {
            _bench.Put(path, content);
        }

        await _bench.FailureAsync(_edit, new { path, old_text = "1", new_text = "2" });

        Assert.Equal(content, content is null ? null : File.ReadAllText(_bench.PathOf(path)));
    }

    [Fact]
    public async Task What_is_no_utf8_is_left_alone()
    {
        byte[] latin = [(byte)'a', 0xE9, (byte)'b'];
        File.WriteAllBytes(_bench.PathOf("a.txt"), latin);

        Assert.Contains("UTF-8", await _bench.FailureAsync(_edit, new { path = "a.txt", old_text = "a", new_text = "b" }), StringComparison.Ordinal);
        Assert.Equal(latin, File.ReadAllBytes(_bench.PathOf("a.txt")));
    }

    [Fact]
    public void An_edit_changes_the_piece_and_only_the_piece() => Prop
        .ForAll(Texts().ArrayOf(4).ToArbitrary(), texts =>
        {
            var (before, piece, after, instead) = (texts[0], texts[1], texts[2], texts[3]);
            var text = before + piece + after;
            var edit = TextEdit.Of(text, piece + "¦", instead, everywhere: false);
            Assert.Null(edit.Text);

            var marked = $"{before}¦{piece}¦{after}";
            var done = TextEdit.Of(marked, $"¦{piece}¦", $"‡{instead}‡", everywhere: false);
            Assert.Equal($"{before}‡{instead}‡{after}", done.Text);
            Assert.Equal([1 + before.Count(letter => letter == '\n')], done.Places);
            Assert.Equal(marked, TextEdit.Of(done.Text!, $"‡{instead}‡", $"¦{piece}¦", everywhere: false).Text);
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    private static Gen<string> Texts() => Gen.Elements("a", "b ", "\n", "é", "🚀", "x = 1;").ArrayOf().Select(string.Concat);
}
