namespace Autocoder.Core.Specs.Composing;

/// <summary>What things of common kinds usually have, for people who named only the thing. All of it is marked as assumed.</summary>
internal static class EntityDefaults
{
    private static readonly (string[] Words, string[] Fields)[] Known =
    [
        (["booking", "appointment", "reservation"], ["name", "date", "start time", "note"]),
        (["event", "meeting"], ["title", "date", "start time", "place"]),
        (["task", "todo", "to-do", "chore", "item"], ["name", "done"]),
        (["note", "message", "post", "entry"], ["title", "text"]),
        (["comment", "step"], ["text"]),
        (["loan"], ["borrower", "date", "due date"]),
        (["budget"], ["name", "amount"]),
        (["meal"], ["name", "date"]),
        (["product", "article", "service"], ["name", "description", "price"]),
        (["customer", "client", "contact", "member", "guest", "patient"], ["name", "email", "phone"]),
        (["expense", "payment", "invoice", "income"], ["description", "amount", "date"]),
        (["question"], ["text", "correct answer"]),
        (["answer"], ["text", "correct"]),
        (["player", "participant", "team"], ["name", "score"]),
        (["recipe"], ["title", "description", "servings", "instructions"]),
        (["ingredient"], ["name", "quantity"]),
        (["book", "movie", "song", "album"], ["title", "year", "rating"]),
        (["project", "board", "course", "trip"], ["name", "description"]),
        (["order"], ["number", "date", "status", "total"]),
        (["ticket", "issue", "bug"], ["title", "description", "status", "priority"]),
        (["habit", "goal"], ["name", "description", "done"]),
        (["photo", "picture", "image"], ["title", "image"]),
    ];

    public static IReadOnlyList<Field> Fields(Noun noun)
    {
        var word = noun.Singular.Split(' ')[^1];
        var fields = Known.FirstOrDefault(known => known.Words.Contains(word)).Fields ?? ["name"];
        return [.. fields.Select((name, index) => FieldGuess.From(name, index == 0) with { IsAssumed = true })];
    }
}
