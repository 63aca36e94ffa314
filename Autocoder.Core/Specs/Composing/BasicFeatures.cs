using Autocoder.Core.Specs.Interviews;

namespace Autocoder.Core.Specs.Composing;

/// <summary>The first screen, what people said they do, search, small screens, and what happens when something goes wrong.</summary>
internal sealed class BasicFeatures(Plan plan)
{
    private readonly PlanContext _context = plan.Context;
    private readonly InterviewAnswers _answers = plan.Context.Answers;

    public void FirstScreen()
    {
        var origin = _answers.Has(QuestionIds.FirstLook) ? SpecOrigin.Answer(QuestionIds.FirstLook) : SpecOrigin.Assumed;
        var seen = _answers.Line(QuestionIds.FirstLook) is { Length: > 0 } own ? AnswerText.Shorten(own.TrimEnd('.'), 400)
            : _context.Main is { } main ? $"their {main.Noun.Plural} and a button to add one" : "what the application does, and where to begin";
        Feature("main/first-screen", "Main experience", "The first screen shows what matters", $"When {Article(_context.Actor)} opens the application, this comes first: {seen}.", origin, Creates(),
            _context.Start, "Look at the first screen without clicking anything", $"It shows: {AnswerText.Shorten(seen, 160)}", "Everything on it works with the keyboard too");
    }

    public void Actions(string questionId, string keyPrefix)
    {
        foreach (var (line, key) in ActionLines.Read(_context, questionId))
        {
            var act = ActionLines.AsVerb(line);
            Feature(keyPrefix + key, "Main experience", AnswerText.Shorten(Noun.Capitalize(act), 100), $"{_context.Actor} can {act.TrimEnd('.')}; the result is visible at once and still there after reloading the page.", SpecOrigin.Answer(questionId), Creates(),
                _context.Start, "Go to the place where this is done; it is reached in at most two clicks from the first screen", Noun.Capitalize(AnswerText.Shorten(act, 200)), "The result is visible at once", _answers.StoresData ? "Reload the page: the result is still there" : "Do it again with other input: the result fits it");
        }
    }

    public void Search()
    {
        if (!_answers.Chose(QuestionIds.Basics, "search") || _context.Main is not { } main)
        {
            return;
        }

        var things = Sentence.Join(_context.Entities.Select(entity => entity.Noun.Plural));
        var origin = SpecOrigin.Answer(QuestionIds.Basics);
        var first = _context.Entities.LastOrDefault(entity => entity.Parent is not null) ?? main;
        Feature("search/find", "Search", "Search in everything", $"{_context.Actor} types at least two letters into the search field; {things} that contain them are listed within one second, with the found letters marked and a link to each.", origin, [.. _context.Entities.Select(entity => EntityFeatures.Key(entity, "create"))],
            _context.Start, $"Add {first.Noun.A} named 'Lemon tea'", "Type 'lem' into the search field", "It is listed, with 'Lem' marked", "Select it: it opens");
        Feature("search/nothing", "Search", "A search without results says so", "When nothing is found, the list says so, repeats the searched words and offers to clear the search.", SpecOrigin.Assumed, ["search/find"],
            _context.Start, "Search for 'zzzz'", "A sentence says that nothing contains 'zzzz'", "Press Clear: the full list is back");
        Feature("search/signs", "Search", "Search takes every sign literally", "Quotes, percent signs, asterisks and other signs in the search are looked for as they are; upper and lower case make no difference.", SpecOrigin.Assumed, ["search/find"],
            $"Add {first.Noun.A} named '50% \"off\"'", "Search for '50%': it is found, others are not", "Search for a single quote: no error appears", "Search for 'OFF': it is found");
        plan.Add("search", origin, "It works on all tables.", new SpecEndpoint("GET", "/api/search", "find things by words"));
    }

