using Autocoder.Core.Specs.Interviews;

namespace Autocoder.Core.Specs.Composing;

/// <summary>Reads the answers about roles, sign-in and sessions, and puts them into the words of the specification.</summary>
internal static class AccessChoices
{
    /// <summary>The roles, the one with the most rights first.</summary>
    public static IReadOnlyList<string> RoleNames(InterviewAnswers answers)
    {
        var own = answers.Line(QuestionIds.Roles);
        if (own.Length > 0)
        {
            var names = own.Split([',', ';', '/'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .SelectMany(part => part.Split(" and ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                .Select(name => AnswerText.Shorten(name.ToLowerInvariant().Trim(' ', '.', ':'), 40))
                .Where(name => name.Any(char.IsLetter))
                .Distinct().Take(8).ToList();
            if (names.Count >= 2)
            {
                // People often begin with the smallest role; whoever runs the place must come first.
                return [.. names.OrderByDescending(name => name.Contains("admin", StringComparison.Ordinal) || name.Contains("owner", StringComparison.Ordinal) || name.Contains("manager", StringComparison.Ordinal))];
            }
        }

        return answers.Chose(QuestionIds.Roles, "team") ? ["admin", "editor", "reader"] : ["admin", "user"];
    }

    public static string Timeout(InterviewAnswers answers) => answers.Choice(QuestionIds.Timeout) switch
    {
        "hour" => "after 1 hour without a click",
        "day" => "after 24 hours without a click",
        _ when answers.Line(QuestionIds.Timeout) is { Length: > 0 } own => "as agreed: " + AnswerText.Shorten(own, 200),
        _ => "after 30 days without a click",
    };

    public static string PasswordRule(InterviewAnswers answers) => answers.Choice(QuestionIds.Passwords) switch
    {
        "strict" => "at least 12 characters with letters, digits and another sign",
        _ when answers.Line(QuestionIds.Passwords) is { Length: > 0 } own => AnswerText.Shorten(own, 200),
        _ => "at least 10 characters",
    };

    public static string Refused(InterviewAnswers answers) => answers.Choice(QuestionIds.Refused) switch
    {
        "message" => "gets a page that says it is not for them, with a link to the start page",
        _ => "is led to the sign-in page, and from there to the page they wanted",
    };

    /// <summary>Roles, sign-in and what asks for confirmation.</summary>
    public static SpecAccess Compose(PlanContext context)
    {
        var answers = context.Answers;
        var things = context.Entities.Select(entity => entity.Noun).ToList();
        var sensitive = answers.Lines(QuestionIds.Sensitive).Concat(things.Select(noun => $"Delete {noun.A}"))
            .Concat(answers.HasAccounts ? ["Delete the own account"] : []).Distinct(StringComparer.OrdinalIgnoreCase);
        if (!answers.HasAccounts)
        {
            return new SpecAccess { SensitiveOperations = [.. sensitive] };
        }

        var routes = things.Select(noun => "/" + noun.Identifier).Append("/profile").ToList();
        return new SpecAccess
        {
            Roles = [.. Roles(context, things, routes)],
            Authentication =
            [
                new SpecChoice("method", Method(answers), Origin(answers, QuestionIds.Login)),
                new SpecChoice("session_timeout", "A session ends " + Timeout(answers), Origin(answers, QuestionIds.Timeout)),
                .. answers.Chose(QuestionIds.Login, "link")
                    ? Array.Empty<SpecChoice>()
                    : [new SpecChoice("password_requirements", Noun.Capitalize(PasswordRule(answers)), Origin(answers, QuestionIds.Passwords))],
            ],
            SensitiveOperations = [.. sensitive],
        };
    }

    private static IEnumerable<SpecRole> Roles(PlanContext context, List<Noun> things, List<string> routes)
    {
        var own = Sentence.Join(things.Select(noun => noun.Plural).DefaultIfEmpty("data"));
        if (!context.HasArea("roles"))
        {
            string[] shared = context.Answers.HasSharing ? [$"Use {context.Main?.Noun.Plural ?? "what"} that others shared with them, as far as the share allows"] : [];
            yield return new SpecRole("user", [$"Create, see, change and delete their own {own}", .. shared, "Change and delete their own account"], routes, SpecOrigin.Answer(QuestionIds.Basics));
            yield break;
        }

        var origin = Origin(context.Answers, QuestionIds.Roles);
        var names = RoleNames(context.Answers);
        for (var index = 0; index < names.Count; index++)
        {
            var isReader = names[index] is "reader" or "viewer" or "guest" or "visitor" or "read-only";
            string[] permissions = index == 0 ? [$"Everything: create, see, change and delete all {own}", "See all people and change their roles"]
                : isReader ? [$"See {own}", "Change nothing but their own profile"]
                : [$"Create, see, change and delete their own {own}", "Change and delete their own account"];
            yield return new SpecRole(names[index], permissions, index == 0 ? [.. routes, "/people"] : routes, origin);
        }
    }

    private static string Method(InterviewAnswers answers) => answers.Choice(QuestionIds.Login) switch
    {
        "link" => "A link sent by email, without a password",
        _ when answers.Line(QuestionIds.Login) is { Length: > 0 } own => AnswerText.Shorten(own, 200),
        _ => "Email and password",
    };

    private static SpecOrigin Origin(InterviewAnswers answers, string questionId) =>
        answers.Has(questionId) ? SpecOrigin.Answer(questionId) : SpecOrigin.Assumed;
}
