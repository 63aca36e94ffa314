namespace Autocoder.Web.Commands;

/// <summary>A command as somebody writes it into a composer: <c>/find tax</c>.</summary>
/// <param name="Words">What stands after the word; empty for nothing.</param>
public sealed record SlashLine(Command Command, string Words)
{
    /// <summary>Reads a text.</summary>
    /// <returns>Null for a message: it begins with something else (a space is enough), names no command, or has words the command does not take.</returns>
    public static SlashLine? Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.StartsWith('/'))
        {
            return null;
        }

        var end = text.AsSpan().IndexOfAny(" \t\r\n");
        var word = end < 0 ? text[1..] : text[1..end];
        var words = end < 0 ? "" : text[end..].Trim();
        return CommandCatalog.All.FirstOrDefault(command => string.Equals(command.Slash, word, StringComparison.OrdinalIgnoreCase)) is { } command
            && (words.Length == 0 || command.SlashWords is not null) ? new SlashLine(command, words) : null;
    }
}
