using System.Globalization;

namespace Autocoder.Core.Tools.Files;

/// <summary>An exact replacement in a text. Pure.</summary>
/// <param name="Text">The text after it; null when it cannot be made.</param>
/// <param name="Places">The lines on which a replaced piece began, from 1.</param>
/// <param name="Problem">Why it cannot be made, in words; null when it can.</param>
public sealed record TextEdit(string? Text, IReadOnlyList<int> Places, string? Problem)
{
    private const int MaxPlaces = 10;
    private const int MaxLine = 120;

    /// <summary>Replaces a piece that stands in the text once, or everywhere it stands.</summary>
    /// <remarks>In a text with Windows line ends, a piece that is given with plain ones is taken to mean those of the text.</remarks>
    public static TextEdit Of(string text, string oldText, string newText, bool everywhere)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentException.ThrowIfNullOrEmpty(oldText);
        ArgumentNullException.ThrowIfNull(newText);
        if (oldText == newText)
        {
            return Refused("old_text and new_text are the same, so there is nothing to change.");
        }

        var starts = StartsOf(text, oldText);
        if (starts.Count == 0 && text.Contains("\r\n", StringComparison.Ordinal) && !oldText.Contains('\r', StringComparison.Ordinal))
        {
            (oldText, newText) = (ToWindows(oldText), ToWindows(newText));
            starts = StartsOf(text, oldText);
        }

        return starts.Count switch
        {
            0 => Refused($"old_text does not stand in the file. {Nearest(text, oldText)}"),
            > 1 when !everywhere => Refused(
                $"old_text stands in the file {starts.Count} times, on lines {LinesOf(text, starts)}. Give more of the lines around the one you mean, or set replace_all."),
            _ => new TextEdit(text.Replace(oldText, newText, StringComparison.Ordinal), [.. starts.Select(start => LineOf(text, start))], null),
        };
    }

    private static TextEdit Refused(string problem) => new(null, [], problem);

    // As Replace finds them: the next one begins after the end of the last.
    private static List<int> StartsOf(string text, string piece)
    {
        var starts = new List<int>();
        for (var at = text.IndexOf(piece, StringComparison.Ordinal); at >= 0; at = text.IndexOf(piece, at + piece.Length, StringComparison.Ordinal))
        {
            starts.Add(at);
        }

        return starts;
    }

    private static string ToWindows(string text) => text.ReplaceLineEndings("\n").Replace("\n", "\r\n", StringComparison.Ordinal);

    private static int LineOf(string text, int at) => 1 + text.AsSpan(0, at).Count('\n');

    private static string LinesOf(string text, List<int> starts) =>
        string.Join(", ", starts.Take(MaxPlaces).Select(start => LineOf(text, start).ToString(CultureInfo.InvariantCulture)))
        + (starts.Count > MaxPlaces ? " and more" : "");

    private static string Nearest(string text, string piece)
    {
        var first = piece.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0);
        var number = 0;
        foreach (var range in first is null ? [] : TextLines.Of(text).ToList())
        {
            number++;
            if (text[range].Trim() == first)
            {
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"Its first line stands on line {number}, with other spaces or another line after it: {ToolText.Line(text[range], MaxLine)}. Read the file again and copy the text as it is.");
            }
        }

        return "Read the file again and copy the text as it is, with its spaces.";
    }
}
