using System.Text;
using Autocoder.Core.Tools.Permissions.Commands.Grammar;

namespace Autocoder.Core.Tools.Permissions.Commands;

/// <summary>Works out what a word becomes, where that can be known before it runs: braces, homes, patterns, variables. Pure.</summary>
internal static class WordValues
{
    private const int MaxValues = 64;

    /// <summary>What it becomes for sure; null when that is only known when it runs. For a number, any number.</summary>
    public static IReadOnlyList<WordValue>? Certain(Word word) => Of(word, new Dictionary<string, string?>());

    /// <summary>What it becomes if variables have the values they were given on the line; null when that is not known either.</summary>
    public static IReadOnlyList<WordValue>? Likely(Word word, IReadOnlyDictionary<string, string?> variables) => Of(word, variables);

    /// <summary>Its text when it becomes exactly one text for sure, with no pattern and no home in it; else null.</summary>
    public static string? Fixed(Word word) => Certain(word) is [{ HasPattern: false, IsHome: false } only] ? only.Text : null;

    private static List<WordValue>? Of(Word word, IReadOnlyDictionary<string, string?> variables)
    {
        var letters = new List<Letter>();
        foreach (var part in word.Parts)
        {
            switch (part)
            {
                case TextPart text:
                    letters.AddRange(text.Text.Select(character => new Letter(character, !text.IsQuoted)));
                    break;
                case NumberPart or VariablePart { Name: "?" or "#" or "$" or "!" }:
                    letters.Add(new Letter('0', IsActive: false));
                    break;
                case VariablePart variable when variables.GetValueOrDefault(variable.Name) is { } value:
                    letters.AddRange(value.Select(character => new Letter(character, IsActive: !variable.IsQuoted && character is '*' or '?' or '[')));
                    break;
                default:
                    return null;
            }
        }

        var choices = new List<List<Letter>>();
        return Expand(letters, choices) ? [.. choices.Select(ToValue)] : null;
    }

    // The first pair of braces with a comma between, then the rest of the word with each of its choices. False when there are too many.
    private static bool Expand(List<Letter> letters, List<List<Letter>> choices)
    {
        if (choices.Count >= MaxValues)
        {
            return false;
        }

        for (var open = 0; open < letters.Count; open++)
        {
            if (letters[open] is { Character: '{', IsActive: true } && FindClose(letters, open) is { } close)
            {
                var inner = letters[(open + 1)..close];
                var split = Split(inner);
                if (split.Count > 1)
                {
                    return split.All(choice => Expand([.. letters[..open], .. choice, .. letters[(close + 1)..]], choices));
                }

                if (ToText(inner).Contains("..", StringComparison.Ordinal))
                {
                    return false;
                }
            }
        }

        choices.Add(letters);
        return true;
    }

    private static int? FindClose(List<Letter> letters, int open)
    {
        var depth = 0;
        for (var index = open; index < letters.Count; index++)
        {
            depth += letters[index] switch
            {
                { Character: '{', IsActive: true } => 1,
                { Character: '}', IsActive: true } => -1,
                _ => 0,
            };
            if (depth == 0)
            {
                return index;
            }
        }

        return null;
    }

    private static List<List<Letter>> Split(List<Letter> inner)
    {
        var choices = new List<List<Letter>> { new() };
        var depth = 0;
        foreach (var letter in inner)
        {
            depth += letter is { Character: '{', IsActive: true } ? 1 : letter is { Character: '}', IsActive: true } ? -1 : 0;
            if (depth == 0 && letter is { Character: ',', IsActive: true })
            {
                choices.Add([]);
            }
            else
            {
                choices[^1].Add(letter);
            }
        }

        return choices;
    }

    private static WordValue ToValue(List<Letter> letters) => new(
        ToText(letters),
        HasPattern: letters.Exists(letter => letter is { IsActive: true, Character: '*' or '?' })
            || letters.FindIndex(letter => letter is { IsActive: true, Character: '[' }) is var open and >= 0 && letters.FindIndex(open, letter => letter.Character == ']') >= 0,
        IsHome: letters is [{ Character: '~', IsActive: true }, ..]);

    private static string ToText(IEnumerable<Letter> letters) =>
        letters.Aggregate(new StringBuilder(), (text, letter) => text.Append(letter.Character)).ToString();

    // Active: not quoted, so that the shell gives it a meaning.
    private readonly record struct Letter(char Character, bool IsActive);
}
