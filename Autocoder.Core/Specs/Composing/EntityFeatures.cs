using Autocoder.Core.Specs.Interviews;

namespace Autocoder.Core.Specs.Composing;

/// <summary>What can be done with one kind of thing: create, see, open, change, delete, and what happens when that goes wrong.</summary>
internal sealed class EntityFeatures(Plan plan, Entity entity)
{
    private readonly PlanContext _context = plan.Context;
    private readonly Noun _noun = entity.Noun;
    private readonly Entity? _parent = plan.Context.Find(entity.Parent);
    private readonly SpecOrigin _named = plan.Context.OriginOf(entity);

    private string Here => _parent is null ? $"Open {_noun.Title}" : $"Open {_parent.Noun.A} that has {_noun.Plural}";

    private string Actor => _context.Actor;

    private string Label => entity.Label.Name;

    /// <summary>The key of one of an entity's features.</summary>
    public static string Key(Entity entity, string what) => $"entity/{entity.Noun.Key}/{what}";

    public void Add()
    {
        Create();
        Read();
        Change();
        Delete();
        new FieldFeatures(plan, entity).Add();
        Refusals();
    }

    private void Create()
    {
        var inside = _parent is null ? "" : $" inside {_parent.Noun.A}";
        var values = Sentence.Join(entity.Own.Where(field => field.Kind is not FieldKind.Boolean)
            .Take(4).Select(field => $"{field.Name} ({field.Sample(_noun.Singular)})"));
        List<string> after = _parent is null ? [] : [Key(_parent, "create"), Key(_parent, "open")];
        if (_context.Answers.HasAccounts)
        {
            after.Add(AccountFeatures.SignIn);
        }

        Feature("create", $"Add {_noun.A}", $"{Actor} presses Add{inside}, enters {entity.FieldList} and saves; the new {_noun.Singular} appears in the list at once, without reloading the page.",
            _named, after,
            _context.Start, Here, $"Press Add {_noun.Singular}", $"Enter {values} and save", $"The new {_noun.Singular} is in the list with these values", "Reload the page: it is still there");
    }

    private void Read()
    {
        var where = _parent is null ? $"opens {_noun.Title}" : $"opens {_parent.Noun.A}";
        var shown = Sentence.Join(entity.Own.Take(4).Select(field => field.Name));
        var order = entity.Fields.FirstOrDefault(field => field.Kind is FieldKind.Date or FieldKind.Moment);
        var sorted = order is null ? "the newest first" : $"ordered by {order.Name}, those without one last";
        Feature("list", $"See all {_noun.Plural}{(_parent is null ? "" : $" of {_parent.Noun.A}")}", $"{Actor} {where} and sees its {_noun.Plural} with {shown}, {sorted}."
            .Replace($"{_noun.Title} and sees its ", $"{_noun.Title} and sees the ", StringComparison.Ordinal),
            _named, [Key(entity, "create")],
            _context.Start, $"Add three {_noun.Plural} with different values", Here, $"All three are listed with {shown}", $"They are in this order: {sorted}");
        Feature("empty", $"An empty list of {_noun.Plural} explains itself", $"While there are no {_noun.Plural}, the page says so in one sentence and offers a button to add the first {_noun.Singular}.",
            SpecOrigin.Assumed, [Key(entity, "list")],
            _context.Start, $"{Here} where none exists", "The page shows one sentence and a button, not a blank area", $"Press the button: the form for a new {_noun.Singular} opens");
        Open();
    }

    private void Open()
    {
        var children = _context.ChildrenOf(entity).ToList();
        var inside = children.Count == 0 ? "" : $" together with its {Sentence.Join(children.Select(child => child.Noun.Plural))}";
        Feature("open", $"Open {_noun.A}", $"{Actor} selects {_noun.A} in the list and sees all of its details ({entity.FieldList}){inside}; the address of the page can be bookmarked.",
            _named, [Key(entity, "list")],
            _context.Start, Here, $"Select {_noun.A}", $"Its {entity.FieldList} are shown", "Copy the address into a new tab: the same page opens");
        foreach (var child in children)
        {
            var done = child.Fields.FirstOrDefault(field => FieldFeatures.IsDone(field));
            var doneToo = done is null ? "" : $" and how many of them are {done.Name}";
            Feature($"count-{child.Noun.Key}", $"{_noun.Title} show how many {child.Noun.Plural} they have",
                $"In the list of {_noun.Plural}, each {_noun.Singular} shows the number of its {child.Noun.Plural}{doneToo}; the number changes as soon as they do.",
                SpecOrigin.Assumed, [Key(child, "create"), Key(child, "delete")],
                _context.Start, $"Note the number beside {_noun.A}", $"Add {child.Noun.A} to it and go back: the number is one higher", $"Delete that {child.Noun.Singular}: the number is as before");
        }
    }

    private void Change() =>
        Feature("edit", $"Edit {_noun.A}", $"{Actor} changes {Sentence.Join(entity.Own.Select(field => field.Name), "or")} of {_noun.A} and saves; the list and the open page show the new values at once. Cancel keeps the old ones.",
            _named, [Key(entity, "create"), Key(entity, "open")],
            _context.Start, $"Open {_noun.A} and press Edit", $"Change its {Label} and save", "The new value is shown", "Reload the page: it is still the new value", "Edit again and press Cancel: nothing changes");

