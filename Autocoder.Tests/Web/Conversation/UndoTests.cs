using System.Text.Json;
using Autocoder.Core.Checkpoints;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Web.Components.Conversation;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using static Autocoder.Tests.Checkpoints.UndoWorld;

namespace Autocoder.Tests.Web.Conversation;

/// <summary>Where undo and redo are offered, and what the dialog says before anything is done.</summary>
public sealed class UndoTests : ComponentTest
{
    private static readonly Guid Run = Guid.NewGuid();
    private readonly List<UndoTarget> _asked = [];

    [Fact]
    public void A_change_can_be_taken_back_only_while_no_run_is_at_work()
    {
        var cut = Card(Call(), offersUndo: false);
        cut.Find(".head").Click();
        Assert.DoesNotContain("Undo", cut.Markup, StringComparison.Ordinal);

        cut.Render(parameters => parameters.Add(card => card.OffersUndo, true));
        cut.Find(".undo button").Click();

        Assert.Equal([new UndoTarget(Run, "c1")], _asked);
    }

    [Fact]
    public void A_change_that_was_taken_back_says_so_and_can_be_put_in_again()
    {
        var undoId = Guid.NewGuid();
        var cut = Card(Call() with { Undo = new UndoMark(undoId, OfWholeRun: false, Left: 0) }, offersUndo: true);

        Assert.Equal("undone", cut.Find(".changed").TextContent);
        cut.Find(".head").Click();
        Assert.Equal("Redo", cut.Find(".undo button").TextContent);
        cut.Find(".undo button").Click();

        Assert.Equal([new UndoTarget(Run, "c1", undoId)], _asked);
    }

    [Fact]
    public void A_call_of_which_nothing_is_kept_offers_nothing()
    {
        var cut = Card(Call() with { Checkpoint = null }, offersUndo: true);
        cut.Find(".head").Click();

        Assert.Empty(cut.FindAll(".undo"));
    }

    [Fact]
    public void A_whole_file_is_compared_with_what_it_replaced()
    {
        var cut = Card(Call(), offersUndo: true);
        cut.Find(".head").Click();

        Assert.Equal("before", cut.Find(".removed span:last-child").TextContent);
        Assert.Equal("after", cut.Find(".added span:last-child").TextContent);
    }

    [Fact]
    public void The_end_of_a_run_offers_undo_and_then_redo()
    {
        var cut = End(Ended());
        cut.Find("button").Click();
        var undoId = Guid.NewGuid();
        cut.Render(parameters => parameters.Add(row => row.Item, Ended() with { Undo = new UndoMark(undoId, OfWholeRun: true, Left: 1) }));

        Assert.Contains("1 file left as it is", cut.Find(".undone").TextContent, StringComparison.Ordinal);
        cut.Find(".undone button").Click();
        Assert.Equal([new UndoTarget(Run), new UndoTarget(Run, Redoes: undoId)], _asked);
    }

    [Fact]
    public async Task The_dialog_shows_each_file_first_and_leaves_what_was_changed_by_hand()
    {
        await using var world = await StartAsync();
        world.Put("a.txt", "before");
        var run = (await world.RunAsync(Write("a.txt", "after"), Write("b.txt", "b"))).Items.OfType<RunEndedItem>().Single();
        world.Put("a.txt", "mine");
        Services.AddSingleton(world.Blobs);
        var cut = Render<UndoDialog>(parameters => parameters
            .Add(dialog => dialog.Session, world.Session).Add(dialog => dialog.Target, new UndoTarget(run.RunId!.Value)));

        cut.WaitForAssertion(() => Assert.Equal("Undo 1 file", cut.Find("footer .primary").TextContent.Trim()));
        Assert.Contains("by hand", cut.Find("li.changed").TextContent, StringComparison.Ordinal);
        Assert.Contains("will be removed", cut.Find("li.ready").TextContent, StringComparison.Ordinal);
        await cut.Find("li.changed .what button").ClickAsync();
        cut.WaitForAssertion(() => Assert.Equal("mine", cut.Find("li.changed .removed span:last-child").TextContent));
        await cut.Find("li.changed input").ChangeAsync(true);
        Assert.Equal("Undo 2 files", cut.Find("footer .primary").TextContent.Trim());

        await cut.Find("footer .primary").ClickAsync();

        cut.WaitForAssertion(() => Assert.Equal(("before", null), (world.TextOf("a.txt"), world.TextOf("b.txt"))));
    }

    private static ToolCallItem Call() => new(
        "tool", 5, DateTimeOffset.UnixEpoch, Run, "c1", "Write", "Write a.txt",
        JsonSerializer.SerializeToElement(new { path = "a.txt", content = "after" }), ToolEffect.Idempotent,
        StartedAt: DateTimeOffset.UnixEpoch, Status: ToolCallStatus.Completed, Output: "Replaced.", ChangedFile: "a.txt")
    {
        Checkpoint = new FileCheckpointed("c1", "a.txt", new FileVersion("new", 5), new FileVersion("old", 6)),
    };

    private static RunEndedItem Ended() => new(
        "end", 9, DateTimeOffset.UnixEpoch, Run, RunOutcome.Completed, TokenUsage.None, 10, 1, 1, null, ["a.txt"]);

    private IRenderedComponent<ToolCard> Card(ToolCallItem call, bool offersUndo) => Render<ToolCard>(parameters => parameters
        .AddCascadingValue(Actions()).Add(card => card.Call, call).Add(card => card.OffersUndo, offersUndo));

    private IRenderedComponent<RunEndedRow> End(RunEndedItem item) => Render<RunEndedRow>(parameters => parameters
        .AddCascadingValue(Actions()).Add(row => row.Item, item).Add(row => row.OffersUndo, true));

    private ConversationActions Actions() => new()
    {
        UndoAsync = target =>
        {
            _asked.Add(target);
            return Task.CompletedTask;
        },
        ReadOutputAsync = (hash, _) => Task.FromResult(hash == "old" ? "before" : null),
    };
}
