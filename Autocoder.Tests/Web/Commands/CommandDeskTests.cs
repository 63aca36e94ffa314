using Autocoder.Web.Commands;

namespace Autocoder.Tests.Web.Commands;

public sealed class CommandDeskTests
{
    private readonly CommandDesk _desk = new();
    private readonly List<string> _done = [];

    [Fact]
    public async Task What_nobody_offers_is_not_done_and_not_listed()
    {
        Assert.False(await _desk.RunAsync(CommandIds.Stop));
        Assert.Empty(_desk.Available);
    }

    [Fact]
    public async Task The_newest_offer_counts_and_the_one_before_it_comes_back()
    {
        using var outer = Offer("outer");
        var inner = Offer("inner");

        await _desk.RunAsync(CommandIds.NewConversation);
        inner.Dispose();
        inner.Dispose();
        await _desk.RunAsync(CommandIds.NewConversation, " now");

        Assert.Equal(["inner", "outer now"], _done);
    }

    [Fact]
    public async Task An_offer_that_makes_no_sense_now_leaves_it_to_the_one_before()
    {
        var can = false;
        using var outer = Offer("outer");
        using var inner = Offer("inner", () => can);

        await _desk.RunAsync(CommandIds.NewConversation);
        can = true;
        await _desk.RunAsync(CommandIds.NewConversation);

        Assert.Equal(["outer", "inner"], _done);
    }

    [Fact]
    public void Whoever_listens_hears_of_each_change()
    {
        var heard = 0;
        _desk.Changed += () => heard++;

        Offer("a").Dispose();
        _desk.Refresh();

        Assert.Equal(3, heard);
    }

    private IDisposable Offer(string name, Func<bool>? canRun = null) => _desk.Offer(
        CommandIds.NewConversation,
        words =>
        {
            _done.Add(name + words);
            return Task.CompletedTask;
        },
        canRun);
}