    public void Mobile()
    {
        if (!_answers.Chose(QuestionIds.Basics, "mobile"))
        {
            return;
        }

        var origin = SpecOrigin.Answer(QuestionIds.Basics);
        Feature("mobile/small", "Small screens", "Everything works on a phone", "On a screen 390 pixels wide nothing has to be scrolled sideways, no text is cut off, and every function of the large screen can be reached.", origin, Creates(),
            "Make the window 390 pixels wide", "Open every page", "Nothing scrolls sideways and no text is cut off", "Add, change and delete something on this screen");
        Feature("mobile/touch", "Small screens", "Buttons can be hit with a thumb", "On a touch screen every button and link is at least 44 by 44 pixels, and nothing needs hovering.", origin, ["mobile/small"],
            "Open every page with a touch screen or its simulation", "Measure the buttons: at least 44 by 44 pixels", "Everything that appears on hovering can also be reached by a tap");
        Feature("mobile/menu", "Small screens", "The menu folds away", "On a narrow screen the menu is behind one button; it opens over the page and closes after a choice, by a tap beside it and with Escape.", SpecOrigin.Assumed, ["mobile/small"],
            "Make the window 390 pixels wide", "Press the menu button: the menu opens", "Choose an entry: the page appears and the menu is closed", "Open it again and press Escape: it is closed");
    }

    public void Edges()
    {
        const string Category = "Errors and edge cases";
        var origin = _answers.Has(QuestionIds.Edges) ? SpecOrigin.Answer(QuestionIds.Edges) : SpecOrigin.Assumed;
        if (!_answers.Has(QuestionIds.Edges) || _answers.Chose(QuestionIds.Edges, "network"))
        {
            Feature("edges/network", Category, "A lost connection is shown and nothing typed is lost", "When the server cannot be reached, a line at the top says so; what was typed stays, and saving works again as soon as the connection is back.", origin, Creates(),
                "Open a form and type something", "Stop the server and press Save: a line says that it cannot be reached", "What was typed is still there", "Start the server and press Save: it is saved once");
        }

        if (!_answers.Has(QuestionIds.Edges) || _answers.Chose(QuestionIds.Edges, "long"))
        {
            Feature("edges/long", Category, "Very long text does not break a page", "A name of 200 characters without a space stays inside its row or card, and can be read in full on the page of the thing itself.", origin, Creates(),
                "Enter 200 letters without a space as a name", "Look at the list, wide and narrow: nothing sticks out", "Open it: the whole name can be read");
        }

        if (!_answers.Has(QuestionIds.Edges) || _answers.Chose(QuestionIds.Edges, "twice"))
        {
            Feature("edges/twice", Category, "A double click saves only once", "While something is being saved, its button cannot be pressed again; two quick clicks create one record.", origin, Creates(),
                "Fill in a form", "Double-click Save", "There is exactly one new record");
        }

        Feature("edges/hostile", Category, "What people type is shown as text", "HTML, quotes and emoji in any field are stored as they were typed and shown as text; nothing of it runs.", SpecOrigin.Assumed, Creates(),
            "Enter <b>bold</b> & \"quotes\" 🙂 as a name and save", "It is shown exactly like that", "Enter <script>alert(1)</script>: no window appears");
        Feature("edges/unknown", Category, "An unknown address shows a helpful page", "An address that does not exist shows a page that says so, with a link to the start; the API answers 404 as JSON.", SpecOrigin.Assumed, [],
            "Open /no-such-page", "A page says that it does not exist and links to the start", "Ask the API for /api/no-such-thing: it answers 404 with JSON");
    }

    private string[] Creates() => _context.Main is { } main ? [EntityFeatures.Key(main, "create"), EntityFeatures.Key(main, "list")] : [];

    private static string Article(string actor) => char.ToLowerInvariant(actor[0]) + actor[1..];

    private void Feature(string key, string category, string name, string behaviour, SpecOrigin origin, string[] after, params string[] steps) =>
        plan.Add(new PlannedFeature(key, category, name, behaviour, steps, after, origin));
}
