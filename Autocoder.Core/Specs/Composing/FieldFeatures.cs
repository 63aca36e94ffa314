namespace Autocoder.Core.Specs.Composing;

/// <summary>What the fields of an entity suggest: switching, being overdue, choosing, adding up.</summary>
internal sealed class FieldFeatures(Plan plan, Entity entity)
{
    private static readonly string[] DoneWords = ["done", "completed", "complete", "finished", "checked", "bought", "paid", "read"];

    private readonly PlanContext _context = plan.Context;
    private readonly Noun _noun = entity.Noun;

    /// <summary>Whether the field says that a thing is dealt with.</summary>
    public static bool IsDone(Field field) => field.Kind is FieldKind.Boolean && DoneWords.Contains(field.Name.ToLowerInvariant());

    public void Add()
    {
        foreach (var field in entity.Own)
        {
            switch (field.Kind)
            {
                case FieldKind.Boolean:
                    Switch(field);
                    break;
                case FieldKind.Choice:
                    Choose(field);
                    break;
                case FieldKind.Date when field.Name.Contains("due", StringComparison.OrdinalIgnoreCase) || field.Name.Contains("deadline", StringComparison.OrdinalIgnoreCase):
                    Overdue(field);
                    break;
                case FieldKind.Reference:
                    Refer(field);
                    break;
                case FieldKind.Picture:
                    Picture(field);
                    break;
            }
        }

        Total();
        Conflict();
    }

    private void Switch(Field field)
    {
        var name = IsDone(field) ? $"Mark {_noun.A} as {field.Name} and back" : $"Switch '{field.Name}' of {_noun.A}";
        var look = IsDone(field) ? "is shown struck through or dimmed" : $"shows that it is {field.Name}";
        Feature($"switch-{field.Column}", name,
            $"{_context.Actor} clicks the box beside {_noun.A}: it {look} at once, and a second click takes it back. No form has to be opened.",
            _context.Start, $"Click '{field.Name}' of {_noun.A} in the list", $"The {_noun.Singular} {look}", "Reload the page: it is still so", "Click again: it is as before");
    }

    private void Choose(Field field) => Feature($"choose-{field.Column}", $"Change the {field.Name} of {_noun.A} in the list",
        $"{_context.Actor} picks another {field.Name} for {_noun.A} directly in the list; only the offered values can be picked, and the new one is shown at once with its own colour and its name.",
        _context.Start, $"Open the {field.Name} of {_noun.A} in the list", "Pick another value", "It is shown at once", "Reload the page: it is kept", $"Send an unknown {field.Name} to the API: it answers 400");

    private void Overdue(Field field)
    {
        var done = entity.Own.FirstOrDefault(IsDone);
        var unless = done is null ? "" : $" and which is not {done.Name}";
        Feature($"overdue-{field.Column}", $"Overdue {_noun.Plural} stand out",
            $"{Noun.Capitalize(_noun.A)} whose {field.Name} has passed{unless} is marked 'overdue' in words and colour in every list.",
            _context.Start, $"Add {_noun.A} with yesterday as its {field.Name}", "It is marked 'overdue' in the list", $"Change its {field.Name} to tomorrow: the mark is gone");
    }

    private void Refer(Field field) => Feature($"refer-{field.Column}", $"Choose the {field.Name} of {_noun.A}",
        $"{_context.Actor} picks the {field.Name} of {_noun.A} from those that exist; the name of the chosen one is shown as a link that opens it.",
        _context.Start, $"Open the form of {_noun.A}", $"The {field.Name} field offers the existing ones by name", "Pick one and save", $"The {_noun.Singular} shows its name; select it: it opens");

    private void Picture(Field field) => Feature($"picture-{field.Column}", $"Add the {field.Name} of {_noun.A}",
        $"{_context.Actor} chooses a PNG, JPEG or WebP file of at most 5 MB as {field.Name}; a preview appears before saving, and any other file is refused with a message.",
        _context.Start, $"Open the form of {_noun.A}", "Choose a JPEG: its preview appears", "Save: the picture is shown in the list and on the page", "Choose a text file: a message says which files are possible");

    private void Total()
    {
        if (entity.Own.FirstOrDefault(field => field.Kind is FieldKind.Amount && field.Name is "amount" or "total" or "cost" or "price") is { } amount
            && amount.Name is not "price")
        {
            Feature("total", $"The list of {_noun.Plural} shows its total",
                $"Below the list of {_noun.Plural} stands the sum of {amount.Name}, with two decimals; it changes with every {_noun.Singular} that is added, changed or deleted.",
                _context.Start, $"Add two {_noun.Plural} with {amount.Name} 12.50 and 7.25", "The total shows 19.75", "Delete the first: the total shows 7.25");
        }
    }

    private void Conflict()
    {
        var day = entity.Own.FirstOrDefault(field => field.Kind is FieldKind.Date or FieldKind.Moment);
        var time = entity.Own.FirstOrDefault(field => field.Kind is FieldKind.TimeOfDay or FieldKind.Moment);
        var isBooking = _noun.Singular.Split(' ')[^1] is "booking" or "appointment" or "reservation" or "meeting" or "slot";
        if (isBooking && day is not null && time is not null)
        {
            Feature("conflict", $"Two {_noun.Plural} at the same time are refused",
                $"When a new {_noun.Singular} would overlap another one, it is not saved; the message names the time that is taken and the next free one.",
                _context.Start, $"Add {_noun.A} for tomorrow at 10:00", "Add another one for the same time", "A message says that the time is taken and names the next free one", $"There is still one {_noun.Singular} at 10:00");
        }
    }

    private void Feature(string what, string name, string behaviour, params string[] steps) => plan.Add(new PlannedFeature(
        EntityFeatures.Key(entity, what), _noun.Title, name, behaviour, steps,
        [EntityFeatures.Key(entity, "create"), EntityFeatures.Key(entity, "list")], plan.Context.OriginOf(entity)));
}
