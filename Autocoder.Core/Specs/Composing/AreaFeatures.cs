using Autocoder.Core.Specs.Interviews;

namespace Autocoder.Core.Specs.Composing;

/// <summary>The areas people choose from a list. Always in this order, so that one chosen later renumbers nothing before it.</summary>
internal sealed class AreaFeatures(Plan plan)
{
    private static readonly SpecOrigin Chosen = SpecOrigin.Answer(QuestionIds.Areas);

    private readonly PlanContext _context = plan.Context;
    private readonly InterviewAnswers _answers = plan.Context.Answers;

    private Entity? Main => _context.Main;

    // Most areas are about the things people handle most: what lies inside the main thing, or else the main thing itself.
    private Entity? Busy => Main is null ? null : _context.ChildrenOf(Main).FirstOrDefault() ?? Main;

    public void Add()
    {
        Each("filters", Filters);
        Each("settings", _ => Settings());
        Each("dashboard", Dashboard);
        Each("transfer", Transfer);
        Each("notifications", Notifications);
        new AttachedFeatures(plan).Add();
        Each("calendar", Calendar);
        Each("history", History);
        if (_context.HasArea("offline"))
        {
            Offline();
        }
    }

    private void Each(string area, Action<Entity> add)
    {
        if (!_context.HasArea(area))
        {
            return;
        }

        if (Busy is { } busy)
        {
            add(busy);
        }
        else if (area == "settings")
        {
            Settings();
        }
    }

    private void Filters(Entity entity)
    {
        var noun = entity.Noun;
        var by = entity.Own.Where(field => field.Kind is FieldKind.Boolean or FieldKind.Choice or FieldKind.Date or FieldKind.Moment or FieldKind.Reference).Select(field => field.Name).DefaultIfEmpty("creation date").ToList();
        Feature("filters/filter", "Filters and order", $"Filter {noun.Plural}", $"{_context.Actor} filters {noun.Plural} by {Sentence.Join(by, "or")}; only those that fit are shown, together with their number, and the filter is part of the page's address.", Chosen, [EntityFeatures.Key(entity, "list")],
            _context.Start, $"Add {noun.Plural} that differ in {by[0]}", $"Filter by {by[0]}: only those that fit are shown, with their number", "Reload the page: the filter is still set", "Clear the filter: all are shown");
        Feature("filters/order", "Filters and order", $"Order {noun.Plural}", $"{_context.Actor} orders {noun.Plural} by {entity.Label.Name} or by when they were added, up or down; the choice is kept for the next visit.", Chosen, [EntityFeatures.Key(entity, "list")],
            _context.Start, $"Add three {noun.Plural}", $"Order by {entity.Label.Name}: they are in alphabetical order", "Click again: the other way round", "Reload the page: the order is kept");
    }

    private void Settings()
    {
        Feature("settings/theme", "Settings", "Choose light, dark or the system's theme", $"{_context.Actor} picks light, dark or system in the settings; all pages change at once, and the choice is kept for the next visit.", Chosen, [],
            _context.Start, "Open Settings and pick dark: the page is dark at once", "Reload: it stays dark, without a flash of light", "Pick system and switch the system's theme: the page follows");
        Feature("settings/keep", "Settings", "Settings are kept", $"What {char.ToLowerInvariant(_context.Actor[0]) + _context.Actor[1..]} changes in the settings is saved at once, says so, and counts on the next visit{(_answers.HasAccounts ? " and on every device" : "")}.", Chosen, [],
            _context.Start, "Open Settings and change one", "A short note says that it was saved", _answers.HasAccounts ? "Sign in on another browser: the setting counts there too" : "Close the browser and open it again: the setting counts");
        Feature("settings/reset", "Settings", "Reset the settings", "A button sets all settings back to how they were at first, after a confirmation.", SpecOrigin.Assumed, ["settings/keep"],
            _context.Start, "Change two settings", "Press Reset and confirm", "Both are as they were at first");
        if (_answers.StoresData && _answers.HasAccounts)
        {
            plan.Add(new SpecTable("settings", [new("user_id", "integer", "primary key, references users(id), on delete cascade"), new("theme", "text", "required, one of light / dark / system"), new("updated_at", "datetime", "required")], "Created with its first change, and deleted with the account.", Chosen));
            plan.Add("settings", Chosen, "They work on the own settings.", new SpecEndpoint("GET", "/api/settings", "get the own settings"), new SpecEndpoint("PATCH", "/api/settings", "change them"));
        }

        plan.Screen("settings", Chosen, "Theme, and whatever else can be set, each with one sentence that explains it");
    }

