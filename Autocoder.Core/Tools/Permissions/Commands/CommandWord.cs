using Autocoder.Core.Tools.Permissions.Commands.Grammar;

namespace Autocoder.Core.Tools.Permissions.Commands;

/// <summary>One word a command is given.</summary>
/// <param name="Text">What it is for sure; null when that is known only when it runs.</param>
/// <param name="Likely">What it is if the variables of the line have the values they were given there; null when not even that is known.</param>
/// <param name="HasPattern">Whether it stands for names of files.</param>
/// <param name="IsHome">Whether it begins at somebody's home.</param>
internal sealed record CommandWord(string? Text, string? Likely, bool HasPattern, bool IsHome, string Source)
{
    /// <summary>Its text when it is just this text; else null.</summary>
    public string? Fixed => HasPattern || IsHome ? null : Text;

    /// <summary>As rules and people read it: quoted where the shell would make something else of it.</summary>
    public string Shown => Fixed is { } text ? Quote(text) : Source;

    /// <summary>What a word becomes: one word, or several where it has choices in braces.</summary>
    public static IEnumerable<CommandWord> Of(Word word, IReadOnlyDictionary<string, string?> variables)
    {
        if (WordValues.Certain(word) is { } certain)
        {
            return certain.Select(value => new CommandWord(value.Text, value.Text, value.HasPattern, value.IsHome, certain.Count == 1 ? word.Source : value.Text));
        }

        return WordValues.Likely(word, variables) is { } likely
            ? likely.Select(value => new CommandWord(null, value.Text, value.HasPattern, value.IsHome, word.Source))
            : [new CommandWord(null, null, HasPattern: false, IsHome: false, word.Source)];
    }

    private static string Quote(string text) =>
        text.Length > 0 && text.All(character => char.IsAsciiLetterOrDigit(character) || "-_./:=@%+,^".Contains(character, StringComparison.Ordinal))
            ? text
            : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
