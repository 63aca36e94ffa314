using System.Text.RegularExpressions;
using Autocoder.Core.Specs.Interviews;

namespace Autocoder.Core.Specs.Composing;

/// <summary>Reads what people say they create and keep: <c>lists, items (name, due date, done)</c>, or one per line.</summary>
internal static partial class EntityParser
{
    private const int MostEntities = 12;
    private const int MostFromSentences = 8;
    private const int MostFields = 16;

    /// <summary>The entities in the order they were named; none when the text names none.</summary>
    public static IReadOnlyList<Entity> Parse(string text)
    {
        var entities = new List<Entity>();
        foreach (var (phrase, isTold) in Phrases(AnswerText.Clean(text)))
        {
            if (Read(phrase) is not { } entity || (isTold && entities.Count >= MostFromSentences))
            {
                continue;
            }

            Join(entities, entity);
        }

        return EntityRelations.Connect([.. entities.Take(MostEntities)]);
    }

    /// <summary>The same, and when words name no thing at all, one plain kind of entry: people see it at once and can say it better.</summary>
    public static IReadOnlyList<Entity> ParseOrAssume(string text)
    {
        var entities = Parse(text);
        var noun = Noun.From("entries");
        return entities.Count > 0 || !SaysSomething(text) ? entities : [new Entity(noun, EntityDefaults.Fields(noun))];
    }

    /// <summary>Whether the things were found in sentences, so that it is worth asking whether they are the right ones.</summary>
    public static bool IsUncertain(string text) =>
        SaysSomething(text) && (Parse(text).Count == 0 || Phrases(AnswerText.Clean(text)).Any(phrase => phrase.IsTold));

    /// <summary>Adds what was named later, and what was said of the same things.</summary>
    public static IReadOnlyList<Entity> Combine(IReadOnlyList<Entity> first, IReadOnlyList<Entity> later)
    {
        var entities = first.ToList();
        foreach (var entity in later)
        {
            Join(entities, entity);
        }

        return EntityRelations.Connect([.. entities.Take(MostEntities)]);
    }

    private static void Join(List<Entity> entities, Entity entity)
    {
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

    private static bool SaysSomething(string text) => AnswerText.Clean(text).Count(char.IsLetter) >= 3;

    private static IReadOnlyList<Field> Merge(IReadOnlyList<Field> known, IReadOnlyList<Field> added) =>
        [.. known.Where(field => !field.IsAssumed).Concat(added).DistinctBy(field => field.Column).Take(MostFields)];

    private static Entity? Read(string phrase)
    {
        var match = Shape().Match(phrase);
        var name = match.Success ? match.Groups["name"].Value : phrase;
        name = Articles().Replace(name.Trim(), "").Trim(' ', '.', '"', '\'', '-', '*', '•', ',', '!', '?');
        if (!name.Any(char.IsLetter) || name.Split(' ').Length > 3 || name.Length > 40)
        {
            return null;
        }

        if (name.StartsWith("no ", StringComparison.OrdinalIgnoreCase) || Empty.Contains(name.ToLowerInvariant()))
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

    // They end a list or fill it, and name nothing.
    private static readonly string[] Empty =
        ["etc", "everything", "anything", "nothing", "something", "stuff", "things", "others", "other things", "other stuff", "more", "so on", "whatever", "none", "no", "yes", "idk", "not sure", "don't know", "e.g"];

    private static readonly string[] Reserved = ["id", "created_at", "updated_at"];

    private static IEnumerable<(string Phrase, bool IsTold)> Phrases(string text)
    {
        foreach (var line in Lines(text))
        {
            // "Items: name, due date" – the colon makes all that follows the fields of one thing.
            var isSentence = SentenceReader.IsSentence(line);
            if (!isSentence && (ColonLine().IsMatch(line) || WithLine().IsMatch(line)))
            {
                yield return (line, false);
                continue;
            }

            foreach (var part in isSentence ? SentenceReader.Read(line) : Split(line, ','))
            {
                yield return (part, isSentence);
            }
        }
    }

    // One thing or one sentence each, without bullets, numbers, quotation marks, and what only leads to the list.
    private static IEnumerable<string> Lines(string text) =>
        SentenceEnd().Split(text)
            .Select(line => Introduction().Replace(Bullet().Replace(Quotes().Replace(line, ""), ""), "").Replace(" & ", " and ", StringComparison.Ordinal).Trim(' ', '.', '!', '?', ','))
            .Where(line => line.Any(char.IsLetter));

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

    // "recipes with title and servings" – but not "lists with items, shares with rights".
    [GeneratedRegex(@"^(?!.*\swith\s.*\swith\s)[^,(\[]+\swith\s", RegexOptions.IgnoreCase)]
    private static partial Regex WithLine();

    [GeneratedRegex(@"[\n;]|(?<!\b(?:e\.g|i\.e|etc|approx|vs))[.!?…]+(?=\s+\p{L})(?![^(]*\))", RegexOptions.IgnoreCase)]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"^\s*(?:(?:[-*•·–—>]|\d{1,2}[.)])\s*)+")]
    private static partial Regex Bullet();

    [GeneratedRegex("[\"“”„«»‹›`]|(?<!\\p{L})['‘’]|['‘’](?!\\p{L})")]
    private static partial Regex Quotes();

    [GeneratedRegex(@"^(?:(?:the |my |our |main |all )*(?:things?|stuff|entities|objects|data|lists? of things)[^:,(]{0,40}|(?:people|users?|they|we|i|you)\s[^:,(]{0,60}|for example|e\.g\.|such as):\s*(?=\S)", RegexOptions.IgnoreCase)]
    private static partial Regex Introduction();

    [GeneratedRegex("^ and ", RegexOptions.IgnoreCase)]
    private static partial Regex And();

    [GeneratedRegex(@"^(?:and\s+|also\s+)*(?:(?:a|an|the|their|my|our|some|many|each|every|several|different|his|her|its)\s+)+|^(?:and|also)\s+", RegexOptions.IgnoreCase)]
    private static partial Regex Articles();

    [GeneratedRegex(@"[^\p{L}\p{Nd}\- ]+")]
    private static partial Regex NotInNames();
}
