using System.Text.RegularExpressions;

namespace Autocoder.Core.Engines.Models.Offline.Answers;

/// <summary>Compares words the way people mean them: whatever the case, singular or plural, a slip of the finger forgiven.</summary>
internal static partial class Words
{
    private static readonly HashSet<string> Empty = new(StringComparer.OrdinalIgnoreCase)
    {
        "a", "an", "the", "this", "that", "these", "those", "it", "its", "is", "are", "was", "were", "be", "been", "do", "does", "did",
        "doing", "done", "has", "have", "had", "can", "could", "would", "should", "will", "shall", "may", "might", "must", "i", "me",
        "my", "we", "us", "our", "you", "your", "he", "she", "they", "them", "of", "in", "on", "at", "to", "from", "for", "by", "with",
        "about", "into", "and", "or", "not", "no", "but", "if", "then", "than", "so", "as", "there", "here", "what", "which", "who",
        "whom", "whose", "where", "when", "why", "how", "find", "search", "locate", "look", "show", "see", "tell", "give", "list",
        "explain", "describe", "please", "pls", "code", "file", "files", "folder", "project", "app", "application", "codebase", "repo",
        "repository", "place", "line", "lines", "defined", "definition", "declared", "implemented", "implementation", "handled",
        "handle", "handles", "used", "uses", "use", "located", "live", "lives", "work", "works", "happen", "happens", "made", "contain",
        "contains", "all", "any", "some", "just", "also", "called", "named", "function", "class", "method", "anything", "something",
        "exactly", "currently", "actually", "every", "stuff", "thing", "things", "kept", "stored", "written", "come", "comes", "get",
    };

    /// <summary>Whether a word carries meaning in a search.</summary>
    public static bool IsMeaningful(string word) => word.Length > 1 && !Empty.Contains(word) && word.Any(char.IsLetter);

    /// <summary>Equal, or one slip apart from five letters on and two from nine: <c>progess</c> is <c>progress</c>.</summary>
    public static bool Same(string typed, string word)
    {
        if (string.Equals(typed, word, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var allowed = Math.Min(typed.Length, word.Length) switch { < 5 => 0, < 9 => 1, _ => 2 };
        return allowed > 0
            && char.ToLowerInvariant(typed[0]) == char.ToLowerInvariant(word[0])
            && Distance(typed.ToLowerInvariant(), word.ToLowerInvariant(), allowed) <= allowed;
    }

    /// <summary>The part of a word that its forms share: <c>handlers</c> → <c>handler</c>, <c>categories</c> → <c>categor</c>.</summary>
    public static string Stem(string word) => word.ToLowerInvariant() switch
    {
        { Length: > 5 } lower when lower.EndsWith("ies", StringComparison.Ordinal) => lower[..^3],
        { Length: > 4 } lower when lower.EndsWith('y') && !IsVowel(lower[^2]) => lower[..^1],
        { Length: > 6 } lower when lower.EndsWith("ing", StringComparison.Ordinal) => lower[..^3],
        { Length: > 4 } lower when lower.EndsWith("ed", StringComparison.Ordinal) && !lower.EndsWith("eed", StringComparison.Ordinal) => lower[..^2],
        { Length: > 4 } lower when EndsInEs(lower) => lower[..^2],
        { Length: > 3 } lower when lower.EndsWith('s') && !lower.EndsWith("ss", StringComparison.Ordinal) && !lower.EndsWith("us", StringComparison.Ordinal) => lower[..^1],
        var lower => lower,
    };

    /// <summary>The words inside a name: <c>TodoListView</c>, <c>todo_list</c> and <c>todo-list.ts</c> come apart.</summary>
    public static IReadOnlyList<string> Inside(string name) =>
        [.. PartPattern().Matches(name).Select(match => match.Value.ToLowerInvariant())];

    /// <summary>Whether a token is written like a name in code rather than like a word: <c>TodoList</c>, <c>get_all</c>.</summary>
    public static bool IsName(string token) => NamePattern().IsMatch(token);

    /// <summary>Whether a token is written like a file: a slash, or an extension that begins with a letter.</summary>
    public static bool IsPath(string token) => PathPattern().IsMatch(token) && !token.Contains("://", StringComparison.Ordinal);

    /// <summary>Optimal string alignment: insert, delete, replace, or swap neighbours. Stops counting above <paramref name="most"/>.</summary>
    internal static int Distance(string left, string right, int most)
    {
        if (Math.Abs(left.Length - right.Length) > most)
        {
            return most + 1;
        }

        var (before, last, row) = (new int[right.Length + 1], Enumerable.Range(0, right.Length + 1).ToArray(), new int[right.Length + 1]);
        for (var i = 1; i <= left.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var cost = left[i - 1] == right[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(last[j] + 1, row[j - 1] + 1), last[j - 1] + cost);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }

            (before, last, row) = (last, row, before);
        }

        return last[right.Length];
    }

    private static bool EndsInEs(string word) =>
        word.EndsWith("ches", StringComparison.Ordinal) || word.EndsWith("shes", StringComparison.Ordinal)
        || word.EndsWith("sses", StringComparison.Ordinal) || word.EndsWith("xes", StringComparison.Ordinal);

    private static bool IsVowel(char letter) => letter is 'a' or 'e' or 'i' or 'o' or 'u';

    [GeneratedRegex(@"\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{L}+|\d+", RegexOptions.CultureInvariant)]
    private static partial Regex PartPattern();

    [GeneratedRegex(@"\A(?=.*\p{L})(\p{L}\w*(_\w+)+|\p{Ll}+\p{Lu}\w*|\p{Lu}\p{Ll}+\p{Lu}\w*|\p{Lu}{2,}\p{Ll}\w*|I\p{Lu}\p{Ll}\w*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"\A\.?[\w@+-][\w@.+-]*(/[\w@.+-]+)+/?\z|\A[\w@+-]*[\w@+-]\.[A-Za-z][\w]{0,9}\z|\A\.[A-Za-z][\w.-]+\z|\A[\w@+.-]+\.[A-Za-z]\w{0,9}\z", RegexOptions.CultureInvariant)]
    private static partial Regex PathPattern();
}
