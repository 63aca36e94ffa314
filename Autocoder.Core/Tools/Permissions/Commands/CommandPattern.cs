using Autocoder.Core.Tools.Permissions.Commands.Grammar;

namespace Autocoder.Core.Tools.Permissions.Commands;

/// <summary>
/// Compares commands with rules word by word: <c>dotnet test **</c>. A <c>*</c> stands for any letters within one word, <c>**</c> as the
/// last word for any words. What is quoted stands for itself. Pure.
/// </summary>
internal static class CommandPattern
{
    /// <param name="words">The words of the command; null for one that is known only when it runs.</param>
    public static bool Matches(string pattern, IReadOnlyList<string?> words, bool ignoreCase)
    {
        if (pattern == "**")
        {
            return true;
        }

        if (Read(pattern) is not { } parts)
        {
            return false;
        }

        var isOpen = parts is [.., "**"];
        var fixedParts = isOpen ? parts[..^1] : parts;
        return (isOpen ? words.Count >= fixedParts.Count : words.Count == fixedParts.Count)
            && fixedParts.Index().All(part => words[part.Index] is { } word && MatchesWord(part.Item, word, ignoreCase));
    }

    /// <summary>The words of a rule, for comparing it with a wider one; null when it is more than one command.</summary>
    public static IReadOnlyList<string?>? WordsOf(string pattern) => Read(pattern);

    // A star that was quoted comes back with a mark before it, which no command can have.
    private const char Quoted = '\u0001';

    private static bool MatchesWord(string part, string word, bool ignoreCase)
    {
        // Slashes have no meaning in the words of a command: the first ** also passes them.
        var open = part.Replace($"{Quoted}*", "\u0002", StringComparison.Ordinal).Replace("**", "*", StringComparison.Ordinal).Replace("*", "**", StringComparison.Ordinal);
        return PermissionPattern.MatchesResource(open, word.Replace('*', '\u0002'), ignoreCase);
    }

    private static List<string>? Read(string pattern)
    {
        if (CommandReading.Of(pattern).Script is not { Pipelines: [{ InBackground: false, Commands: [SimpleCommand { Assignments: [], Redirections: [], Words: { Count: > 0 } words }] }] })
        {
            return null;
        }

        var parts = new List<string>();
        foreach (var word in words)
        {
            if (!word.Parts.All(part => part is TextPart))
            {
                return null;
            }

            parts.Add(string.Concat(word.Parts.OfType<TextPart>().Select(part =>
                part.IsQuoted ? part.Text.Replace("*", $"{Quoted}*", StringComparison.Ordinal) : part.Text)));
        }

        return parts;
    }
}
