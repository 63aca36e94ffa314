using System.Text;

namespace Autocoder.Core.Persistence.Conversations;

/// <summary>What a person types into a search, as a query of SQLite's FTS5.</summary>
/// <remarks>Each word becomes a quoted string, so nothing of FTS5's query language can be typed: https://www.sqlite.org/fts5.html, part 3.</remarks>
internal static class SearchQuery
{
    private const int MaxWords = 16;
    private const int MaxLength = 400;

    /// <summary>The query; null when there is nothing to search for.</summary>
    public static string? Of(string words)
    {
        var terms = Terms(words.Length > MaxLength ? words[..MaxLength] : words).Take(MaxWords).ToList();

        // A word that may still be typed matches what begins with it; one that was finished by a quotation mark is finished.
        return terms.Count == 0
            ? null
            : string.Join(' ', terms.Select(term => $"\"{term.Text}\"{(term.IsPhrase ? "" : "*")}"));
    }

    private static IEnumerable<(string Text, bool IsPhrase)> Terms(string words)
    {
        var parts = words.Split('"');
        for (var index = 0; index < parts.Length; index++)
        {
            // Between two marks; an opening mark without its other half is a word boundary like any other sign.
            var isPhrase = index % 2 == 1 && index < parts.Length - 1;
            var spoken = Words(parts[index]).ToList();
            if (isPhrase && spoken.Count > 0)
            {
                yield return (string.Join(' ', spoken), true);
                continue;
            }

            foreach (var word in isPhrase ? [] : spoken)
            {
                yield return (word, false);
            }
        }
    }

    // What FTS5's unicode61 takes for a separator is one here too, so that a term is never empty for it.
    private static IEnumerable<string> Words(string text)
    {
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.PrivateUse)
            {
                word.Append(rune.ToString());
            }
            else if (word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
        }

        if (word.Length > 0)
        {
            yield return word.ToString();
        }
    }
}
