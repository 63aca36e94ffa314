using Autocoder.Web.Components.Conversation;
using Autocoder.Web.Presence;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace Autocoder.Tests.Web.Conversation;

public sealed class PresenceTests : ComponentTest
{
    private readonly ConversationPresence _presence = new();
    private readonly Guid _conversation = Guid.CreateVersion7();
    private readonly Guid _other = Guid.CreateVersion7();

    public PresenceTests()
    {
        Services.AddSingleton(_presence);
        Services.AddScoped<Viewer>();
    }

    [Fact]
    public void Whoever_is_alone_is_told_nothing_and_whoever_is_not_sees_how_many_and_who_wrote()
    {
        var cut = Show();
        Assert.Empty(cut.Markup.Trim());

        var seat = _presence.Enter(_conversation, _other);
        cut.WaitForAssertion(() => Assert.Equal("2 tabs open", cut.Find(".presence").TextContent.Trim()));
        _presence.Drove(_conversation, _other);
        cut.WaitForAssertion(() => Assert.Contains("another one wrote last", cut.Markup, StringComparison.Ordinal));
        _presence.Drove(_conversation, Services.GetRequiredService<Viewer>().Id);
        cut.WaitForAssertion(() => Assert.Contains("this one wrote last", cut.Markup, StringComparison.Ordinal));

        seat.Dispose();
        cut.WaitForAssertion(() => Assert.Empty(cut.Markup.Trim()));
    }

    [Fact]
    public void A_page_whose_connection_is_lost_does_not_count_until_it_is_back()
    {
        using var seat = _presence.Enter(_conversation, _other);
        var cut = Show();
        _presence.Drove(_conversation, _other);

        _presence.SetAway(_other, isAway: true);
        cut.WaitForAssertion(() => Assert.Empty(cut.Markup.Trim()));
        Assert.Equal(new PresenceNow(2, Driver.Nobody), _presence.Look(_conversation, Guid.CreateVersion7()));

        _presence.SetAway(_other, isAway: false);
        cut.WaitForAssertion(() => Assert.Contains("another one wrote last", cut.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_page_that_goes_to_another_conversation_or_closes_leaves()
    {
        var cut = Show();
        var elsewhere = Guid.CreateVersion7();
        Assert.Equal(2, _presence.Look(_conversation, _other).Tabs);

        cut.Render(parameters => parameters.Add(chip => chip.ConversationId, elsewhere));
        Assert.Equal(1, _presence.Look(_conversation, _other).Tabs);
        Assert.Equal(2, _presence.Look(elsewhere, _other).Tabs);

        await DisposeComponentsAsync();
        Assert.Equal(1, _presence.Look(elsewhere, _other).Tabs);
    }

    [Fact]
    public void Two_views_of_one_page_are_one_tab()
    {
        using var first = _presence.Enter(_conversation, _other);
        var second = _presence.Enter(_conversation, _other);
        second.Dispose();
        second.Dispose();

        Assert.Equal(1, _presence.Look(_conversation, _other).Tabs);
        Assert.Equal(2, _presence.Look(_conversation, Guid.CreateVersion7()).Tabs);
    }

    private IRenderedComponent<PresenceChip> Show() => Render<PresenceChip>(parameters => parameters.Add(chip => chip.ConversationId, _conversation));
}
