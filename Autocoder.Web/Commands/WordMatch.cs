namespace Autocoder.Web.Commands;

/// <summary>How well a text fits what somebody typed to find it.</summary>
public static class WordMatch
{
    private const int Begins = 8;
    private const int Contains = 4;
    private const int Spelled = 2;
    private const int Beside = 1;

    /// <summary>
    /// Every word that was typed has to occur: at the beginning of a word best, within one, or with its letters in order in one
    /// word (<c>cnvrs</c> for conversation). Capitals do not matter.
    /// </summary>
    /// <param name="also">Words that stand for the text but are not shown; they count less.</param>
    /// <returns>Zero when it does not fit; more is better.</returns>
    public static int Score(string typed, string text, string also = "")
    {
        ArgumentNullException.ThrowIfNull(typed);
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(also);
        var (shown, hidden) = (Words(text), Words(also));
        var total = 1;
        foreach (var wanted in Words(typed))
        {
            var best = Math.Max(Best(wanted, shown) * 2, Best(wanted, hidden));
            if (best == 0)
            {
                return 0;
            }

            total += best;
        }

        // Of two that fit equally, the one that begins as it was typed, and then the one that says less beside it.
        return (total * 16)
            + (text.StartsWith(typed.Trim(), StringComparison.OrdinalIgnoreCase) ? 8 : 0)
            + Math.Max(0, 7 - shown.Length);
    }

    private static int Best(string wanted, string[] words) => words.Length == 0 ? 0 : words.Max(word => Of(wanted, word));

    private static int Of(string wanted, string word) =>
        word.StartsWith(wanted, StringComparison.OrdinalIgnoreCase) ? Begins + (word.Length == wanted.Length ? Beside : 0)
        : wanted.Length > 1 && word.Contains(wanted, StringComparison.OrdinalIgnoreCase) ? Contains
        : wanted.Length > 1 && IsSpelled(wanted, word) ? Spelled
        : 0;

    // From the first letter on, so that a few letters do not fit everything.
    private static bool IsSpelled(string wanted, string word)
    {
        var at = 0;
        foreach (var letter in word)
        {
            if (at < wanted.Length && char.ToUpperInvariant(letter) == char.ToUpperInvariant(wanted[at]))
            {
                at++;
            }
            else if (at == 0)
            {
                return false;
            }
        }

        return at == wanted.Length;
    }

    private static string[] Words(string text) => text.Split(
        [' ', '\t', '\n', '\r', '/', '\\', '.', ',', ':', ';', '-', '_', '(', ')'], StringSplitOptions.RemoveEmptyEntries);
}
