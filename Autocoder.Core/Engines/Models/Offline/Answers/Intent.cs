using System.Globalization;
using System.Text.RegularExpressions;
using Autocoder.Core.Assistant;
using Autocoder.Core.Engines.Models.Offline.Looking;

namespace Autocoder.Core.Engines.Models.Offline.Answers;

/// <summary>What a person wants to know.</summary>
/// <param name="Announcement">What is said before the first look.</param>
/// <param name="Answer">The answer in Markdown; null while it waits for a look.</param>
internal sealed partial record Intent(string Announcement, Func<Lookups, string?> Answer)
{
    /// <summary>Reads the question. The first rule that fits wins, so the narrow ones come first.</summary>
    public static Intent Of(Asked asked, IReadOnlyList<ModelMessage> earlier)
    {
        if (IsGreeting(asked))
        {
            return new Intent("", _ => HelpAnswer.Write());
        }

        if (FeaturePattern().Match(asked.Text) is { Success: true } feature
            && int.TryParse(feature.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return new Intent($"I'll look up feature {number}.", lookups => FeatureAnswer.One(lookups, number));
        }

        if (WantsFeatures(asked))
        {
            return new Intent("I'll look at the backlog.", FeatureAnswer.All);
        }

        if (WantsExplanation(asked) && FileIn(asked, earlier) is { } file)
        {
            return new Intent($"I'll read {Markdown.Span(file)}.", lookups => FileAnswer.Write(lookups, file));
        }

        if (WantsPlace(asked))
        {
            return Search(asked);
        }

        if (WantsProgress(asked))
        {
            return new Intent("I'll look at the backlog.", ProgressAnswer.Write);
        }

        if (WantsOverview(asked))
        {
            return new Intent("I'll look at the files, the specification and the backlog.", OverviewAnswer.Write);
        }

        if (WantsExplanation(asked) && (asked.Names.Count > 0 || asked.Quoted.Count > 0))
        {
            return Search(asked);
        }

        return Fallback(asked);
    }

    private static Intent Search(Asked asked)
    {
        var query = SearchQuery.Of(asked);
        return query.IsEmpty
            ? new Intent("", _ => "What shall I look for? For example: `where is the login?`, `find \"TODO\"`, `where is TodoList defined?`")
            : new Intent($"I'll look for {query.Words}.", lookups => FindAnswer.Write(lookups, query));
    }

    private static Intent Fallback(Asked asked)
    {
        const string Honest = "I work by rules, without a language model, so I cannot reason about this question. ";
        var query = SearchQuery.Of(asked);
        return query.IsEmpty
            ? new Intent("", _ => Honest + "\n\n" + HelpAnswer.Abilities)
            : new Intent(
                $"{Honest}What I can do is look for its words: {query.Words}.",
                lookups => FindAnswer.Write(lookups, query) is { } found ? $"{found}\n\n{HelpAnswer.Abilities}" : null);
    }

    private static bool IsGreeting(Asked asked) =>
        asked.Tokens.Count == 0
        || (asked.Begins("hi", "hello", "hey", "hallo", "thanks", "thank", "moin") && asked.Tokens.Count <= 4)
        || (asked.Tokens.Count <= 2 && asked.Has("help"))
        || asked.HasPhrase("what can you do") || asked.HasPhrase("who are you") || asked.HasPhrase("how can you help");

    private static bool WantsFeatures(Asked asked) =>
        asked.Has("features", "backlog")
        && (asked.Begins("list", "show", "which", "features", "backlog") || asked.Has("all") || asked.HasPhrase("what features")
            || asked.HasPhrase("what are the features"))
        && !asked.Has("next", "done", "finished", "left", "remaining", "ready", "blocked", "passing");

    private static bool WantsPlace(Asked asked) =>
        (asked.Begins("where", "find", "search", "locate", "grep")
            || asked.HasPhrase("look for") || asked.HasPhrase("which file") || asked.HasPhrase("which files")
            || asked.HasPhrase("who uses") || asked.HasPhrase("where is") || asked.HasPhrase("where are") || asked.HasPhrase("where do"))
        && !asked.HasPhrase("where are we") && !asked.HasPhrase("where do we stand") && !asked.HasPhrase("find out how far");

    private static bool WantsProgress(Asked asked) =>
        asked.HasPhrase("how far") || asked.HasPhrase("where are we") || asked.HasPhrase("where do we stand")
        || asked.HasPhrase("what is done") || asked.HasPhrase("is done") || asked.HasPhrase("what is next") || asked.HasPhrase("comes next")
        || asked.HasPhrase("to do next") || asked.HasPhrase("how much") || asked.HasPhrase("how many features")
        || asked.Has("progress", "percentage", "remaining", "blocked")
        || (asked.Has("status", "finished", "complete", "completed", "next", "left", "done", "ready") && asked.Tokens.Count <= 8);

    private static bool WantsOverview(Asked asked) =>
        asked.Has("overview", "summary", "summarise", "summarize", "architecture", "technologies", "technology", "dependencies")
        || asked.HasPhrase("tech stack") || asked.HasPhrase("entry points") || asked.HasPhrase("entry point") || asked.HasPhrase("the stack")
        || asked.HasPhrase("which languages") || asked.HasPhrase("what languages")
        || ((asked.HasPhrase("what is") || asked.HasPhrase("about") || asked.Begins("explain", "describe", "introduce"))
            && asked.Has("project", "app", "application", "codebase", "repository", "repo") && asked.Subject.Count <= 1);

    private static bool WantsExplanation(Asked asked) =>
        asked.Has("explain", "describe", "summarise", "summarize", "outline")
        || asked.HasPhrase("what does") || asked.HasPhrase("what do") || asked.HasPhrase("what is") || asked.HasPhrase("how does")
        || asked.Begins("read", "open", "show", "what")
        || (asked.Paths.Count == 1 && asked.Tokens.Count == 1);

    private static string? FileIn(Asked asked, IReadOnlyList<ModelMessage> earlier)
    {
        if (asked.Paths.Count > 0)
        {
            return asked.Paths[0];
        }

        // "what does it do?" after an answer: the file that the answer named first.
        return asked.Has("it", "file") && asked.Subject.Count == 0
            ? earlier.Reverse()
                .Where(message => message.Role is ModelRole.Assistant)
                .Select(message => CitationParser.Parse(message.PlainText).Select(citation => citation.Path).FirstOrDefault())
                .FirstOrDefault(path => path is not null)
            : null;
    }

    [GeneratedRegex(@"\bfeature\s*(no\.?|number|#)?\s*#?(?<number>\d{1,6})\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex FeaturePattern();
}
