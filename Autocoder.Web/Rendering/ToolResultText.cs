namespace Autocoder.Web.Rendering;

/// <summary>The beginning of a long text, by whole lines.</summary>
/// <param name="Shown">What is shown first.</param>
/// <param name="Lines">How many lines all of it has.</param>
/// <param name="IsCut">Whether there is more.</param>
public sealed record ToolResultText(string Shown, int Lines, bool IsCut)
{
    /// <summary>Lines that are shown before somebody asks for all.</summary>
    public const int MostLines = 200;

    private const int MostCharacters = 40_000;

    /// <summary>Cuts a text for showing.</summary>
    public static ToolResultText Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = text.AsSpan().Count('\n') + (text.Length > 0 && text[^1] != '\n' ? 1 : 0);
        var end = 0;
        for (var line = 0; line < MostLines && end < text.Length; line++)
        {
            var next = text.IndexOf('\n', end);
            end = next < 0 ? text.Length : next + 1;
        }

        end = Math.Min(end, MostCharacters);
        if (end > 0 && end < text.Length && char.IsHighSurrogate(text[end - 1]))
        {
            end--;
        }

        return new ToolResultText(text[..end], lines, end < text.Length);
    }
}
