using AngleSharp.Dom;
using Autocoder.Web.Commands;
using Autocoder.Web.Components.Pages.Shortcuts;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace Autocoder.Tests.Web.Commands;

public sealed class ShortcutsPageTests : ComponentTest
{
    private readonly Keyboard _keyboard = new();
    private readonly ShortcutBook _book;

    public ShortcutsPageTests()
    {
        _book = new ShortcutBook(_keyboard.Store);
        Services.AddSingleton(_book);
    }

    [Fact]
    public async Task Every_command_is_listed_and_gets_other_keys()
    {
        var cut = Render<ShortcutsPage>();
        Assert.Equal(CommandCatalog.All.Count, cut.FindAll("[data-shortcut]").Count);

        await cut.InvokeAsync(() => Row(cut, CommandIds.Stop).QuerySelector("button")!.Click());
        await cut.InvokeAsync(() => cut.Instance.PressedAsync("Mod+Shift+S"));

        Assert.Equal("Mod+Shift+S", Assert.Single(_book.KeysOf(CommandIds.Stop)).ToString());
        Assert.Contains("Ctrl+Shift+S it is", cut.Find("[role=status]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_in_use_are_told_and_taken_over_only_when_asked()
    {
        var cut = Render<ShortcutsPage>();
        await cut.InvokeAsync(() => Row(cut, CommandIds.Stop).QuerySelector("button")!.Click());

        await cut.InvokeAsync(() => cut.Instance.PressedAsync("Mod+K"));

        Assert.Contains("Ctrl+K is in use: “Command palette”", cut.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal(CommandIds.Palette, _book.UserOf(Chord.TryParse("Mod+K")!)?.Id);
        await cut.InvokeAsync(() => cut.FindAll("[role=alert] button")[0].Click());
        cut.WaitForAssertion(() => Assert.Contains("no longer has these keys", cut.Find("[role=status]").TextContent, StringComparison.Ordinal));
        Assert.Equal(CommandIds.Stop, _book.UserOf(Chord.TryParse("Mod+K")!)?.Id);
        Assert.Contains("no keys", Row(cut, CommandIds.Palette).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_that_cannot_be_used_are_refused_in_words_and_others_can_be_pressed_at_once()
    {
        var cut = Render<ShortcutsPage>();
        await cut.InvokeAsync(() => Row(cut, CommandIds.Stop).QuerySelector("button")!.Click());

        await cut.InvokeAsync(() => cut.Instance.PressedAsync("Mod+W"));
        Assert.Equal("The browser keeps these keys to itself. Choose others.", cut.Find("[role=alert]").TextContent);
        await cut.InvokeAsync(() => cut.Instance.PressedAsync("Mod+Shift+S"));

        Assert.Empty(cut.FindAll("[role=alert]"));
        Assert.Equal("Mod+Shift+S", Assert.Single(_book.KeysOf(CommandIds.Stop)).ToString());
    }

    [Fact]
    public async Task Escape_leaves_everything_as_it_is_and_reset_brings_the_usual_keys_back()
    {
        var cut = Render<ShortcutsPage>();
        await cut.InvokeAsync(() => Row(cut, CommandIds.Stop).QuerySelector("button")!.Click());
        await cut.InvokeAsync(() => cut.Instance.PressedAsync(null));
        Assert.Empty(cut.FindAll("[data-takes-keys]"));

        await cut.InvokeAsync(() => Row(cut, CommandIds.Stop).QuerySelectorAll("button")[1].Click());
        cut.WaitForAssertion(() => Assert.Contains("no keys", Row(cut, CommandIds.Stop).TextContent, StringComparison.Ordinal));
        Assert.Empty(_book.KeysOf(CommandIds.Stop));
        await cut.InvokeAsync(() => Row(cut, CommandIds.Stop).QuerySelectorAll("button")[^1].Click());

        cut.WaitForAssertion(() => Assert.Contains("as usual", cut.Find("[role=status]").TextContent, StringComparison.Ordinal));
        Assert.Equal("Mod+.", Assert.Single(_book.KeysOf(CommandIds.Stop)).ToString());
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _book.Dispose();
            _keyboard.Dispose();
        }
    }

    private static IElement Row(IRenderedComponent<ShortcutsPage> cut, string id) => cut.Find($"[data-shortcut='{id}']");
}
