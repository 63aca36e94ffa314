using Autocoder.Core.Checkpoints;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Conversations.Transcripts;
using static Autocoder.Tests.Checkpoints.UndoWorld;

namespace Autocoder.Tests.Checkpoints;

/// <summary>Taking back what an agent changed, on the real log and the real disk.</summary>
public sealed class FileUndoTests
{
    [Fact]
    public async Task One_change_is_taken_back_and_put_in_again_and_every_page_sees_it()
    {
        await using var world = await StartAsync();
        world.Put("a.txt", "before\r\n");
        var call = Assert.Single(Changes(await world.RunAsync(Write("a.txt", "after"))));
        Assert.True(call.IsUndoable);
        var target = new UndoTarget(call.RunId!.Value, call.CallId);
        var file = Assert.Single((await world.PreviewAsync(target)).Files);
        Assert.Equal((UndoFileState.Ready, 8L, 5L), (file.State, file.Then!.Size, file.Now!.Size));
        Assert.Equal("after", world.TextOf("a.txt"));

        var receipt = await world.UndoAsync(target);

        Assert.Equal(["a.txt"], receipt.Paths);
        Assert.Empty(receipt.Problems);
        Assert.Equal("before\r\n", world.TextOf("a.txt"));
        var undone = Assert.Single(Changes(await world.AfterAsync(undos: 1)));
        Assert.False(undone.Undo!.OfWholeRun);

        await world.UndoAsync(target with { Redoes = undone.Undo.UndoId });

        Assert.Equal("after", world.TextOf("a.txt"));
        Assert.Null(Assert.Single(Changes(await world.AfterAsync(undos: 2))).Undo);
        Assert.Contains("redone already", (await world.UndoAsync(target with { Redoes = undone.Undo.UndoId })).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_whole_run_is_taken_back_to_the_byte_with_what_it_made_and_what_it_changed_twice()
    {
        await using var world = await StartAsync();
        await File.WriteAllBytesAsync(world.PathOf("logo.bin"), [0xFF, 0x00, 0xFE, 0x80]);
        world.Put("src/a.txt", "one\ntwo\n");

        var ended = await world.RunAsync(
            Write("src/a.txt", "1\n2\n"), ("Edit", new { path = "src/a.txt", old_text = "2", new_text = "II" }), Write("new/b.txt", "b"), Write("logo.bin", "text"));
        var run = Assert.Single(ended.Items.OfType<RunEndedItem>());
        var receipt = await world.UndoAsync(new UndoTarget(run.RunId!.Value));

        Assert.Equal(["logo.bin", "new/b.txt", "src/a.txt"], receipt.Paths.Order(StringComparer.Ordinal));
        Assert.Equal([0xFF, 0x00, 0xFE, 0x80], await File.ReadAllBytesAsync(world.PathOf("logo.bin")));
        Assert.Equal(("one\ntwo\n", null), (world.TextOf("src/a.txt"), world.TextOf("new/b.txt")));
        var after = await world.AfterAsync(undos: 1);
        var mark = Assert.Single(after.Items.OfType<RunEndedItem>()).Undo!;
        Assert.All(Changes(after), call => Assert.True(call.Undo?.OfWholeRun));

        await world.RestartAsync();
        await world.UndoAsync(new UndoTarget(run.RunId.Value, Redoes: mark.UndoId));

        Assert.Equal(("1\nII\n", "b", "text"), (world.TextOf("src/a.txt"), world.TextOf("new/b.txt"), world.TextOf("logo.bin")));
        Assert.All(Changes(await world.AfterAsync(undos: 2)), call => Assert.Null(call.Undo));
    }

    [Fact]
    public async Task What_a_person_changed_since_stays_unless_they_say_otherwise_and_comes_back_with_a_redo()
    {
        await using var world = await StartAsync();
        world.Put("a.txt", "before");
        var run = Assert.Single((await world.RunAsync(Write("a.txt", "after"), Write("b.txt", "b"))).Items.OfType<RunEndedItem>());
        var target = new UndoTarget(run.RunId!.Value);
        world.Put("a.txt", "mine");

        var conflict = (await world.PreviewAsync(target)).Files.Single(file => file.Path == "a.txt");
        Assert.Equal(UndoFileState.Changed, conflict.State);
        Assert.Contains("by hand", conflict.Reason, StringComparison.Ordinal);
        var receipt = await world.UndoAsync(target);
        Assert.Equal(["b.txt"], receipt.Paths);
        Assert.Equal("a.txt", Assert.Single(receipt.Problems).Path);
        Assert.Equal("mine", world.TextOf("a.txt"));

        // What was agreed to is what was seen: another content since then is not overwritten.
        world.Put("a.txt", "mine, and more");
        Assert.NotNull((await world.UndoAsync(target, new() { ["a.txt"] = conflict.Seen })).Refusal);
        Assert.Equal("mine, and more", world.TextOf("a.txt"));

        var seen = Assert.Single((await world.PreviewAsync(target)).Files);
        Assert.Null((await world.UndoAsync(target, new() { ["a.txt"] = seen.Seen })).Refusal);
        Assert.Equal("before", world.TextOf("a.txt"));
        var call = Changes(await world.AfterAsync(undos: 2)).First();
        await world.UndoAsync(target with { Redoes = call.Undo!.UndoId });
        Assert.Equal("mine, and more", world.TextOf("a.txt"));
    }

    [Fact]
    public async Task A_later_change_of_the_agent_is_told_and_not_lost()
    {
        await using var world = await StartAsync();
        world.Put("a.txt", "zero");
        var first = Changes(await world.RunAsync(Write("a.txt", "one"))).Single();
        await world.RunAsync(Write("a.txt", "two"));

        var file = Assert.Single((await world.PreviewAsync(new UndoTarget(first.RunId!.Value, first.CallId))).Files);

        Assert.Equal((UndoFileState.Changed, "The agent changed it again later."), (file.State, file.Reason));
    }

    [Fact]
    public async Task Nothing_is_taken_back_while_a_run_is_at_work()
    {
        await using var world = await StartAsync();
        var call = Changes(await world.RunAsync(Write("a.txt", "a"))).Single();
        var target = new UndoTarget(call.RunId!.Value, call.CallId);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Gate = gate.Task;
        await world.BeginAsync();

        Assert.Contains("at work", (await world.PreviewAsync(target)).Problem, StringComparison.Ordinal);
        Assert.Contains("at work", (await world.UndoAsync(target)).Refusal, StringComparison.Ordinal);
        Assert.Equal("a", world.TextOf("a.txt"));
        gate.SetResult();
        await world.ReadAsync();
    }

    [Fact]
    public async Task A_link_in_the_place_of_the_file_is_not_followed()
    {
        await using var world = await StartAsync();
        world.Put("a.txt", "before");
        world.Put("other.txt", "after");
        var call = Changes(await world.RunAsync(Write("a.txt", "after"))).Single();
        File.Delete(world.PathOf("a.txt"));
        File.CreateSymbolicLink(world.PathOf("a.txt"), "other.txt");

        var receipt = await world.UndoAsync(new UndoTarget(call.RunId!.Value, call.CallId));

        Assert.Empty(receipt.Paths);
        Assert.Contains("link", Assert.Single(receipt.Problems).Reason, StringComparison.Ordinal);
        Assert.Equal("after", world.TextOf("other.txt"));
    }

    [Fact]
    public async Task An_undo_that_was_cut_off_is_repeated()
    {
        await using var world = await StartAsync();
        world.Put("a.txt", "a0");
        world.Put("b.txt", "b0");
        var run = (await world.RunAsync(Write("a.txt", "a1"), Write("b.txt", "b1"))).Items.OfType<RunEndedItem>().Single();
        var writer = (IConversationWriter)world.Core.Services.GetService(typeof(IConversationWriter))!;
        await writer.AppendAsync(
            world.Session.ConversationId, _ => [new NewEvent(new UndoStarted(Guid.CreateVersion7(), run.RunId!.Value, []))], CancellationToken.None);
        world.Put("a.txt", "a0");
        await world.RestartAsync();
        var target = new UndoTarget(run.RunId!.Value);

        var states = (await world.PreviewAsync(target)).Files.Select(file => (file.Path, file.State));
        Assert.Equal([("a.txt", UndoFileState.Same), ("b.txt", UndoFileState.Ready)], states);
        Assert.Equal(2, (await world.UndoAsync(target)).Paths.Count);
        Assert.Equal(("a0", "b0"), (world.TextOf("a.txt"), world.TextOf("b.txt")));
    }

    [Fact]
    public async Task A_change_of_before_checkpoints_existed_says_that_nothing_is_kept()
    {
        await using var world = await StartAsync();
        await world.RunAsync();

        Assert.Contains("Nothing is kept", (await world.PreviewAsync(new UndoTarget(Guid.CreateVersion7()))).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_run_is_taken_back_and_put_in_again_exactly()
    {
        await using var world = await StartAsync();
        var random = new Random(20261201);
        string[] paths = ["a.txt", "b.txt", "deep/c.txt"];
        for (var round = 0; round < 12; round++)
        {
            var before = paths.Select(world.TextOf).ToArray();
            var calls = Enumerable.Range(0, random.Next(1, 6)).Select(_ => Write(paths[random.Next(3)], $"content {random.Next(4)}")).ToArray();
            var run = (await world.RunAsync(calls)).Items.OfType<RunEndedItem>().Last();
            var after = paths.Select(world.TextOf).ToArray();
            if (run.FilesChanged == 0)
            {
                continue;
            }

            Assert.Null((await world.UndoAsync(new UndoTarget(run.RunId!.Value))).Refusal);
            Assert.Equal(before, paths.Select(world.TextOf));
            if (random.Next(2) == 0)
            {
                var undo = (await world.Core.ReadAsync(world.Session.ConversationId)).Select(envelope => envelope.Event).OfType<UndoEnded>().Last();
                Assert.Null((await world.UndoAsync(new UndoTarget(run.RunId.Value, Redoes: undo.UndoId))).Refusal);
                Assert.Equal(after, paths.Select(world.TextOf));
            }
        }
    }
}