    private void Dashboard(Entity entity)
    {
        var noun = entity.Noun;
        var numbers = _answers.Lines(QuestionIds.Numbers).SelectMany(line => line.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Take(8).ToList();
        var origin = numbers.Count > 0 ? SpecOrigin.Answer(QuestionIds.Numbers) : SpecOrigin.Assumed;
        var done = entity.Own.FirstOrDefault(FieldFeatures.IsDone);
        numbers = numbers.Count > 0 ? numbers : [$"all {noun.Plural}", $"{noun.Plural} added in the last 7 days", .. done is null ? Array.Empty<string>() : [$"{noun.Plural} that are not {done.Name}"]];
        Feature("dashboard/numbers", "Dashboard", "See the important numbers", $"{_context.Actor} opens the dashboard and sees as numbers: {AnswerText.Shorten(Sentence.Join(numbers), 300)}. They agree with the lists.", origin, [EntityFeatures.Key(entity, "create")],
            _context.Start, $"Add {noun.A} and open the dashboard", $"These are shown: {AnswerText.Shorten(Sentence.Join(numbers), 200)}", "Count in the list: the numbers agree", $"Add another {noun.Singular}: the numbers change");
        Feature("dashboard/chart", "Dashboard", "See how it developed", $"The dashboard shows as a chart how many {noun.Plural} were added on each of the last 30 days; each bar shows its day and number, also to a screen reader.", Chosen, ["dashboard/numbers"],
            _context.Start, $"Add two {noun.Plural}", "Open the dashboard: today's bar shows 2 more", "Move to a bar with the keyboard: its day and number are read out");
        Feature("dashboard/links", "Dashboard", "Numbers lead to what they count", "Selecting a number opens the list with exactly the things that were counted.", SpecOrigin.Assumed, ["dashboard/numbers"],
            _context.Start, "Open the dashboard and select a number", "The list shows exactly as many things");
        plan.Add("dashboard", Chosen, "It counts over all tables.", new SpecEndpoint("GET", "/api/dashboard", "get the numbers and the chart"));
        plan.Screen("dashboard", Chosen, "Numbers in a row, the chart below");
    }

    private void Transfer(Entity entity)
    {
        var noun = entity.Noun;
        var origin = _answers.Has(QuestionIds.Formats) ? SpecOrigin.Answer(QuestionIds.Formats) : SpecOrigin.Assumed;
        var formats = new List<string>();
        formats.AddRange(_answers.Find(QuestionIds.Formats) is { OptionIds.Count: > 0 } chosen ? chosen.OptionIds.Select(id => id.ToUpperInvariant()) : ["CSV"]);
        Feature("transfer/export", "Import and export", $"Export {noun.Plural}", $"{_context.Actor} presses Export and gets a file ({Sentence.Join(formats, "or")}) with the {noun.Plural} they can see, all of their fields, and umlauts and commas intact.", origin, [EntityFeatures.Key(entity, "list")],
            _context.Start, $"Add {noun.A} named 'Käse, \"mild\"'", $"Press Export and pick {formats[0]}", "Open the file: the name is exactly the same, and all fields are there");
        if (formats.Any(format => format is "CSV" or "JSON"))
        {
            Feature("transfer/import", "Import and export", $"Import {noun.Plural}", $"{_context.Actor} picks a file, sees a preview of what will be added, and confirms; the number of added {noun.Plural} is shown.", origin, [EntityFeatures.Key(entity, "create"), "transfer/export"],
                _context.Start, "Import a file that was exported before: the preview shows its rows", "Confirm: the number of added rows is shown", "They are in the list");
            Feature("transfer/wrong", "Import and export", "A faulty file is refused as a whole", "When a row of an import does not fit, nothing is added; the message names the rows and what is wrong with each.", SpecOrigin.Assumed, ["transfer/import"],
                _context.Start, "Import a file whose third row has a wrong value", "A message names row 3 and the reason", "Nothing was added", "Import a picture: a message says which files are possible");
        }

        plan.Add("transfer", Chosen, $"They work on {noun.Plural}.", new SpecEndpoint("GET", "/api/export", "get a file"), new SpecEndpoint("POST", "/api/import", "preview or add the rows of a file"));
    }

    private void Notifications(Entity entity)
    {
        var noun = entity.Noun;
        var byMail = _answers.Chose(QuestionIds.Channels, "email") || _answers.Chose(QuestionIds.Channels, "both");
        var inApp = !_answers.Chose(QuestionIds.Channels, "email");
        var origin = _answers.Has(QuestionIds.Channels) ? SpecOrigin.Answer(QuestionIds.Channels) : SpecOrigin.Assumed;
        var due = entity.Own.FirstOrDefault(field => field.Kind is FieldKind.Date or FieldKind.Moment);
        var cause = due is not null ? $"the {due.Name} of {noun.A} is tomorrow" : _answers.HasSharing ? $"somebody else changes {noun.A} they share" : $"{noun.A} was added by somebody else";
        if (inApp)
        {
            Feature("notifications/in-app", "Notifications", "Get a notification in the application", $"When {cause}, the bell at the top shows one more; it lists what happened and when, and leads there.", origin, [EntityFeatures.Key(entity, "create")],
                _context.Start, $"Make it happen that {cause}", "The bell shows 1", "Open it: it says what happened", $"Select it: the {noun.Singular} opens, and the bell shows nothing");
        }

        if (byMail)
        {
            Feature("notifications/email", "Notifications", "Get a notification by email", $"When {cause}, an email with the name and a link goes out within one minute, once.", origin, [EntityFeatures.Key(entity, "create")],
                $"Make it happen that {cause}", "Within one minute there is one email (in development: in the server's log)", "Its link opens the right page");
        }

        Feature("notifications/off", "Notifications", "Turn notifications off", $"{_context.Actor} turns each kind of notification on and off; what is off is not sent.", SpecOrigin.Assumed, ["notifications/in-app", "notifications/email"],
            _context.Start, "Open Settings and turn a kind off", $"Make it happen that {cause}", "Nothing arrives", "Turn it on again: the next one arrives");
        if (_answers.HasAccounts)
        {
            plan.Add(new SpecTable("notifications", [new("id", "integer", "primary key"), new("user_id", "integer", "required, references users(id), on delete cascade"), new("text", "text", "required"), new("link", "text", "required"), new("read_at", "datetime", ""), new("created_at", "datetime", "required")], "Created by the server; people only mark them as read, and old ones go after 90 days.", Chosen));
        }

        plan.Add("notifications", Chosen, "They work on the own notifications.", new SpecEndpoint("GET", "/api/notifications", "list them"), new SpecEndpoint("PATCH", "/api/notifications/{id}", "mark one as read"));
    }

    private void Calendar(Entity entity)
    {
        var dated = _context.Entities.FirstOrDefault(other => other.Own.Any(field => field.Kind is FieldKind.Date or FieldKind.Moment)) ?? entity;
        var day = dated.Own.FirstOrDefault(field => field.Kind is FieldKind.Date or FieldKind.Moment)?.Name ?? "day";
        var noun = dated.Noun;
        Feature("calendar/month", "Calendar", $"See {noun.Plural} in a calendar", $"{_context.Actor} opens the calendar and sees each {noun.Singular} on its {day}; Back, Next and Today change the month.", Chosen, [EntityFeatures.Key(dated, "create")],
            _context.Start, $"Add {noun.A} for the 15th of next month", "Open the calendar and press Next: it is on the 15th", "Select it: it opens", "Press Today: this month is shown");
        Feature("calendar/day", "Calendar", "Add something on a day", $"Selecting an empty day opens the form for a new {noun.Singular} with this day filled in.", SpecOrigin.Assumed, ["calendar/month"],
            _context.Start, "Open the calendar and select an empty day", $"The form opens with this day as {day}", "Save: it is on that day");
        Feature("calendar/remind", "Calendar", "Be reminded in time", $"{_context.Actor} sets a reminder for {noun.A} (at the time, one hour or one day before); when it is due a message appears on every open page, once.", Chosen, [EntityFeatures.Key(dated, "create")],
            _context.Start, $"Set a reminder for {noun.A} in one minute", "Stay on any page: the message appears", "Close it: it does not come back");
        plan.Screen("calendar", Chosen, "A month as a grid; on narrow screens a list of days");
    }

    private void History(Entity entity)
    {
        var noun = entity.Noun;
        Feature("history/list", "History", $"See what happened to {noun.A}", $"The page of {noun.A} lists every change: what, from which value to which{(_answers.HasAccounts ? ", by whom" : "")} and when, the newest first.", Chosen, [EntityFeatures.Key(entity, "edit")],
            _context.Start, $"Add {noun.A} and change its {entity.Label.Name}", "Open its history: two entries, the newest first", "The entry shows the old and the new value");
        Feature("history/undo", "History", "Take a change back", $"{_context.Actor} restores an earlier state from the history; that is a new entry, and nothing of the history is lost.", SpecOrigin.Assumed, ["history/list"],
            _context.Start, $"Change the {entity.Label.Name} of {noun.A}", "Open its history and restore the entry before", "The old value is back", "The history has one entry more");
        plan.Add(new SpecTable("changes", [new("id", "integer", "primary key"), new("table_name", "text", "required"), new("record_id", "integer", "required"), new("before", "text", "JSON"), new("after", "text", "JSON"), .. _answers.HasAccounts ? [new SpecColumn("user_id", "integer", "references users(id), on delete set null")] : Array.Empty<SpecColumn>(), new("created_at", "datetime", "required")], "Written by the server with every change; a history that could be edited would be none.", Chosen));
        plan.Add("history", Chosen, "They work on the table of changes.", new SpecEndpoint("GET", $"/api/{noun.Identifier}/{{id}}/history", "list the changes"), new SpecEndpoint("POST", $"/api/{noun.Identifier}/{{id}}/restore", "restore an earlier state"));
    }

    private void Offline()
    {
        Feature("offline/read", "Offline", "Look things up without a connection", "What was opened in the last 30 days can be opened without a connection; a line at the top says that it may be out of date.", Chosen, Main is null ? [] : [EntityFeatures.Key(Main, "open")],
            _context.Start, "Open some pages, then cut the connection", "Reload: the page opens, and a line says that there is no connection", "Open another page from before: it opens too");
        if (Busy is { } busy)
        {
            Feature("offline/write", "Offline", "Work without a connection", $"What {char.ToLowerInvariant(_context.Actor[0]) + _context.Actor[1..]} adds or changes without a connection is kept on the device, marked as not sent yet, and sent once when the connection is back.", Chosen, ["offline/read", EntityFeatures.Key(busy, "create")],
                _context.Start, $"Cut the connection and add {busy.Noun.A}", "It is listed and marked as not sent", "Connect again: within 10 seconds the mark is gone", "Look from another device: it is there once");
        }
    }

    private void Feature(string key, string category, string name, string behaviour, SpecOrigin origin, string[] after, params string[] steps) =>
        plan.Add(new PlannedFeature(key, category, name, behaviour, steps, after, origin));
}
