using System.Text.RegularExpressions;

namespace Autocoder.Core.Engines.Models.Offline.Answers;

/// <summary>A person's question, taken apart.</summary>
internal sealed partial class Asked
{
    private const int LongestQuestion = 2000;

    public Asked(string prompt)
    {
        // Beyond this it is a paste; its beginning is what can be understood by rules.
        Text = (prompt.Length > LongestQuestion ? prompt[..LongestQuestion] : prompt).Trim();
        Quoted = [.. QuotePattern().Matches(Text)
            .Select(match => match.Groups["text"].Value.Trim())
            .Where(text => text.Length is > 1 and <= 200)
            .Distinct()];
        Tokens = [.. TokenPattern().Matches(Text.Replace("what's", "what is", StringComparison.OrdinalIgnoreCase)
                .Replace("where's", "where is", StringComparison.OrdinalIgnoreCase))
            .Select(match => match.Value.TrimEnd('.', '-', ':', '/'))
            .Where(token => token.Length > 0)];
        Paths = [.. Quoted.Concat(Tokens).Where(Words.IsPath).Distinct()];
        Names = [.. Tokens.Where(token => Words.IsName(token) && !Words.IsPath(token)).Distinct()];
    }

    public string Text { get; }

    /// <summary>What stands in quotes or back-ticks.</summary>
    public IReadOnlyList<string> Quoted { get; }

    public IReadOnlyList<string> Tokens { get; }

    /// <summary>What is written like a file.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>What is written like a name in code.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The words that carry meaning, in their order, at most six.</summary>
    public IReadOnlyList<string> Subject =>
        [.. Tokens.Where(Words.IsMeaningful).Distinct(StringComparer.OrdinalIgnoreCase).Take(6)];

    /// <summary>Whether any of the words occurs, slips forgiven.</summary>
    public bool Has(params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            foreach (var token in Tokens)
            {
                if (Words.Same(token, word))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Whether these words follow each other somewhere, slips forgiven.</summary>
    public bool HasPhrase(string phrase)
    {
        var words = phrase.Split(' ');
        return Enumerable.Range(0, Math.Max(0, Tokens.Count - words.Length + 1))
            .Any(start => words.Index().All(word => Words.Same(Tokens[start + word.Index], word.Item)));
    }

    /// <summary>Whether the question begins with one of the words.</summary>
    public bool Begins(params string[] words) => Tokens.Count > 0 && words.Any(word => Words.Same(Tokens[0], word));

    [GeneratedRegex("`(?<text>[^`\\n]+)`|\"(?<text>[^\"\\n]+)\"|“(?<text>[^”\\n]+)”|(?<!\\w)'(?<text>[^'\\n]+)'(?!\\w)", RegexOptions.CultureInvariant)]
    private static partial Regex QuotePattern();

    [GeneratedRegex(@"[\p{L}\p{N}_.@#/+-]+", RegexOptions.CultureInvariant)]
    private static partial Regex TokenPattern();
}
