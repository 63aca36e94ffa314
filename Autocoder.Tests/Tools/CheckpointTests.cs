using System.Security.Cryptography;
using System.Text;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Runs.Steps;
using Autocoder.Core.Tools.Files;
using Autocoder.Tests.TestSupport;

namespace Autocoder.Tests.Tools;

/// <summary>What a file held is kept, and in the log, before a tool touches it.</summary>
public sealed class CheckpointTests : IDisposable
{
    private readonly ToolBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task The_content_before_is_kept_and_recorded_while_the_file_still_has_it()
    {
        _bench.Put("a.txt", "before");
        var seen = "";
        _bench.Run.Before = next => seen = next is FileCheckpointed { Before.Hash: var hash }
            ? $"{File.ReadAllText(_bench.PathOf("a.txt"))}, kept {Encoding.UTF8.GetString(_bench.Run.Kept[hash])}" : seen;

        await _bench.OutputAsync(new WriteTool(), new { path = "a.txt", content = "after!" });

        Assert.Equal("before, kept before", seen);
        var checkpoint = Assert.IsType<FileCheckpointed>(Assert.Single(_bench.Run.Events));
        Assert.Equal(("a.txt", VersionOf("before"), VersionOf("after!")), (checkpoint.Path, checkpoint.Before, checkpoint.After));
        Assert.Equal("after!", File.ReadAllText(_bench.PathOf("a.txt")));
    }

    [Fact]
    public async Task A_new_file_had_nothing_before_and_an_edit_keeps_the_whole_file()
    {
        await _bench.OutputAsync(new WriteTool(), new { path = "src/a.txt", content = "one two" });
        await _bench.OutputAsync(new EditTool(), new { path = "src/a.txt", old_text = "two", new_text = "2" });

        var made = _bench.Run.Events.Cast<FileCheckpointed>().Select(each => (each.Before, each.After));
        Assert.Equal([(null, VersionOf("one two")), (VersionOf("one two"), VersionOf("one 2"))], made);
    }

    [Fact]
    public async Task Nothing_is_written_when_the_content_before_cannot_be_kept()
    {
        _bench.Put("a.txt", "before");
        _bench.Run.DiskRefusal = new IOException("No space left on device");

        Assert.Contains("could not be kept", await _bench.FailureAsync(new WriteTool(), new { path = "a.txt", content = "after" }), StringComparison.Ordinal);
        Assert.Contains("could not be kept", await _bench.FailureAsync(new EditTool(), new { path = "a.txt", old_text = "before", new_text = "x" }), StringComparison.Ordinal);
        Assert.Equal("before", File.ReadAllText(_bench.PathOf("a.txt")));
        Assert.Empty(_bench.Run.Events);
    }

    [Fact]
    public async Task A_file_too_large_to_keep_is_not_overwritten()
    {
        using (var large = File.Create(_bench.PathOf("large.bin")))
        {
            large.SetLength(KeptChange.MaxBytes + 1);
        }

        Assert.Contains("too large", await _bench.FailureAsync(new WriteTool(), new { path = "large.bin", content = "x" }), StringComparison.Ordinal);
        Assert.Equal(KeptChange.MaxBytes + 1, new FileInfo(_bench.PathOf("large.bin")).Length);
    }

    [Fact]
    public void The_next_run_is_told_once_what_was_taken_back()
    {
        var log = new EventLog();
        var first = log.Run("Go");
        first.Add(new RunEnded(RunOutcome.Completed, TokenUsage.None, 1, 0, 0));
        log.Append(new UndoEnded(Guid.NewGuid(), first.RunId, ["src/a.cs"], ["c1"], []), null);
        var second = log.Run("Go on");
        var told = RunNotes.For(log.Events, second.RunId, 50);
        second.Add(new RunEnded(RunOutcome.Completed, TokenUsage.None, 1, 0, 0));
        var third = log.Run("And on");

        Assert.Contains("taken back: src/a.cs", Assert.Single(told), StringComparison.Ordinal);
        Assert.Empty(RunNotes.For(log.Events, third.RunId, 50));
    }

    private static FileVersion VersionOf(string text) =>
        new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))), Encoding.UTF8.GetByteCount(text));
}
