using Autocoder.Core.Specs.Interviews;

namespace Autocoder.Core.Specs.Composing;

/// <summary>The table, the endpoints and the screen of one entity.</summary>
internal static class EntityData
{
    public static void Add(Plan plan, Entity entity)
    {
        var context = plan.Context;
        var origin = context.OriginOf(entity);
        plan.Add(new SpecTable(entity.Noun.Identifier, [.. Columns(context, entity)], "", origin));
        AddEndpoints(plan, entity, origin);
        var items = new List<string>
        {
            $"List of {entity.Noun.Plural}: {entity.FieldList}",
            $"Add {entity.Noun.Singular} button above the list; an empty list explains itself",
            $"Page of one {entity.Noun.Singular} with Edit and Delete",
        };
        items.AddRange(context.ChildrenOf(entity).Select(child => $"On that page the list of its {child.Noun.Plural}"));
        plan.Screen(entity.Noun.Identifier, origin, items);
    }

    private static IEnumerable<SpecColumn> Columns(PlanContext context, Entity entity)
    {
        yield return new SpecColumn("id", "integer", "primary key");
        if (context.Answers.HasAccounts && entity.Parent is null)
        {
            yield return new SpecColumn("owner_id", "integer", "required, references users(id)");
        }

        foreach (var field in entity.Fields)
        {
            yield return new SpecColumn(field.Column, field.Type, Notes(context, field));
        }

        if (entity.Parent is null && context.Answers.Chose(QuestionIds.OnDelete, "trash"))
        {
            yield return new SpecColumn("deleted_at", "datetime", "set while in the trash");
        }

        yield return new SpecColumn("created_at", "datetime", "required, set by the server");
        yield return new SpecColumn("updated_at", "datetime", "required, set by the server");
    }

    private static string Notes(PlanContext context, Field field)
    {
        var notes = new List<string>();
        if (field.IsRequired)
        {
            notes.Add("required");
        }

        if (field.Kind is FieldKind.Boolean)
        {
            notes.Add("required, default false");
        }

        if (field.References is { } target)
        {
            var table = context.Find(target)?.Noun.Identifier ?? Noun.From(target).Identifier;
            notes.Add($"references {table}(id)");
            if (context.Answers.Choice(QuestionIds.OnDelete) is not "block")
            {
                notes.Add("on delete cascade");
            }
        }

        notes.AddRange(field.Kind switch
        {
            FieldKind.Text or FieldKind.Email => ["at most 200 characters"],
            FieldKind.LongText => ["at most 10000 characters"],
            FieldKind.Choice => [Choices(field.Name)],
            FieldKind.Picture => ["path of the stored file"],
            _ => Array.Empty<string>(),
        });
        if (field.IsAssumed)
        {
            notes.Add("assumed");
        }

        return string.Join(", ", notes);
    }

    private static string Choices(string name) => name.ToLowerInvariant() switch
    {
        "status" or "state" or "stage" => "one of open / in progress / done",
        "priority" or "severity" or "difficulty" => "one of low / normal / high",
        _ => "one of a short list kept in the settings of the application",
    };

    private static void AddEndpoints(Plan plan, Entity entity, SpecOrigin origin)
    {
        var many = entity.Noun.Plural;
        var path = "/api/" + entity.Noun.Identifier;
        var parent = plan.Context.Find(entity.Parent);
        var collection = parent is null ? path : $"/api/{parent.Noun.Identifier}/{{id}}/{entity.Noun.Identifier}";
        var of = parent is null ? "" : $" of {parent.Noun.A}";
        plan.Add(
            entity.Noun.Identifier,
            origin,
            "",
            new SpecEndpoint("GET", collection, $"list the {many}{of}"),
            new SpecEndpoint("POST", collection, $"add {entity.Noun.A}"),
            new SpecEndpoint("GET", path + "/{id}", $"get {entity.Noun.A}"),
            new SpecEndpoint("PATCH", path + "/{id}", $"change {entity.Noun.A}"),
            new SpecEndpoint("DELETE", path + "/{id}", $"delete {entity.Noun.A}"));
    }
}