    private void Delete()
    {
        var children = _context.ChildrenOf(entity).Select(child => child.Noun.Plural).ToList();
        var (effect, check) = children.Count == 0 ? ("", $"Open its old address: the page for missing {_noun.Plural} appears") : OnDelete(Sentence.Join(children));
        var origin = children.Count > 0 && _context.Answers.Has(QuestionIds.OnDelete) ? SpecOrigin.Answer(QuestionIds.OnDelete) : _named;
        Feature("delete", $"Delete {_noun.A} after confirmation", $"{Actor} presses Delete on {_noun.A}; a dialog names it and asks. Cancel keeps it, Delete takes it out of the list at once.{effect}",
            origin, [Key(entity, "create"), Key(entity, "open")],
            _context.Start, $"Press Delete on {_noun.A}", $"The dialog shows its {Label}; press Cancel: it is still there", "Press Delete again and confirm: it is gone from the list", check);
    }

    private (string Effect, string Check) OnDelete(string children) => _context.Answers.Choice(QuestionIds.OnDelete) switch
    {
        "block" => ($" One that still has {children} cannot be deleted; the message says so.", $"Try to delete one that has {children}: a message says why not, and nothing is lost"),
        "trash" => ($" Its {children} go with it into the trash, from which all of it can be restored for 30 days.", $"Open the trash and restore it: its {children} are back too"),
        _ => ($" Its {children} are deleted with it; the dialog says how many.", $"Its {children} are gone too; ask the API for one: it answers 404"),
    };

    private void Refusals()
    {
        var required = Sentence.Join(entity.Own.Where(field => field.IsRequired).Select(field => field.Name).DefaultIfEmpty(Label));
        Feature("validate", $"{Noun.Capitalize(Noun.Article(_noun.Singular))} {_noun.Singular} with missing or wrong values is not saved",
            $"When {required} is empty, or a value does not fit its field, nothing is saved: a message beside the field says what is wrong, and what was typed stays.",
            SpecOrigin.Assumed, [Key(entity, "create"), Key(entity, "edit")],
            [_context.Start, $"Open the form for a new {_noun.Singular}", $"Leave {required} empty and save: a message appears beside the field", .. WrongValues(), "What was typed is still in the form", "Send the same to the API: it answers 400 with the same reason, and nothing was stored"]);
        if (entity.Label.IsLabel)
        {
            var among = _parent is null ? "" : $" in the same {_parent.Noun.Singular}";
            Feature("duplicate", $"Adding the same {_noun.Singular} twice is noticed",
                $"When somebody adds {_noun.A} whose {Label} exists already{among} (upper and lower case are the same), the form says so and asks whether to add it anyway.",
                SpecOrigin.Assumed, [Key(entity, "create")],
                _context.Start, $"Add {_noun.A} with the {Label} 'Test'", "Add another one with 'test'", "The form says that it exists", "Press Cancel: there is still one", "Try again and confirm: there are two");
        }

        Feature("missing", $"Opening {_noun.A} that does not exist says so",
            $"The address of {_noun.A} that was deleted or never existed shows a page that says so and leads back; the API answers 404.",
            SpecOrigin.Assumed, [Key(entity, "open")],
            _context.Start, $"Open the address of {_noun.A} with an unknown id", "A page says that it does not exist and has a link back", $"Ask the API for the same id: it answers 404");
        if (_context.Answers.HasAccounts && _parent is null)
        {
            Ownership();
        }
    }

    private void Ownership()
    {
        var shared = _context.Answers.HasSharing && _context.Main == entity ? " or shared with them" : "";
        Feature("own", $"People see only their own {_noun.Plural}",
            $"A signed-in person sees and reaches only {_noun.Plural} that are their own{shared}; for everybody else the page and the API behave as if the {_noun.Singular} did not exist.",
            SpecOrigin.Answer(QuestionIds.Basics), [Key(entity, "open"), AccountFeatures.SignIn],
            $"Sign in as Ada and add {_noun.A}", "Sign in as Ben in another browser", $"Ada's {_noun.Singular} is not in Ben's list", "Open its address as Ben: the page for what does not exist appears", "Ask the API as Ben: it answers 404");
    }

    private IEnumerable<string> WrongValues()
    {
        var field = entity.Own.FirstOrDefault(candidate => candidate.Kind is FieldKind.Date or FieldKind.Moment or FieldKind.Integer or FieldKind.Amount or FieldKind.Email or FieldKind.Link);
        return field is null
            ? [$"Enter 300 characters as {Label} and save: a message says how long it may be"]
            : [$"Enter 'abc' as {field.Name} and save: a message says what is expected"];
    }

    private void Feature(string what, string name, string behaviour, SpecOrigin origin, IReadOnlyList<string> after, params string[] steps) =>
        plan.Add(new PlannedFeature(Key(entity, what), _noun.Title, name, behaviour, [.. steps.Take(6)], after, origin));
}
