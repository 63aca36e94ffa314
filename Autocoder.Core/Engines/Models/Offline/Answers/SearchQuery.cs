namespace Autocoder.Core.Engines.Models.Offline.Answers;

/// <summary>What is searched for: phrases as they stand, and words in all their forms.</summary>
internal sealed class SearchQuery
{
    private const int MostTerms = 5;

    private SearchQuery(IReadOnlyList<SearchTerm> terms) => Terms = terms;

    public IReadOnlyList<SearchTerm> Terms { get; }

    public bool IsEmpty => Terms.Count == 0;

    /// <summary>The terms for a sentence: `a`, `b`.</summary>
    public string Words => string.Join(", ", Terms.Select(term => Markdown.Span(term.Text)));

    /// <summary>The terms that occur in a text, for a sentence.</summary>
    public string WordsIn(string text) =>
        string.Join(", ", Terms.Where(term => term.IsIn(text)).Select(term => Markdown.Span(term.Text)));

    /// <summary>A regular expression that finds any term.</summary>
    public string Pattern => string.Join('|', Terms.Select(term => term.Pattern).Distinct());

    /// <summary>What a person put in quotes, else names and paths, else the words that carry meaning.</summary>
    public static SearchQuery Of(Asked asked)
    {
        var texts = asked.Quoted.Count > 0 ? asked.Quoted
            : asked.Names.Count + asked.Paths.Count > 0 ? [.. asked.Names, .. asked.Paths]
            : asked.Subject;
        return new SearchQuery([.. texts.Take(MostTerms).Select(SearchTerm.Of)]);
    }

    /// <summary>The same query with some words replaced by what was probably meant.</summary>
    public SearchQuery Corrected(IReadOnlyDictionary<string, string> corrections) =>
        new([.. Terms.Select(term => corrections.TryGetValue(term.Text, out var right) ? SearchTerm.Of(right) : term)]);
}
