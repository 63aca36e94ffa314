namespace Autocoder.Core.Specs.Composing;

/// <summary>Finds out what belongs to what: from fields that name another entity, else from kinds of things that usually do.</summary>
internal static class EntityRelations
{
    private static readonly (string Part, string[] Wholes)[] Usual =
    [
        ("item", ["list", "order", "menu", "collection", "checklist", "cart", "category"]),
        ("task", ["list", "project", "board", "sprint", "column", "todo list"]),
        ("card", ["column", "list", "deck", "board"]),
        ("column", ["board"]),
        ("ingredient", ["recipe"]),
        ("step", ["recipe", "workflow", "project"]),
        ("line", ["order", "invoice"]),
        ("question", ["quiz", "survey", "exam", "form", "round", "test"]),
        ("answer", ["question"]),
        ("comment", ["post", "task", "ticket", "article", "issue"]),
        ("photo", ["album", "trip", "event"]),
        ("song", ["playlist", "album"]),
        ("lesson", ["course"]),
        ("player", ["game", "team", "quiz"]),
        ("round", ["game", "quiz"]),
        ("exercise", ["workout"]),
        ("set", ["exercise"]),
        ("stop", ["trip"]),
        ("entry", ["journal", "diary", "log", "habit"]),
        ("product", ["category"]),
        ("movement", ["product", "item", "article"]),
        ("booking", ["room", "service", "customer", "event", "slot"]),
        ("appointment", ["customer", "service", "patient", "barber"]),
        ("reservation", ["room", "table", "guest"]),
        ("payment", ["invoice", "order"]),
        ("expense", ["trip", "project", "category", "budget"]),
        ("chapter", ["book"]),
        ("review", ["product", "book", "movie", "recipe", "restaurant"]),
        ("check-in", ["habit"]),
        ("issue", ["project"]),
        ("ticket", ["project", "event"]),
    ];

    /// <summary>Whether one usually lies in the other.</summary>
    public static bool IsPartOf(Noun part, Noun whole) =>
        Usual.Any(usual => usual.Part == part.Singular.Split(' ')[^1] && usual.Wholes.Contains(whole.Singular.Split(' ')[^1]));

    public static IReadOnlyList<Entity> Connect(IReadOnlyList<Entity> entities)
    {
        var connected = entities.Select(entity => References(entity, entities)).ToList();
        for (var index = 0; index < connected.Count; index++)
        {
            var parent = Parent(connected[index], connected);
            if (parent is null || IsAbove(connected[index], parent, connected))
            {
                continue;
            }

            var hasField = connected[index].Fields.Any(field => field.References == parent.Noun.Singular);
            connected[index] = connected[index] with
            {
                Parent = parent.Noun.Singular,
                Fields = hasField
                    ? connected[index].Fields
                    : [.. connected[index].Fields, new Field(parent.Noun.Singular, FieldKind.Reference, true, parent.Noun.Singular, IsAssumed: true)],
            };
        }

        return connected;
    }

    private static Entity References(Entity entity, IReadOnlyList<Entity> all) => entity with
    {
        Fields = [.. entity.Fields.Select(field =>
        {
            if (field.IsAssumed || field.Kind is FieldKind.Boolean or FieldKind.Date or FieldKind.Moment)
            {
                return field;
            }

            var name = Noun.From(field.Name).Singular;
            var target = all.FirstOrDefault(other => other != entity && other.Noun.Singular == name);
            return target is null
                ? field
                : field with { Name = target.Noun.Singular, Kind = FieldKind.Reference, References = target.Noun.Singular, IsRequired = true };
        })],
    };

    private static Entity? Parent(Entity entity, List<Entity> all)
    {
        if (entity.Fields.FirstOrDefault(field => field.References is not null) is { } reference)
        {
            return all.Find(other => other.Noun.Singular == reference.References);
        }

        var words = entity.Noun.Singular.Split(' ');
        var wholes = entity.Noun.IsPiece ? [] : Usual.FirstOrDefault(usual => usual.Part == words[^1]).Wholes ?? [];
        return wholes
            .Select(whole => all.Find(other => other != entity && other.Noun.Singular.Split(' ')[^1] == whole))
            .FirstOrDefault(other => other is not null)
            ?? all.Find(other => other != entity && words.Length > 1 && other.Noun.Singular == string.Join(' ', words[..^1]));
    }

    // A thing cannot belong to what belongs to it.
    private static bool IsAbove(Entity entity, Entity parent, List<Entity> all)
    {
        for (var above = parent; above is not null; above = all.Find(other => other.Noun.Singular == above.Parent))
        {
            if (above.Noun.Singular == entity.Noun.Singular)
            {
                return true;
            }
        }

        return false;
    }
}
