namespace Autocoder.Web.Commands;

/// <summary>Keys pressed together, written as <c>Mod+Shift+O</c>: Mod is Ctrl, and ⌘ on a Mac.</summary>
/// <remarks>The browser writes them the same way (<c>js/chord.js</c>): modifiers in one order, letters as capitals, other signs without Shift.</remarks>
public sealed record Chord
{
    private static readonly string[] Modifiers = ["Mod", "Ctrl", "Alt", "Shift"];

    private static readonly HashSet<string> NamedKeys =
    [
        "Enter", "Escape", "Tab", "Space", "Backspace", "Delete", "Insert", "Home", "End", "PageUp", "PageDown",
        "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", .. Enumerable.Range(1, 12).Select(number => $"F{number}"),
    ];

    private readonly string[] _held;

    private Chord(string[] held, string key) => (_held, Key) = (held, key);

    /// <summary>The key itself.</summary>
    public string Key { get; }

    /// <summary>Whether it types something by itself, so that it may not act while somebody writes.</summary>
    public bool IsPlain => !_held.Any(modifier => modifier is not "Shift");

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <returns>Null for anything else.</returns>
    public static Chord? TryParse(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var (held, rest) = (new List<string>(), text);
        foreach (var modifier in Modifiers)
        {
            if (rest.Length > modifier.Length + 1 && rest.StartsWith($"{modifier}+", StringComparison.Ordinal))
            {
                held.Add(modifier);
                rest = rest[(modifier.Length + 1)..];
            }
        }

        var isSign = rest.Length == 1 && rest[0] > ' ' && !char.IsControl(rest[0]) && !char.IsSurrogate(rest[0]);
        return NamedKeys.Contains(rest) || (isSign && !char.IsLower(rest[0])) ? new Chord([.. held], rest) : null;
    }

    /// <summary>What stands on the keys, in the order they are pressed.</summary>
    public IReadOnlyList<string> Caps(bool isMac) => [.. _held.Append(Key).Select(part => Cap(part, isMac))];

    /// <summary>As it is said in a sentence: <c>Ctrl+Shift+O</c>.</summary>
    public string Say(bool isMac) => string.Join(isMac ? " " : "+", Caps(isMac));

    /// <inheritdoc/>
    public bool Equals(Chord? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());

    /// <inheritdoc/>
    public override string ToString() => string.Concat(_held.Select(modifier => modifier + "+")) + Key;

    private static string Cap(string part, bool isMac) => (part, isMac) switch
    {
        ("Mod", true) => "⌘",
        ("Mod", false) => "Ctrl",
        ("Ctrl", true) => "⌃",
        ("Alt", true) => "⌥",
        ("Shift", true) => "⇧",
        ("ArrowUp", _) => "↑",
        ("ArrowDown", _) => "↓",
        ("ArrowLeft", _) => "←",
        ("ArrowRight", _) => "→",
        ("Escape", _) => "Esc",
        _ => part,
    };
}
