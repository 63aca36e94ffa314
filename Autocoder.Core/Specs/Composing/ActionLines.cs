using System.Text.RegularExpressions;
using Autocoder.Core.Specs.Interviews;

namespace Autocoder.Core.Specs.Composing;

/// <summary>Reads what people want to do, one thing a line, and leaves out what the plan holds already.</summary>
internal static partial class ActionLines
{
    private static readonly string[] CrudVerbs =
        ["add", "create", "new", "make", "edit", "change", "update", "rename", "delete", "remove", "see", "view", "list", "open", "show", "manage"];

    /// <summary>The lines that are something of their own, each with a key that does not depend on the others.</summary>
    public static IEnumerable<(string Line, string Key)> Read(PlanContext context, string questionId)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in context.Answers.Lines(questionId))
        {
            var key = Key(line);
            if (key.Length > 0 && !IsCovered(context, AsVerb(line).ToLowerInvariant()) && seen.Add(key))
            {
                yield return (line, key);
            }
        }
    }

    /// <summary>Takes off what stands before the verb: <c>Users can mark …</c> becomes <c>mark …</c>.</summary>
    public static string AsVerb(string line)
    {
        var act = Subject().Replace(line.Trim(), "");
        return act.Length == 0 ? line : char.ToLowerInvariant(act[0]) + act[1..];
    }

    private static bool IsCovered(PlanContext context, string act)
    {
        var words = act.Split([' ', ',', '.', '\'', '"'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
        {
            return true;
        }

        var answers = context.Answers;
        return (IsThing(context, words) && CrudVerbs.Contains(words[0]))
            || (words[0] is "mark" or "tick" or "check" && context.Entities.Any(entity => entity.Own.Any(field =>
                FieldFeatures.IsDone(field) && words.Any(word => Noun.From(word).Singular == entity.Noun.Singular) && words.Contains(field.Name))))
            || (answers.HasSharing && words[0] is "share" or "invite" && answers.HasSharing && words.Length <= 7)
            || (answers.Chose(QuestionIds.Basics, "search") && words[0] is "search" or "find" && answers.Chose(QuestionIds.Basics, "search") && words.Length <= 5)
            || (answers.HasAccounts && Login().IsMatch(act));
    }

    // "add items" is covered, "add items from a photo of the receipt" is not.
    private static bool IsThing(PlanContext context, string[] words)
    {
        var rest = string.Join(' ', words.Skip(1).Where(word => word is not ("a" or "an" or "the" or "their" or "my" or "all" or "new" or "existing" or "and" or "own")
            && !CrudVerbs.Contains(word)));
        var nouns = context.Entities.Select(entity => entity.Noun).ToList();
        return rest.Length > 0 && nouns.Any(noun => noun.Singular == Noun.From(rest).Singular);
    }

    private static string Key(string line)
    {
        var key = Noun.SnakeCase(AsVerb(line));
        return key == "thing" ? "" : key.Length <= 60 ? key : key[..60];
    }

    [GeneratedRegex(@"^(?:(?:the\s+|a\s+|an\s+)?(?:users?|people|person|visitors?|customers?|players?|they|you|we|i|everyone|everybody)\s+(?:can|could|should(?: be able to)?|must|want(?:s)? to|may|will|are able to)\s+|(?:be able to|can|to|ability to)\s+)", RegexOptions.IgnoreCase)]
    private static partial Regex Subject();

    [GeneratedRegex(@"^(?:sign|log)[ -]?(?:in|up|out|on)\b|^(?:register|create an account|reset)\b")]
    private static partial Regex Login();
}
