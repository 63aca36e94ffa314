using System.Diagnostics;
using System.Text;
using Autocoder.Core.Assistant;
using Autocoder.Core.Tools.Files;
using Autocoder.Tests.Attachments;

namespace Autocoder.Tests.Tools;

public sealed class FileToolsTests : IDisposable
{
    private readonly ToolBench _bench = new();
    private readonly ReadTool _read = new();
    private readonly WriteTool _write = new();
    private readonly GlobTool _glob;
    private readonly GrepTool _grep;

    public FileToolsTests()
    {
        _glob = new GlobTool(_bench.Clock);
        _grep = new GrepTool(_bench.Clock);
    }

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("../outside.txt")]
    [InlineData("a/../../outside.txt")]
    [InlineData("../proj-evil/s.txt")]
    [InlineData("/etc/passwd")]
    [InlineData("//etc/passwd")]
    [InlineData("~/.ssh/id_rsa")]
    [InlineData("file:///etc/passwd")]
    [InlineData("..\\..\\outside.txt")]
    [InlineData("C:\\Windows\\win.ini")]
    [InlineData("%2e%2e/outside.txt")]
    [InlineData("a\0.txt")]
    [InlineData("link.txt")]
    [InlineData("linkdir/outside.txt")]
    [InlineData("linkdir")]
    [InlineData("pipe")]
    [InlineData("/proc/self/environ")]
    [InlineData("../../../../../../../../../../etc/passwd")]
    public async Task No_path_leads_out_of_the_project(string path)
    {
        Plant();

        foreach (var result in new[]
        {
            await _bench.CallAsync(_read, new { path }),
            await _bench.CallAsync(_glob, new { pattern = "**/*", path }),
            await _bench.CallAsync(_grep, new { pattern = "SECRET|root:|PATH=", path }),
        })
        {
            Assert.False(result.Succeeded, result.Output);
            Assert.DoesNotContain("TOP-SECRET", result.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("root:x", result.Output, StringComparison.Ordinal);
        }

        await _bench.CallAsync(_write, new { path, content = "overwritten" });
        Assert.Equal("TOP-SECRET", File.ReadAllText(Path.Combine(_bench.Parent, "outside.txt")));
        Assert.Equal("TOP-SECRET", File.ReadAllText(Path.Combine(_bench.Parent, "proj-evil", "s.txt")));
        Assert.Equal(["outside.txt", "proj", "proj-evil"], Directory.EnumerateFileSystemEntries(_bench.Parent).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData("../**/*")]
    [InlineData("/etc/*")]
    [InlineData("**/../../*")]
    [InlineData("~/*")]
    [InlineData("{a,../b}/*")]
    public async Task No_pattern_leads_out_of_the_project(string pattern)
    {
        Plant();

        Assert.Contains("stays inside", await _bench.FailureAsync(_glob, new { pattern }), StringComparison.Ordinal);
        Assert.Contains("stays inside", await _bench.FailureAsync(_grep, new { pattern = "SECRET", glob = pattern }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Searching_follows_no_link()
    {
        Plant();

        Assert.DoesNotContain("link", await _bench.OutputAsync(_glob, new { pattern = "**/*" }), StringComparison.Ordinal);
        Assert.Equal("No line matches.", await _bench.OutputAsync(_grep, new { pattern = "SECRET" }));
    }

    [Theory]
    [InlineData(".env")]
    [InlineData("web/.env.local")]
    [InlineData("keys/ID_RSA")]
    [InlineData("server.pem")]
    [InlineData(".npmrc")]
    [InlineData(".aws/credentials")]
    [InlineData(".git/config")]
    public async Task Passwords_and_keys_are_not_read(string path)
    {
        _bench.Put(path, "KEY=hunter2");

        Assert.DoesNotContain("hunter2", await _bench.FailureAsync(_read, new { path }), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", await _bench.OutputAsync(_grep, new { pattern = "KEY", path }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("notes.txt")]
    [InlineData("docs/production")]
    public async Task A_link_with_a_harmless_name_shows_no_secret(string path)
    {
        _bench.Put(".env", "PASSWORD=TOP-SECRET");
        _bench.Put("keys/.aws/production", "PASSWORD=TOP-SECRET");
        File.CreateSymbolicLink(_bench.PathOf("notes.txt"), ".env");
        Directory.CreateSymbolicLink(_bench.PathOf("docs"), "keys/.aws");

        Assert.Contains("passwords", await _bench.FailureAsync(_read, new { path }), StringComparison.Ordinal);
        Assert.DoesNotContain("TOP-SECRET", (await _bench.CallAsync(_grep, new { pattern = "PASSWORD", path })).Output, StringComparison.Ordinal);
        await _bench.FailureAsync(new EditTool(), new { path, old_text = "TOP", new_text = "LOW" });
        var viewed = await ViewedFile.ReadAsync(_bench.Folder, path, CancellationToken.None);
        Assert.True(viewed is { IsSecret: true, Lines.Count: 0 });
    }

    [Fact]
    public async Task An_example_of_settings_is_no_secret()
    {
        _bench.Put(".env.example", "KEY=");

        Assert.Equal("     1→KEY=", await _bench.OutputAsync(_read, new { path = ".env.example" }));
    }

    [Fact]
    public async Task Lines_are_numbered_as_editors_do()
    {
        _bench.Put("a.txt", "one\r\n\ntwo→\nlast");

        Assert.Equal("     1→one\n     2→\n     3→two→\n     4→last", await _bench.OutputAsync(_read, new { path = "a.txt" }));
        Assert.Equal("     2→\n     3→two→\n[Lines 2 to 3 of 4. Read on with offset 4.]", await _bench.OutputAsync(_read, new { path = "./a.txt", offset = 2, limit = 2 }));
        Assert.Contains("has 4 lines; there is no line 5", await _bench.FailureAsync(_read, new { path = "a.txt", offset = 5 }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_file_can_be_read_to_its_end_page_by_page()
    {
        _bench.Put("a.txt", string.Concat(Enumerable.Range(1, 5000).Select(number => $"line {number} {new string('é', number % 40)}\n")));

        var offset = 1;
        var read = new StringBuilder();
        for (var pages = 0; offset > 0 && pages < 50; pages++)
        {
            var page = await _bench.OutputAsync(_read, new { path = "a.txt", offset });
            Assert.InRange(Encoding.UTF8.GetByteCount(page), 1, Core.Tools.ToolExecutor.MaxOutputBytes);
            var lines = page.Split('\n');
            var more = lines[^1].StartsWith('[');
            foreach (var line in more ? lines[..^1] : lines)
            {
                Assert.Equal(offset++, int.Parse(line.Split('→')[0], System.Globalization.CultureInfo.InvariantCulture));
                read.Append(line.Split('→', 2)[1]).Append('\n');
            }

            offset = more ? offset : 0;
        }

        Assert.Equal(File.ReadAllText(_bench.PathOf("a.txt")), read.ToString());
    }

    [Fact]
    public async Task A_picture_is_kept_and_comes_with_the_result()
    {
        var png = TestImage.Png(640, 480);
        File.WriteAllBytes(_bench.PathOf("shot.txt"), png);

        var result = await _bench.CallAsync(_read, new { path = "shot.txt" });

        Assert.True(result.Succeeded, result.Output);
        Assert.Equal($"[A picture: image/png, 640 × 480 pixels, {png.Length} bytes. It comes with this result, for whoever can see pictures.]", result.Output);
        Assert.Equal(("shot.txt", "image/png", png.Length), (result.Picture!.Name, result.Picture.MediaType, result.Picture.Length));
        Assert.Equal("shot.txt", result.Seen!.Path);
    }

    [Fact]
    public async Task A_picture_that_no_model_would_take_is_refused_in_words()
    {
        File.WriteAllBytes(_bench.PathOf("wide.png"), TestImage.Png(9_000, 10));
        File.WriteAllBytes(_bench.PathOf("cut.png"), TestImage.Png(8, 8)[..20]);
        using (var large = File.Create(_bench.PathOf("large.png")))
        {
            large.SetLength(6 << 20);
        }

        Assert.Contains("at most 8000 pixels", await _bench.FailureAsync(_read, new { path = "wide.png" }), StringComparison.Ordinal);
        Assert.Contains("damaged or cut off", await _bench.FailureAsync(_read, new { path = "cut.png" }), StringComparison.Ordinal);
        Assert.Contains("too large", await _bench.FailureAsync(_read, new { path = "large.png" }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_text_is_refused_in_words()
    {
        File.WriteAllBytes(_bench.PathOf("a.png"), [0x89, 0x50, 0, 1, 2]);
        File.WriteAllText(_bench.PathOf("empty.txt"), "");
        using (var large = File.Create(_bench.PathOf("large.txt")))
        {
            large.SetLength(3L << 30);
        }

        Assert.Contains("binary", await _bench.FailureAsync(_read, new { path = "a.png" }), StringComparison.Ordinal);
        Assert.Contains("too large", await _bench.FailureAsync(_read, new { path = "large.txt" }), StringComparison.Ordinal);
        Assert.Contains("no file", await _bench.FailureAsync(_read, new { path = "absent.txt" }), StringComparison.Ordinal);
        Assert.Equal("[The file is empty.]", await _bench.OutputAsync(_read, new { path = "empty.txt" }));
        Assert.Contains("2 files skipped", await _bench.OutputAsync(_grep, new { pattern = "x" }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_is_listed()
    {
        _bench.Put("src/a.cs", "12345");
        _bench.Put("src/deep/b.cs", "");
        _bench.Put("src/deep/er/c.cs", "");
        _bench.Put("src/node_modules/x.js", "");

        Assert.StartsWith("src/ holds:\ndeep/  (2 files)\na.cs  (5 bytes)\n[", await _bench.OutputAsync(_read, new { path = "src/" }), StringComparison.Ordinal);
        Assert.StartsWith("The project folder holds:\nsrc/  (3 files)\n", await _bench.OutputAsync(_read, new { path = "." }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*.cs", null, "a.cs src/b.cs src/deep/c.CS")]
    [InlineData("./*.cs", null, "a.cs")]
    [InlineData("src/*", null, "src/b.cs")]
    [InlineData("src/**/*.{cs,ts}", null, "src/b.cs src/deep/c.CS src/deep/d.ts")]
    [InlineData("**/{c.cs,d.ts}", "src", "src/deep/c.CS src/deep/d.ts")]
    [InlineData("deep/*.ts", "src", "src/deep/d.ts")]
    [InlineData("nothing*", null, "No file matches.")]
    public async Task Files_are_found_by_pattern_in_ordinal_order(string pattern, string? path, string expected)
    {
        foreach (var file in new[] { "src/deep/d.ts", "src/deep/c.CS", "src/b.cs", "a.cs", ".git/x.cs" })
        {
            _bench.Put(file, "");
        }

        Assert.Equal(expected.Replace(".cs ", ".cs\n").Replace(".CS ", ".CS\n"), (await _bench.OutputAsync(_glob, new { pattern, path })).Trim());
    }

    [Fact]
    public async Task Many_files_are_capped_and_it_says_so()
    {
        for (var index = 0; index < 501; index++)
        {
            _bench.Put($"f{index:000}.txt", "");
        }

        var output = await _bench.OutputAsync(_glob, new { pattern = "*" });

        Assert.Equal(501, output.Split('\n').Length);
        Assert.EndsWith("[The first 500; there are more. Use a narrower pattern, or a folder.]", output, StringComparison.Ordinal);
        Assert.Contains("64 alternatives", await _bench.FailureAsync(_glob, new { pattern = string.Concat(Enumerable.Repeat("{a,b}", 7)) }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_that_play_tricks_are_shown_as_they_are()
    {
        _bench.Put("a\u202eb\nc.txt", "x");

        Assert.StartsWith("a\\u202eb c.txt\n", await _bench.OutputAsync(_glob, new { pattern = "*" }), StringComparison.Ordinal);
        Assert.StartsWith("a\\u202eb c.txt:1: x\n", await _bench.OutputAsync(_grep, new { pattern = "x" }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_are_found_with_path_and_number()
    {
        _bench.Put("b.ts", "Total\nnone\n");
        _bench.Put("a.cs", "one\r\nvar total = 1;\r\ntwo\n");

        Assert.Equal("a.cs:2: var total = 1;\n[1 match in 1 file.]", await _bench.OutputAsync(_grep, new { pattern = "total" }));
        Assert.Equal("a.cs:2: var total = 1;\nb.ts:1: Total\n[2 matches in 2 files.]", await _bench.OutputAsync(_grep, new { pattern = "TOTAL", ignore_case = true }));
        Assert.Equal("b.ts:1: Total\n[1 match in 1 file.]", await _bench.OutputAsync(_grep, new { pattern = "total$", ignore_case = true, glob = "*.ts" }));
        Assert.Equal("a.cs:2: var total = 1;\n[1 match in 1 file.]", await _bench.OutputAsync(_grep, new { pattern = @"(?<=var )total\b", path = "a.cs" }));
        Assert.Equal("a.cs-1- one\na.cs:2: var total = 1;\na.cs-3- two\n[1 match in 1 file.]", await _bench.OutputAsync(_grep, new { pattern = "total", context = 1 }));
    }

    [Fact]
    public async Task Context_shows_no_line_twice_and_separates_what_is_apart()
    {
        _bench.Put("a.txt", "hit\nx\nhit\ny\nz\nw\nhit\n");

        Assert.Equal(
            "a.txt:1: hit\na.txt-2- x\na.txt:3: hit\na.txt-4- y\n--\na.txt-6- w\na.txt:7: hit\n[3 matches in 1 file.]",
            await _bench.OutputAsync(_grep, new { pattern = "hit", context = 1 }));
    }

    [Fact]
    public async Task Matches_and_long_lines_are_capped()
    {
        _bench.Put("a.txt", new string('x', 1000) + "needle" + new string('y', 1000) + "\n" + string.Concat(Enumerable.Repeat("needle\n", 20)));

        var output = await _bench.OutputAsync(_grep, new { pattern = "needle", limit = 3 });

        Assert.Contains("[3 matches in 1 file.]\n[The first 3 matches; there are more.", output, StringComparison.Ordinal);
        Assert.InRange(output.Split('\n')[0].Length, 300, 420);
        Assert.Contains("xneedley", output.Split('\n')[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(a+)+$")]
    [InlineData("(a|aa)+$")]
    [InlineData("(.*a){25}$")]
    [InlineData(@"(?=a)(a+)+\d\1")]
    [InlineData("((a{0,1000}){0,1000}){0,1000}b")]
    [InlineData("(a{1000}){1000}b")]
    public async Task A_pattern_made_to_hang_ends_in_time(string pattern)
    {
        for (var index = 0; index < 5; index++)
        {
            _bench.Put($"a{index}.txt", new string('a', 1_000_000) + "!\n" + new string('a', 40) + "!\n");
        }

        var watch = Stopwatch.StartNew();
        await _bench.OutputAsync(new GrepTool(TimeProvider.System), new { pattern });

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_search_ends_when_its_time_is_used_up()
    {
        _bench.Put("a.txt", string.Concat(Enumerable.Repeat("x\n", 100)));
        _bench.Clock.StepPerLook = TimeSpan.FromSeconds(1);

        Assert.EndsWith("[Stopped after 5 seconds. Use a narrower path or glob.]", await _bench.OutputAsync(_grep, new { pattern = "y" }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_time_of_a_search_counts_for_files_that_are_passed_over_too()
    {
        for (var index = 0; index < 20; index++)
        {
            _bench.Put($"a{index}.txt", "x");
        }

        _bench.Clock.StepPerLook = TimeSpan.FromSeconds(1);

        Assert.EndsWith("[Stopped after 5 seconds. Use a narrower path or glob.]", await _bench.OutputAsync(_grep, new { pattern = "x", glob = "*.cs" }), StringComparison.Ordinal);
        Assert.EndsWith("[Stopped after 10 seconds. Look in a folder, with path.]", await _bench.OutputAsync(_glob, new { pattern = "*.txt" }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(")]
    [InlineData("[z-a]")]
    [InlineData("*")]
    public async Task A_broken_pattern_is_explained(string pattern) =>
        Assert.Contains("not a regular expression", await _bench.FailureAsync(_grep, new { pattern }), StringComparison.Ordinal);

    [Fact]
    public async Task Writing_says_what_it_did()
    {
        var created = await _bench.CallAsync(_write, new { path = "src/./new.txt", content = "a\nb\n" });
        var same = await _bench.CallAsync(_write, new { path = "src/new.txt", content = "a\nb\n" });
        var replaced = await _bench.CallAsync(_write, new { path = _bench.PathOf("src/new.txt"), content = "c" });

        Assert.Equal(new Core.Tools.ToolResult("Created src/new.txt with 2 lines.", ChangedFile: "src/new.txt"), created);
        Assert.Equal((true, "src/new.txt has this content already; nothing was changed.", null), (same.Succeeded, same.Output, same.ChangedFile));
        Assert.Equal(new Core.Tools.ToolResult("Replaced src/new.txt: 1 line now, 2 lines before.", ChangedFile: "src/new.txt"), replaced);
        Assert.Equal("c", File.ReadAllText(_bench.PathOf("src/new.txt")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("src")]
    [InlineData(".git/hooks/pre-commit")]
    [InlineData("link.txt")]
    [InlineData("linkdir/new.txt")]
    public async Task What_cannot_be_written_is_refused(string path)
    {
        Plant();
        _bench.Put("src/a.txt", "");

        await _bench.FailureAsync(_write, new { path, content = "x" });
    }

    [Fact]
    public async Task A_content_over_one_mebibyte_is_refused() => Assert.Contains(
        "larger than 1 MiB", await _bench.FailureAsync(_write, new { path = "a.txt", content = new string('é', 600_000) }), StringComparison.Ordinal);

    private void Plant()
    {
        var outside = Path.Combine(_bench.Parent, "outside.txt");
        File.WriteAllText(outside, "TOP-SECRET");
        Directory.CreateDirectory(Path.Combine(_bench.Parent, "proj-evil"));
        File.WriteAllText(Path.Combine(_bench.Parent, "proj-evil", "s.txt"), "TOP-SECRET");
        _bench.Put("a/inside.txt", "nothing");
        File.CreateSymbolicLink(_bench.PathOf("link.txt"), outside);
        Directory.CreateSymbolicLink(_bench.PathOf("linkdir"), _bench.Parent);
        using var made = Process.Start("mkfifo", _bench.PathOf("pipe"));
        made.WaitForExit();
    }
}
