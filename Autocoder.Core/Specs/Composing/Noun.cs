using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Autocoder.Core.Specs.Composing;

/// <summary>A thing by name, as one and as many: <c>shopping list</c>, <c>shopping lists</c>.</summary>
internal sealed partial record Noun(string Singular, string Plural)
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
        ["menus"] = "menu",
        ["taxis"] = "taxi",
        ["gurus"] = "guru",
        ["skis"] = "ski",
        ["cds"] = "cd",
        ["ads"] = "ad",
        ["ids"] = "id",
        ["pcs"] = "pc",
        ["tvs"] = "tv",
        ["tomatoes"] = "tomato",
        ["potatoes"] = "potato",
        ["knives"] = "knife",
        ["wives"] = "wife",
        ["loaves"] = "loaf",
        ["teeth"] = "tooth",
        ["geese"] = "goose",
    }.ToFrozenDictionary();

    private static readonly FrozenSet<string> Uncountable = new[]
    {
        "series", "species", "software",
    }.ToFrozenSet();

    // Nobody adds "an equipment" or lists "feedbacks": what is added is one piece of it.
    private static readonly FrozenDictionary<string, string> Pieces = new Dictionary<string, string>
    {
        ["news"] = "item",
        ["equipment"] = "item",
        ["stock"] = "item",
        ["inventory"] = "item",
        ["furniture"] = "item",
        ["media"] = "item",
        ["luggage"] = "item",
        ["data"] = "entry",
        ["information"] = "entry",
        ["money"] = "entry",
        ["feedback"] = "entry",
        ["staff"] = "member",
        ["music"] = "track",
        ["homework"] = "task",
    }.ToFrozenDictionary();

    /// <summary>Whether it is one piece of what cannot be counted: an inventory item lies in no list.</summary>
    public bool IsPiece => Singular.Split(' ') is [.., var mass, _] && Pieces.ContainsKey(mass);

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

        if (Pieces.TryGetValue(words[^1], out var piece))
        {
            words = [.. words.TakeLast(2), piece];
        }

        var head = string.Join(' ', words[..^1]);
        var singular = One(words[^1]);
        var space = head.Length > 0 ? " " : "";
        return new Noun(head + space + singular, head + space + Many(singular));
    }

    public static string Capitalize(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary><c>a</c> or <c>an</c>, by how the word sounds.</summary>
    public static string Article(string text) => An().IsMatch(text) ? "an" : "a";

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
        return Uncountable.Contains(word) || word.Any(letter => letter > 127) || word.Length < 4 || Ends("ss") || Ends("us") || Ends("is") || !Ends("s") ? word
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
        // Other languages form it otherwise: better none than a wrong one.
        return Uncountable.Contains(word) || word.Any(letter => letter > 127) || (Ends("s") && One(word) != word) ? word
            : Ends("y") && word.Length > 1 && !"aeiou".Contains(word[^2]) ? word[..^1] + "ies"
            : Ends("s") || Ends("x") || Ends("z") || Ends("ch") || Ends("sh") ? word + "es"
            : word + "s";
    }

    // "an hour" and "an update", but "a one-off", "a unit" and "a European trip".
    [GeneratedRegex("^(?:[aio](?!ne\\b)|e(?!u)|hour|honest|u(?!ni(?!n|m)|s[aeu]|ti|r[aeio]|k\\b))", RegexOptions.IgnoreCase)]
    private static partial Regex An();
}
