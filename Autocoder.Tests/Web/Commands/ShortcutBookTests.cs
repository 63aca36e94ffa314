using Autocoder.Core.Settings;
using Autocoder.Web.Commands;

namespace Autocoder.Tests.Web.Commands;

/// <summary>Keys a person gave to commands, in a real settings file.</summary>
public sealed class ShortcutBookTests : IDisposable
{
    private readonly Keyboard _keyboard = new();
    private readonly ShortcutBook _book;

    public ShortcutBookTests() => _book = new ShortcutBook(_keyboard.Store);

    public void Dispose()
    {
        _book.Dispose();
        _keyboard.Dispose();
    }

    [Fact]
    public async Task New_keys_count_at_once_are_told_and_stay_after_a_restart()
    {
        var told = 0;
        _book.Changed += () => told++;

        await _book.BindAsync(CommandIds.Stop, Keys("Mod+Shift+S"), CancellationToken.None);

        Assert.Equal([Keys("Mod+Shift+S")], _book.KeysOf(CommandIds.Stop));
        Assert.Equal(1, told);
        using var after = new ShortcutBook(_keyboard.Open());
        Assert.Equal([Keys("Mod+Shift+S")], after.KeysOf(CommandIds.Stop));
        Assert.True(after.IsChanged(CommandIds.Stop));
    }

    [Fact]
    public async Task Keys_that_had_another_command_leave_it()
    {
        Assert.Equal(CommandIds.Palette, _book.UserOf(Keys("Mod+K"))?.Id);

        await _book.BindAsync(CommandIds.Stop, Keys("Mod+K"), CancellationToken.None);

        Assert.Equal(CommandIds.Stop, _book.UserOf(Keys("Mod+K"))?.Id);
        Assert.Empty(_book.KeysOf(CommandIds.Palette));
    }

    [Fact]
    public async Task Usual_keys_come_back_unless_another_command_was_given_them()
    {
        await _book.BindAsync(CommandIds.Stop, Keys("Mod+K"), CancellationToken.None);

        await _book.ResetAsync(CommandIds.Palette, CancellationToken.None);
        Assert.Empty(_book.KeysOf(CommandIds.Palette));

        await _book.ResetAsync(CommandIds.Stop, CancellationToken.None);
        await _book.ResetAsync(CommandIds.Palette, CancellationToken.None);
        Assert.Equal([Keys("Mod+K")], _book.KeysOf(CommandIds.Palette));
        Assert.Equal([Keys("Mod+.")], _book.KeysOf(CommandIds.Stop));
        Assert.DoesNotContain(CommandCatalog.All, command => _book.IsChanged(command.Id));
    }

    [Fact]
    public async Task Nobody_ever_shares_keys_whatever_is_changed()
    {
        var chords = new[] { "Mod+K", "Mod+.", "J", "K", "?", "Mod+Shift+X" }.Select(Keys).ToList();
        for (var step = 0; step < 60; step++)
        {
            var command = CommandCatalog.All[step * 7 % CommandCatalog.All.Count].Id;
            await (step % 5 == 4
                ? _book.ResetAsync(command, CancellationToken.None)
                : _book.BindAsync(command, chords[step % chords.Count], CancellationToken.None));

            Assert.Distinct(CommandCatalog.All.SelectMany(each => _book.KeysOf(each.Id)));
        }

        await _book.ResetAllAsync(CancellationToken.None);
        Assert.All(CommandCatalog.All, command => Assert.Equal(command.UsualKeys, _book.KeysOf(command.Id)));
    }

    [Fact]
    public async Task Keys_the_browser_keeps_are_refused_and_nothing_changes()
    {
        var refusal = await Assert.ThrowsAsync<ArgumentException>(() => _book.BindAsync(CommandIds.Stop, Keys("Mod+W"), CancellationToken.None));

        Assert.Contains("browser", refusal.Message, StringComparison.Ordinal);
        Assert.Equal([Keys("Mod+.")], _book.KeysOf(CommandIds.Stop));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[1]")]
    [InlineData("""{"no.command":["Mod+K"],"conversation.stop":["Mod+W","hyper",null]}""")]
    [InlineData("""{"conversation.stop":null}""")]
    public async Task A_file_edited_by_hand_breaks_nothing(string written)
    {
        await _keyboard.Store.SetAsync(SettingNames.Shortcuts, written, CancellationToken.None);

        using var book = new ShortcutBook(_keyboard.Open());

        Assert.Equal([Keys("Mod+K")], book.KeysOf(CommandIds.Palette));
        Assert.DoesNotContain(Keys("Mod+W"), book.KeysOf(CommandIds.Stop));
    }

    [Fact]
    public async Task Plain_keys_can_be_switched_off()
    {
        Assert.True(_book.AllowsPlainKeys);

        await _book.AllowPlainKeysAsync(false, CancellationToken.None);

        Assert.False(_book.AllowsPlainKeys);
        using var after = new ShortcutBook(_keyboard.Open());
        Assert.False(after.AllowsPlainKeys);
    }

    private static Chord Keys(string text) => Chord.TryParse(text)!;
}
