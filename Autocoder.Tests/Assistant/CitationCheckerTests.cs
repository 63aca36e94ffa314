using System.Text.Json;
using Autocoder.Core.Assistant;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Tests.TestSupport;

namespace Autocoder.Tests.Assistant;

public sealed class CitationCheckerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("`a.cs:1`", CitationStatus.Exists, "one")]
    [InlineData("`a.cs:2-3`", CitationStatus.Exists, "two|three")]
    [InlineData("`a.cs:4`", CitationStatus.BeyondEnd, "")]
    [InlineData("`a.cs:3-4`", CitationStatus.BeyondEnd, "")]
    [InlineData("`b.cs:1`", CitationStatus.Gone, "")]
    [InlineData("`../secret.txt:1`", CitationStatus.Gone, "")]
    [InlineData("`binary.bin:1`", CitationStatus.Gone, "")]
    [InlineData("`.env:1`", CitationStatus.Secret, "")]
    [InlineData("`deploy/server.pem:1`", CitationStatus.Secret, "")]
    public async Task A_citation_is_compared_with_the_file(string text, CitationStatus status, string lines)
    {
        _folder.Write("project/a.cs", "one\r\ntwo\r\nthree\r\n");
        _folder.Write("project/binary.bin", "\0\0");
        _folder.Write("project/.env", "KEY=hunter2");
        _folder.Write("project/deploy/server.pem", "hunter2");
        _folder.Write("secret.txt", "secret");

        var result = Assert.Single(await CheckAsync(text));

        Assert.Equal(status, result.Status);
        Assert.Equal(lines, string.Join('|', result.Lines));
    }

    [Theory]
    [InlineData("first line\nsecond line\nthird line\n", CitationStatus.Exists, 2)]
    [InlineData("new\nnew\nfirst line\nsecond line\nthird line\n", CitationStatus.Moved, 4)]
    [InlineData("second line\n", CitationStatus.Moved, 1)]
    [InlineData("first line\nsomething else\nthird line\n", CitationStatus.Changed, 2)]
    [InlineData("second line\nother\nsecond line\n", CitationStatus.Changed, 2)]
    [InlineData("x\n", CitationStatus.BeyondEnd, null)]
    public async Task What_the_run_was_shown_is_found_again_or_said_to_have_changed(string now, CitationStatus status, int? line)
    {
        _folder.Write("project/a.cs", now);

        var result = Assert.Single(await CheckAsync("`a.cs:2`", Read("./a.cs", "     1→first line\n     2→second line\n     3→third line")));

        Assert.Equal((status, line), (result.Status, result.NowAt));
    }

    [Fact]
    public async Task Lines_the_run_was_not_shown_are_only_looked_for_where_they_are_cited()
    {
        _folder.Write("project/a.cs", "other\nlines\n");

        var result = Assert.Single(await CheckAsync("`a.cs:1-2`", Read("a.cs", "     1→first line")));

        Assert.Equal(CitationStatus.Exists, result.Status);
    }

    [Fact]
    public async Task What_the_run_changed_itself_is_not_held_against_it()
    {
        _folder.Write("project/a.cs", "written by the run\n");
        var write = new ToolCallItem("w", 9, default, null, "w", "Write", "Write a.cs", default, ToolEffect.Idempotent, default(DateTimeOffset),
            ToolCallStatus.Completed, "ok", ChangedFile: "a.cs");

        var result = Assert.Single(await CheckAsync("`a.cs:1`", Read("a.cs", "     1→before the run"), write));

        Assert.Equal(CitationStatus.Exists, result.Status);
    }

    [Fact]
    public async Task A_long_result_is_read_whole_from_where_it_is_kept()
    {
        _folder.Write("project/a.cs", "changed line\n");

        var result = Assert.Single(await CheckAsync("`a.cs:1`", Read("a.cs", "the beginning and the end") with { OutputBlob = "key" }));

        Assert.Equal(CitationStatus.Changed, result.Status);
    }

    private static ToolCallItem Read(string path, string output) => new(
        path, 1, default, null, path, "Read", $"Read {path}", JsonSerializer.SerializeToElement(new { path }), ToolEffect.ReadOnly, default(DateTimeOffset),
        ToolCallStatus.Completed, output);

    private Task<IReadOnlyList<CheckedCitation>> CheckAsync(string text, params ToolCallItem[] calls) => CitedAnswer.CheckAsync(
        _folder.At("project"), text, calls,
        (blob, _) => Task.FromResult<string?>(blob == "key" ? "     1→original line" : null), CancellationToken.None);
}
