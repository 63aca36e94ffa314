using System.Collections.Concurrent;
using Autocoder.Core.Conversations;
using Autocoder.Web.Components.Conversation;
using Bunit;
using Microsoft.AspNetCore.Components.Web;

namespace Autocoder.Tests.Web.Conversation;

public sealed class FindBarTests : ComponentTest
{
    private readonly ConcurrentQueue<string> _went = [];
    private readonly ConcurrentQueue<string> _marked = [];
    private readonly List<TranscriptPlace> _places = [new("a", 1), new("b", 5), new("c", 9)];
    private bool _isClosed;

    [Fact]
    public async Task It_begins_with_the_newest_and_goes_round_in_both_directions()
    {
        var cut = Show();
        await cut.Find("input").InputAsync("otter");
        cut.WaitForAssertion(() => Assert.Equal("3 of 3", cut.Find("[role=status]").TextContent));

        await cut.Find("form").SubmitAsync();
        await cut.Find("input").KeyDownAsync(new KeyboardEventArgs { Key = "Enter", ShiftKey = true });
        await cut.Find("button[aria-label=Previous]").ClickAsync();

        Assert.Equal(["c", "a", "c", "b"], _went);
        Assert.Equal("2 of 3", cut.Find("[role=status]").TextContent);
        Assert.Equal(["otter"], _marked);
    }

    [Fact]
    public async Task Enter_right_after_the_last_letter_does_not_wait()
    {
        var cut = Show();
        var typed = cut.Find("input").InputAsync("otter");
        await cut.Find("form").SubmitAsync();
        await typed;

        cut.WaitForAssertion(() => Assert.Equal("3 of 3", cut.Find("[role=status]").TextContent));
        Assert.Equal(["c"], _went);
    }

    [Fact]
    public async Task What_is_said_meanwhile_counts_and_the_place_is_kept()
    {
        var cut = Show(first: "otter");
        cut.WaitForAssertion(() => Assert.Equal("3 of 3", cut.Find("[role=status]").TextContent));
        _places.Add(new("d", 12));
        cut.Render(parameters => parameters.Add(bar => bar.Version, 2));

        await cut.Find("form").SubmitAsync();

        Assert.Equal("4 of 4", cut.Find("[role=status]").TextContent);
        Assert.Equal(["c", "d"], _went);
    }

    [Fact]
    public async Task Nothing_found_is_said_and_escape_ends_it()
    {
        _places.Clear();
        var cut = Show(first: "walrus");
        cut.WaitForAssertion(() => Assert.Equal("Not found", cut.Find("[role=status]").TextContent));
        Assert.True(cut.Find("button[aria-label=Next]").HasAttribute("disabled"));

        await cut.Find("input").KeyDownAsync(new KeyboardEventArgs { Key = "Escape" });

        Assert.True(_isClosed);
    }

    private IRenderedComponent<FindBar> Show(string first = "") => Render<FindBar>(parameters => parameters
        .Add(bar => bar.First, first)
        .Add(bar => bar.Version, 1)
        .Add(bar => bar.FindAsync, (_, _) => Task.FromResult<IReadOnlyList<TranscriptPlace>>([.. _places]))
        .Add(bar => bar.OnGo, place => _went.Enqueue(place.Key))
        .Add(bar => bar.OnWords, _marked.Enqueue)
        .Add(bar => bar.OnClose, () => _isClosed = true));
}
