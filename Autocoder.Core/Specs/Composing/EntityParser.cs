using System.Text.RegularExpressions;
using Autocoder.Core.Specs.Interviews;

namespace Autocoder.Core.Specs.Composing;

/// <summary>Reads what people say they create and keep: <c>lists, items (name, due date, done)</c>, or one per line.</summary>
internal static partial class EntityParser
{
    private const int MostEntities = 12;
    private const int MostFields = 16;

    /// <summary>The entities in the order they were named; none when the text names none.</summary>
    public static IReadOnlyList<Entity> Parse(string text)
    {
        var entities = new List<Entity>();
        foreach (var phrase in Phrases(AnswerText.Clean(text)))
        {
            if (Read(phrase) is not { } entity)
            {
                continue;
            }

            var same = entities.FindIndex(known => known.Noun.Singular == entity.Noun.Singular);
            if (same < 0)
            {
                entities.Add(entity);
            }
            else if (entity.Fields.Any(field => !field.IsAssumed))
            {
                entities[same] = entities[same] with { Fields = Merge(entities[same].Fields, entity.Fields) };
            }
        }

        return EntityRelations.Connect([.. entities.Take(MostEntities)]);
    }

    private static IReadOnlyList<Field> Merge(IReadOnlyList<Field> known, IReadOnlyList<Field> added) =>
        [.. known.Where(field => !field.IsAssumed).Concat(added).DistinctBy(field => field.Column).Take(MostFields)];

    private static Entity? Read(string phrase)
    {
        var match = Shape().Match(phrase);
        var name = match.Success ? match.Groups["name"].Value : phrase;
        name = Articles().Replace(Filler().Replace(name.Trim(), ""), "").Trim(' ', '.', '"', '\'', '-', '*', '•');
        if (!name.Any(char.IsLetter) || name.Split(' ').Length > 3 || name.Length > 40)
        {
            return null;
        }

        // Only what a table can be called; the words around it stay in the overview.
        name = NotInNames().Replace(name, " ").Trim();
        if (name.Length == 0)
        {
            return null;
        }

        var noun = Noun.From(name);
        var fields = (match.Success ? Split(match.Groups["fields"].Value, ',') : [])
            .Select(field => Articles().Replace(field, "").Trim())
            .Where(field => field.Any(char.IsLetter) && field.Length <= 60 && field.Split(' ').Length <= 5)
            .Select((field, index) => FieldGuess.From(field, index == 0))
            .Where(field => field.Name.Length > 0 && !Reserved.Contains(field.Column))
            .DistinctBy(field => field.Column)
            .Take(MostFields)
            .ToList();
        return new Entity(noun, fields.Count > 0 ? Named(fields) : EntityDefaults.Fields(noun));
    }

    // Without a name or something like it nobody could tell two of them apart.
    private static IReadOnlyList<Field> Named(List<Field> fields) =>
        fields.Any(field => field.IsLabel || field.Kind is FieldKind.LongText or FieldKind.Date or FieldKind.Moment or FieldKind.TimeOfDay)
            ? fields
            : [new Field("name", FieldKind.Text, IsRequired: true, IsAssumed: true), .. fields];

    private static readonly string[] Reserved = ["id", "created_at", "updated_at"];

    private static IEnumerable<string> Phrases(string text)
    {
        foreach (var line in text.Split(['\n', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // "Items: name, due date" – the colon makes all that follows the fields of one thing.
            if (ColonLine().IsMatch(line))
            {
                yield return line;
                continue;
            }

            foreach (var part in Split(line, ','))
            {
                yield return part;
            }
        }
    }

    // Splits at the separator and at "and", but not inside brackets.
    private static IEnumerable<string> Split(string text, char separator)
    {
        var depth = 0;
        var start = 0;
        for (var index = 0; index < text.Length; index++)
        {
            var character = text[index];
            depth = character is '(' or '[' ? depth + 1 : character is ')' or ']' ? Math.Max(0, depth - 1) : depth;
            var width = depth > 0 ? 0
                : character == separator ? 1
                : And().IsMatch(text.AsSpan(index, Math.Min(5, text.Length - index))) ? 5
                : 0;
            if (width > 0)
            {
                yield return text[start..index].Trim();
                start = index + width;
                index += width - 1;
            }
        }

        yield return text[start..].Trim();
    }

    [GeneratedRegex(@"^(?<name>[^(\[:]+?)\s*(?:[(\[](?<fields>.*?)[)\]]?|:\s*(?<fields>.+)|\s+with\s+(?<fields>.+))[\s.]*$", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Shape();

    [GeneratedRegex(@"^[^,(\[]+:\s*\S")]
    private static partial Regex ColonLine();

    [GeneratedRegex("^ and ", RegexOptions.IgnoreCase)]
    private static partial Regex And();

    [GeneratedRegex(@"^(?:and\s+)?(?:(?:(?:people|users?|they|you|we|i)\s+(?:can\s+)?)?(?:create|keep|manage|add|store|save|make|have|track)s?\s+)", RegexOptions.IgnoreCase)]
    private static partial Regex Filler();

    [GeneratedRegex(@"^(?:and\s+|also\s+)*(?:(?:a|an|the|their|my|our|some|many|each|every|several|different|his|her|its)\s+)+|^(?:and|also)\s+", RegexOptions.IgnoreCase)]
    private static partial Regex Articles();

    [GeneratedRegex(@"[^\p{L}\p{Nd}\- ]+")]
    private static partial Regex NotInNames();
}
