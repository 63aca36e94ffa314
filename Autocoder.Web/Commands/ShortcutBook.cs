using System.Text.Json;
using Autocoder.Core.Settings;

namespace Autocoder.Web.Commands;

/// <summary>Which keys run which command: the usual ones, and what a person made of them. Kept in the settings. Safe to use from any thread.</summary>
public sealed class ShortcutBook : IDisposable
{
    private readonly SettingsStore _store;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private Page _page;

    /// <summary>Opens it.</summary>
    public ShortcutBook(SettingsStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store;
        _page = Read();
        store.Changed += OnStoreChanged;
    }

    /// <summary>Raised after keys were changed, here or in another tab, on the thread that did it.</summary>
    public event Action? Changed;

    /// <summary>Whether keys that would type something act outside of fields.</summary>
    public bool AllowsPlainKeys => _page.AllowsPlainKeys;

    /// <summary>The keys of a command.</summary>
    public IReadOnlyList<Chord> KeysOf(string commandId) => KeysOf(_page, commandId);

    /// <summary>Whether a command has other keys than usual.</summary>
    public bool IsChanged(string commandId) => _page.Own.ContainsKey(commandId);

    /// <summary>The command these keys run.</summary>
    public Command? UserOf(Chord chord) => UserOf(_page, chord);

    /// <summary>Gives keys to a command, as its only ones, and takes them from whoever had them.</summary>
    /// <exception cref="ArgumentException">These keys cannot be a shortcut, or there is no such command; the message is for the person.</exception>
    /// <exception cref="IOException">The disk refuses; nothing was changed.</exception>
    public Task BindAsync(string commandId, Chord chord, CancellationToken cancellationToken)
    {
        Require(commandId);
        if (ChordRules.Refusal(chord) is { } refusal)
        {
            throw new ArgumentException(refusal, nameof(chord));
        }

        return ChangeAsync(
            page =>
            {
                var own = page.Own.ToDictionary();
                if (UserOf(page, chord) is { } other && other.Id != commandId)
                {
                    own[other.Id] = [.. KeysOf(page, other.Id).Where(key => key != chord)];
                }

                own[commandId] = [chord];
                return own;
            },
            cancellationToken);
    }

    /// <summary>Takes all keys from a command.</summary>
    /// <exception cref="ArgumentException">There is no such command.</exception>
    /// <exception cref="IOException">The disk refuses; nothing was changed.</exception>
    public Task ClearAsync(string commandId, CancellationToken cancellationToken)
    {
        Require(commandId);
        return ChangeAsync(page => With(page.Own, commandId, []), cancellationToken);
    }

    /// <summary>Gives a command its usual keys again, as far as no other command was given them.</summary>
    /// <exception cref="IOException">The disk refuses; nothing was changed.</exception>
    public Task ResetAsync(string commandId, CancellationToken cancellationToken) => ChangeAsync(
        page =>
        {
            var own = page.Own.ToDictionary();
            own.Remove(commandId);
            var usual = CommandCatalog.Find(commandId)?.UsualKeys ?? [];
            var free = usual.Where(key => UserOf(page, key) is not { } user || user.Id == commandId).ToList();
            return free.Count == usual.Count ? own : With(own, commandId, free);
        },
        cancellationToken);

    /// <summary>Gives all commands their usual keys again.</summary>
    /// <exception cref="IOException">The disk refuses; nothing was changed.</exception>
    public Task ResetAllAsync(CancellationToken cancellationToken) => ChangeAsync(_ => [], cancellationToken);

    /// <summary>Lets keys that would type something act outside of fields, or not.</summary>
    /// <exception cref="IOException">The disk refuses; nothing was changed.</exception>
    public Task AllowPlainKeysAsync(bool isAllowed, CancellationToken cancellationToken) =>
        _store.SetAsync(SettingNames.PlainKeys, isAllowed ? "" : "off", cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _store.Changed -= OnStoreChanged;
        _writing.Dispose();
    }

    private static IReadOnlyList<Chord> KeysOf(Page page, string commandId) =>
        page.Own.TryGetValue(commandId, out var own) ? own : CommandCatalog.Find(commandId)?.UsualKeys ?? [];

    private static Command? UserOf(Page page, Chord chord) =>
        CommandCatalog.All.FirstOrDefault(command => KeysOf(page, command.Id).Contains(chord));

    private static Dictionary<string, IReadOnlyList<Chord>> With(
        Dictionary<string, IReadOnlyList<Chord>> own, string commandId, IReadOnlyList<Chord> keys) => new(own) { [commandId] = keys };

    private static void Require(string commandId)
    {
        if (CommandCatalog.Find(commandId) is null)
        {
            throw new ArgumentException($"There is no command “{commandId}”.", nameof(commandId));
        }
    }

    private async Task ChangeAsync(Func<Page, Dictionary<string, IReadOnlyList<Chord>>> change, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var own = change(Read()).ToDictionary(entry => entry.Key, entry => entry.Value.Select(chord => chord.ToString()));
            await _store.SetAsync(SettingNames.Shortcuts, own.Count == 0 ? "" : JsonSerializer.Serialize(own), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }
    }

    private void OnStoreChanged()
    {
        var (before, now) = (_page, Read());
        if (before.Written != now.Written || before.AllowsPlainKeys != now.AllowsPlainKeys)
        {
            _page = now;
            Changed?.Invoke();
        }
    }

    private Page Read()
    {
        var written = _store.Get(SettingNames.Shortcuts).Effective;
        return new Page(written, Parse(written), _store.Get(SettingNames.PlainKeys).Effective != "off");
    }

    // Somebody may have edited the file by hand: what is no command or no key is passed over.
    private static Dictionary<string, IReadOnlyList<Chord>> Parse(string written)
    {
        try
        {
            var read = written.Length == 0 ? [] : JsonSerializer.Deserialize<Dictionary<string, string?[]?>>(written) ?? [];
            return read
                .Where(entry => CommandCatalog.Find(entry.Key) is not null && entry.Value is not null)
                .ToDictionary(
                    entry => entry.Key,
                    IReadOnlyList<Chord> (entry) => [.. entry.Value!.Select(Chord.TryParse).OfType<Chord>().Where(chord => ChordRules.Refusal(chord) is null)]);
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private sealed record Page(string Written, Dictionary<string, IReadOnlyList<Chord>> Own, bool AllowsPlainKeys);
}
