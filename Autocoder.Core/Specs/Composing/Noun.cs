using System.Collections.Frozen;

namespace Autocoder.Core.Specs.Composing;

/// <summary>A thing by name, as one and as many: <c>shopping list</c>, <c>shopping lists</c>.</summary>
internal sealed record Noun(string Singular, string Plural)
{
    private static readonly FrozenDictionary<string, string> Irregular = new Dictionary<string, string>
    {
        ["people"] = "person",
        ["children"] = "child",
        ["men"] = "man",
        ["women"] = "woman",
        ["feet"] = "foot",
        ["mice"] = "mouse",
        ["quizzes"] = "quiz",
        ["indices"] = "index",
        ["criteria"] = "criterion",
        ["leaves"] = "leaf",
        ["shelves"] = "shelf",
        ["wolves"] = "wolf",
        ["lives"] = "life",
        ["movies"] = "movie",
        ["cookies"] = "cookie",
        ["buses"] = "bus",
        ["bonuses"] = "bonus",
        ["statuses"] = "status",
        ["analyses"] = "analysis",
        ["heroes"] = "hero",
        ["photos"] = "photo",
        ["shoes"] = "shoe",
        ["to-dos"] = "to-do",
        ["todos"] = "todo",
        ["caches"] = "cache",
        ["ties"] = "tie",
        ["pies"] = "pie",
        ["zombies"] = "zombie",
        ["calories"] = "calorie",
    }.ToFrozenDictionary();

    private static readonly FrozenSet<string> Uncountable = new[]
    {
        "news", "series", "species", "equipment", "information", "stock", "inventory", "data", "media", "software",
        "money", "feedback", "staff", "music", "furniture", "luggage", "homework",
    }.ToFrozenSet();

    /// <summary>With the first letter in upper case: <c>Shopping lists</c>.</summary>
    public string Title => Capitalize(Plural);

    /// <summary>With its article: <c>an item</c>.</summary>
    public string A => Article(Singular) + " " + Singular;

    /// <summary>What addresses and tables call many of it: <c>shopping_lists</c>.</summary>
    public string Identifier => SnakeCase(Plural);

    /// <summary>What a column calls one of it: <c>shopping_list</c>.</summary>
    public string Key => SnakeCase(Singular);

    /// <summary>Takes either form and finds the other.</summary>
    public static Noun From(string text)
    {
        var words = text.Trim().ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
        {
            return new Noun("thing", "things");
        }

        var head = string.Join(' ', words[..^1]);
        var singular = One(words[^1]);
        var space = head.Length > 0 ? " " : "";
        return new Noun(head + space + singular, head + space + Many(singular));
    }

    public static string Capitalize(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    public static string Article(string text) =>
        text.Length > 0 && "aeio".Contains(char.ToLowerInvariant(text[0])) && !text.StartsWith("one", StringComparison.Ordinal)
            ? "an"
            : text.StartsWith("hour", StringComparison.Ordinal) || text.StartsWith("unex", StringComparison.Ordinal)
                || text.StartsWith("upd", StringComparison.Ordinal) || text.StartsWith("upl", StringComparison.Ordinal) ? "an" : "a";

    /// <summary>Letters and digits in lower case, everything else as one underscore; never empty.</summary>
    public static string SnakeCase(string text)
    {
        var parts = string.Concat(text.Select(character => char.IsLetterOrDigit(character) ? char.ToLowerInvariant(character) : ' '))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var name = string.Join('_', parts);
        return name.Length == 0 ? "thing" : char.IsDigit(name[0]) ? "n_" + name : name;
    }

    private static string One(string word)
    {
        if (Irregular.TryGetValue(word, out var irregular))
        {
            return irregular;
        }

        bool Ends(string ending) => word.EndsWith(ending, StringComparison.Ordinal);
        return Uncountable.Contains(word) || word.Length < 4 || Ends("ss") || Ends("us") || Ends("is") || !Ends("s") ? word
            : Ends("ies") ? word[..^3] + "y"
            : Ends("sses") || Ends("xes") || Ends("zes") || Ends("ches") || Ends("shes") ? word[..^2]
            : word[..^1];
    }

    private static string Many(string word)
    {
        foreach (var (plural, singular) in Irregular)
        {
            if (singular == word)
            {
                return plural;
            }
        }

        bool Ends(string ending) => word.EndsWith(ending, StringComparison.Ordinal);
        return Uncountable.Contains(word) ? word
            : Ends("y") && word.Length > 1 && !"aeiou".Contains(word[^2]) ? word[..^1] + "ies"
            : Ends("s") || Ends("x") || Ends("z") || Ends("ch") || Ends("sh") ? word + "es"
            : word + "s";
    }
}
