using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Transcripts;
using static Autocoder.Tests.Checkpoints.UndoWorld;

namespace Autocoder.Tests.Checkpoints;

/// <summary>A model writes over a file only when it knows what it replaces.</summary>
public sealed class ReadFirstTests
{
    [Fact]
    public async Task A_file_that_was_not_read_in_this_conversation_is_not_overwritten()
    {
        await using var world = await StartAsync();
        world.ReadsFirst = false;
        world.Put("a.txt", "theirs");

        var refused = Last(await world.RunAsync(Write("a.txt", "x")));
        Assert.Equal((ToolCallStatus.Failed, "theirs"), (refused.Status, world.TextOf("a.txt")));
        Assert.Contains("have not read it in this conversation", refused.Output, StringComparison.Ordinal);
        refused = Last(await world.RunAsync(("Edit", new { path = "a.txt", old_text = "theirs", new_text = "x" })));
        Assert.Contains("Read it first", refused.Output, StringComparison.Ordinal);

        await world.RunAsync(("Read", new { path = "./a.txt" }), ("Edit", new { path = "a.txt", old_text = "theirs", new_text = "mine" }));
        Assert.Equal("mine", world.TextOf("a.txt"));
    }

    [Fact]
    public async Task What_was_read_is_known_after_a_restart_until_somebody_changes_the_file()
    {
        await using var world = await StartAsync();
        world.ReadsFirst = false;
        world.Put("a.txt", "one");
        await world.RunAsync(("Read", new { path = "a.txt" }));
        await world.RestartAsync();

        Assert.Equal(ToolCallStatus.Completed, Last(await world.RunAsync(Write("a.txt", "two"))).Status);
        Assert.Equal(ToolCallStatus.Completed, Last(await world.RunAsync(Write("a.txt", "three"))).Status);
        world.Put("a.txt", "by hand");

        var refused = Last(await world.RunAsync(Write("a.txt", "four")));
        Assert.Equal((ToolCallStatus.Failed, "by hand"), (refused.Status, world.TextOf("a.txt")));
        Assert.Contains("changed since you last read it", refused.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_files_and_what_cannot_be_read_need_no_reading()
    {
        await using var world = await StartAsync();
        world.ReadsFirst = false;
        await File.WriteAllBytesAsync(world.PathOf("logo.bin"), [0xFF, 0, 1]);

        await world.RunAsync(Write("new.txt", "n"), Write("logo.bin", "text"));

        Assert.Equal(("n", "text"), (world.TextOf("new.txt"), world.TextOf("logo.bin")));
    }

    private static ToolCallItem Last(Transcript transcript) => Changes(transcript).Last();
}
