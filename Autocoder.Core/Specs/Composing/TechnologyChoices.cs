using Autocoder.Core.Specs.Interviews;

namespace Autocoder.Core.Specs.Composing;

/// <summary>What the application is built with, in the words of the specification.</summary>
internal static class TechnologyChoices
{
    public static string Database(InterviewAnswers answers) => answers.Choice(QuestionIds.Database) switch
    {
        "postgresql" => "PostgreSQL",
        "mysql" => "MySQL",
        _ => Own(answers, QuestionIds.Database) ?? Preferred(answers, "PostgreSQL", "Postgres", "MySQL", "MariaDB", "SQL Server", "MongoDB", "SQLite") ?? "SQLite",
    };

    public static IReadOnlyList<SpecChoices> Compose(InterviewAnswers answers)
    {
        if (!answers.Has(QuestionIds.Storage))
        {
            return [];
        }

        var frontend = Frontend(answers);
        var backend = Backend(answers);
        var notes = new[] { QuestionIds.Preferences, QuestionIds.OtherTechnology, QuestionIds.Defaults }
            .Where(id => answers.Line(id).Length > 0)
            .Select(id => new SpecChoice("preferences", AnswerText.Shorten(answers.Line(id), 1_000), SpecOrigin.Answer(id)))
            .ToList();
        return
        [
            new SpecChoices("frontend",
            [
                new SpecChoice("framework", frontend, Origin(answers, QuestionIds.Frontend)),
                new SpecChoice("styling", "Plain CSS with custom properties for colours and spacing", SpecOrigin.Assumed),
                new SpecChoice("port", "3000", SpecOrigin.Assumed),
            ]),
            new SpecChoices("backend",
            [
                new SpecChoice("runtime", backend, Origin(answers, QuestionIds.Backend)),
                answers.StoresData
                    ? new SpecChoice("database", Database(answers), Origin(answers, QuestionIds.Database))
                    : new SpecChoice("database", "none, stateless", SpecOrigin.Answer(QuestionIds.Storage)),
                new SpecChoice("port", "3001", SpecOrigin.Assumed),
            ]),
            new SpecChoices("communication", [new SpecChoice("api", Api(answers), Origin(answers, QuestionIds.Api))]),
            .. notes.Count > 0 ? [new SpecChoices("other", notes)] : Array.Empty<SpecChoices>(),
        ];
    }

    public static IReadOnlyList<string> Prerequisites(InterviewAnswers answers)
    {
        if (!answers.Has(QuestionIds.Storage))
        {
            return [];
        }

        var backend = Backend(answers);
        var items = new List<string>();
        if (backend.StartsWith("Node", StringComparison.Ordinal) || !Frontend(answers).StartsWith("Plain", StringComparison.Ordinal))
        {
            items.Add("Node.js 20 or newer, with npm");
        }

        items.AddRange(backend.Split(' ')[0] switch
        {
            "Python" => ["Python 3.12 or newer"],
            ".NET" => [".NET SDK 10 or newer"],
            "Go" => ["Go 1.24 or newer"],
            "Node" or "Node.js" => Array.Empty<string>(),
            _ => [$"What {AnswerText.Shorten(backend, 80)} needs to run"],
        });
        if (answers.StoresData)
        {
            var database = Database(answers);
            items.Add(database == "SQLite" ? "Nothing to install for the database: SQLite is a file in the project" : $"A running {AnswerText.Shorten(database, 80)} server, its address in an environment variable");
        }

        items.Add("Git");
        return items;
    }

    private static string Frontend(InterviewAnswers answers) => answers.Choice(QuestionIds.Frontend) switch
    {
        "vue" => "Vue 3 with Vite",
        "svelte" => "Svelte with Vite",
        "plain" => "Plain HTML, CSS and JavaScript without a framework",
        _ => Own(answers, QuestionIds.Frontend) ?? Preferred(answers, "React", "Vue", "Svelte", "Angular", "Blazor", "Next.js", "HTMX") ?? "React 19 with Vite",
    };

    private static string Backend(InterviewAnswers answers) => answers.Choice(QuestionIds.Backend) switch
    {
        "python" => "Python with FastAPI",
        "dotnet" => ".NET with ASP.NET Core",
        "go" => "Go with its standard library",
        _ => Own(answers, QuestionIds.Backend) ?? Preferred(answers, "Django", "Flask", "FastAPI", "Python", "ASP.NET", ".NET", "Go", "Rust", "Java", "Ruby on Rails", "Laravel", "PHP", "Node.js", "Node") ?? "Node.js with Express",
    };

    private static string Api(InterviewAnswers answers) =>
        answers.Chose(QuestionIds.Api, "graphql") ? "GraphQL over HTTP" : Own(answers, QuestionIds.Api) ?? "REST with JSON";

    private static string? Own(InterviewAnswers answers, string questionId) =>
        answers.Line(questionId) is { Length: > 0 } own && answers.Choice(questionId) is null ? AnswerText.Shorten(own, 200) : null;

    // In free words people name the technology by its name; the first known name wins.
    private static string? Preferred(InterviewAnswers answers, params string[] names)
    {
        var text = answers.Line(QuestionIds.Preferences) + " " + answers.Line(QuestionIds.Defaults);
        return names.FirstOrDefault(name => ContainsWord(text, name));
    }

    private static bool ContainsWord(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var isStart = at == 0 || !char.IsLetterOrDigit(text[at - 1]);
            var end = at + word.Length;
            // "Go" the language, not the verb: short names count only as they are written.
            var isExact = word.Length > 2 || text.AsSpan(at, word.Length).SequenceEqual(word);
            if (isStart && isExact && (end == text.Length || !char.IsLetterOrDigit(text[end])))
            {
                return true;
            }
        }

        return false;
    }

    private static SpecOrigin Origin(InterviewAnswers answers, string questionId) =>
        answers.Has(questionId) ? SpecOrigin.Answer(questionId)
        : answers.Line(QuestionIds.Preferences).Length > 0 ? SpecOrigin.Answer(QuestionIds.Preferences)
        : answers.Chose(QuestionIds.Defaults, "accept") ? SpecOrigin.Answer(QuestionIds.Defaults)
        : SpecOrigin.Assumed;
}
