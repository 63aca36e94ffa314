using Autocoder.Core.Conversations;
using Autocoder.Web.Components.Conversation;
using Bunit;
using Microsoft.AspNetCore.Components.Web;

namespace Autocoder.Tests.Web.Conversation;

public sealed class FindBarTests : ComponentTest
{
    private readonly List<string> _went = [];
    private readonly List<string> _marked = [];
    private readonly List<TranscriptPlace> _places = [new("a", 1), new("b", 5), new("c", 9)];
    private bool _isClosed;

    [Fact]
    public void It_begins_with_the_newest_and_goes_round_in_both_directions()
    {
        var cut = Show();
        cut.Find("input").Input("otter");
        cut.WaitForAssertion(() => Assert.Equal("3 of 3", cut.Find("[role=status]").TextContent));

        cut.Find("form").Submit();
        cut.Find("input").KeyDown(new KeyboardEventArgs { Key = "Enter", ShiftKey = true });
        cut.Find("button[aria-label=Previous]").Click();

        Assert.Equal(["c", "a", "c", "b"], _went);
        Assert.Equal("2 of 3", cut.Find("[role=status]").TextContent);
        Assert.Equal(["otter"], _marked);
    }

    [Fact]
    public void Enter_right_after_the_last_letter_does_not_wait()
    {
        var cut = Show();
        cut.Find("input").InputAsync("otter");
        cut.Find("form").Submit();

        cut.WaitForAssertion(() => Assert.Equal("3 of 3", cut.Find("[role=status]").TextContent));
        Assert.Equal(["c"], _went);
    }

    [Fact]
    public void What_is_said_meanwhile_counts_and_the_place_is_kept()
    {
        var cut = Show(first: "otter");
        cut.WaitForAssertion(() => Assert.Equal("3 of 3", cut.Find("[role=status]").TextContent));
        _places.Add(new("d", 12));
        cut.Render(parameters => parameters.Add(bar => bar.Version, 2));

        cut.Find("form").Submit();

        Assert.Equal("4 of 4", cut.Find("[role=status]").TextContent);
        Assert.Equal(["c", "d"], _went);
    }

    [Fact]
    public void Nothing_found_is_said_and_escape_ends_it()
    {
        _places.Clear();
        var cut = Show(first: "walrus");
        cut.WaitForAssertion(() => Assert.Equal("Not found", cut.Find("[role=status]").TextContent));
        Assert.True(cut.Find("button[aria-label=Next]").HasAttribute("disabled"));

        cut.Find("input").KeyDown("Escape");

        Assert.True(_isClosed);
    }

    private IRenderedComponent<FindBar> Show(string first = "") => Render<FindBar>(parameters => parameters
        .Add(bar => bar.First, first)
        .Add(bar => bar.Version, 1)
        .Add(bar => bar.FindAsync, (_, _) => Task.FromResult<IReadOnlyList<TranscriptPlace>>([.. _places]))
        .Add(bar => bar.OnGo, place => _went.Add(place.Key))
        .Add(bar => bar.OnWords, _marked.Add)
        .Add(bar => bar.OnClose, () => _isClosed = true));
}
