namespace Autocoder.Web.Commands;

/// <summary>Which keys can be a shortcut.</summary>
public static class ChordRules
{
    private static readonly HashSet<string> KeptByBrowser =
    [
        "Mod+T", "Mod+N", "Mod+W", "Mod+Q", "Mod+Tab", "Mod+Shift+T", "Mod+Shift+N", "Mod+Shift+W", "Mod+Shift+Tab", "Alt+F4", "F11",
    ];

    private static readonly HashSet<string> NeededForText =
        ["Mod+C", "Mod+V", "Mod+X", "Mod+A", "Mod+Z", "Mod+Y", "Mod+Shift+Z", "Mod+Shift+V", "Mod+Enter", "Mod+Backspace", "Mod+Delete"];

    private static readonly HashSet<string> NeededForMoving =
    [
        "Enter", "Escape", "Tab", "Space", "Backspace", "Delete", "Home", "End", "PageUp", "PageDown",
        "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight",
    ];

    /// <summary>Why these keys cannot be a shortcut, in words; null when they can.</summary>
    public static string? Refusal(Chord chord)
    {
        ArgumentNullException.ThrowIfNull(chord);
        return chord.ToString() switch
        {
            var text when KeptByBrowser.Contains(text) => "The browser keeps these keys to itself. Choose others.",
            var text when NeededForText.Contains(text) => "These keys are needed for writing. Choose others.",
            _ when NeededForMoving.Contains(chord.Key) && (chord.IsPlain || chord.Key is "Escape" or "Tab") =>
                "This key is needed for moving around the page. Choose another, or hold Ctrl or Alt with it.",
            _ => null,
        };
    }
}
