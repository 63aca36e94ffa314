using Autocoder.Web.Commands;
using FsCheck;
using FsCheck.Fluent;

namespace Autocoder.Tests.Web.Commands;

public sealed class ChordTests
{
    [Fact]
    public void What_is_written_is_read_as_it_was()
    {
        var chords =
            from modifiers in Gen.SubListOf("Mod", "Ctrl", "Alt", "Shift")
            from key in Gen.Elements("K", "1", "?", "+", "/", ".", "Ä", "F5", "ArrowUp", "End", "=")
            select string.Concat(modifiers.Select(modifier => modifier + "+")) + key;
        Prop.ForAll(chords.ToArbitrary(), text => Chord.TryParse(text)?.ToString() == text).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Nothing_that_is_typed_breaks_it() => Prop
        .ForAll<string?>(text => Chord.TryParse(text) is not { } chord || chord.ToString() == text)
        .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("")]
    [InlineData("k")]
    [InlineData("Mod+")]
    [InlineData("Shift+Mod+K")]
    [InlineData("Mod+Mod+K")]
    [InlineData("Mod+Hyper")]
    [InlineData("Mod+\u0007")]
    public void What_is_no_chord_is_none(string text) => Assert.Null(Chord.TryParse(text));

    [Theory]
    [InlineData("Mod+Shift+O", "Ctrl+Shift+O", "⌘ ⇧ O")]
    [InlineData("?", "?", "?")]
    [InlineData("Mod+Alt+ArrowUp", "Ctrl+Alt+↑", "⌘ ⌥ ↑")]
    public void Keys_are_named_as_they_are_on_the_machine(string text, string elsewhere, string mac)
    {
        var chord = Chord.TryParse(text)!;

        Assert.Equal((elsewhere, mac), (chord.Say(isMac: false), chord.Say(isMac: true)));
    }

    [Theory]
    [InlineData("J", true)]
    [InlineData("Shift+J", true)]
    [InlineData("?", true)]
    [InlineData("Alt+1", false)]
    [InlineData("Mod+.", false)]
    public void What_would_type_something_is_plain(string text, bool isPlain) => Assert.Equal(isPlain, Chord.TryParse(text)!.IsPlain);

    [Theory]
    [InlineData("Mod+W", "browser")]
    [InlineData("Mod+C", "writing")]
    [InlineData("Enter", "moving")]
    [InlineData("Mod+Escape", "moving")]
    [InlineData("ArrowDown", "moving")]
    public void Some_keys_are_needed_elsewhere(string text, string why) =>
        Assert.Contains(why, ChordRules.Refusal(Chord.TryParse(text)!), StringComparison.Ordinal);

    [Fact]
    public void The_usual_keys_are_allowed_and_nobody_shares_them()
    {
        var usual = CommandCatalog.All.SelectMany(command => command.UsualKeys).ToList();

        Assert.All(usual, chord => Assert.Null(ChordRules.Refusal(chord)));
        Assert.Distinct(usual);
        Assert.Distinct(CommandCatalog.All.Select(command => command.Id));
        Assert.Distinct(CommandCatalog.All.Select(command => command.Slash).OfType<string>());
    }
}
