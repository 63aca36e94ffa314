using Autocoder.Core.Specs.Interviews;

namespace Autocoder.Core.Specs.Composing;

/// <summary>Signing up and in, and what each role may do.</summary>
internal sealed class AccountFeatures(Plan plan)
{
    public const string SignIn = "accounts/sign-in";

    private const string Category = "Accounts";

    private readonly PlanContext _context = plan.Context;
    private readonly InterviewAnswers _answers = plan.Context.Answers;

    private SpecOrigin Basics => _answers.Chose(QuestionIds.Basics, "accounts") ? SpecOrigin.Answer(QuestionIds.Basics) : SpecOrigin.Assumed;

    private SpecOrigin Login => _answers.Has(QuestionIds.Login) ? SpecOrigin.Answer(QuestionIds.Login) : SpecOrigin.Assumed;

    public void Add()
    {
        if (!_answers.HasAccounts)
        {
            return;
        }

        Tables();
        if (_answers.Chose(QuestionIds.Login, "link"))
        {
            ByLink();
        }
        else
        {
            ByPassword();
        }

        Session();
        if (_context.HasArea("roles"))
        {
            Roles();
        }
    }

    private void ByPassword()
    {
        var rules = AccessChoices.PasswordRule(_answers);
        Feature("sign-up", "Create an account", $"A visitor enters name, email and password and presses Create account; they are signed in and see the start page. Passwords: {rules}.", Basics, [],
            "Open the application without being signed in", "Press Create account", "Enter a name, an email and a password that keeps the rules", "The start page appears, with the name in the corner", "Try again with the same email: a message says that the account exists");
        Feature("sign-in", "Sign in", "A person enters email and password and lands on the page they wanted to see; their name is shown in the corner.", Login, ["accounts/sign-up"],
            "Create an account and sign out", "Open a protected page: the sign-in page appears", "Enter email and password", "The page that was asked for appears, with the name in the corner");
        Feature("wrong-password", "A wrong password is refused without saying too much", "With a wrong email or a wrong password the same message appears; after five failures in a row further tries for this email wait for one minute.", SpecOrigin.Assumed, [SignIn],
            "Enter a known email with a wrong password: a message appears", "Enter an unknown email: the same message appears", "Fail five times: the sixth try is refused for one minute, and the message says so");
        Feature("passwords", "Weak passwords are refused", $"When a new password breaks the rules ({rules}), the form says which one, and no account is created. Passwords are stored only as salted hashes.", Rule(QuestionIds.Passwords), ["accounts/sign-up"],
            "Press Create account", "Enter 'short' as password: a message names the rule", "Enter one that keeps the rules: the account is created", "Look at the users table: it holds a hash, not the password");
        Feature("change-password", "Change the own password", "A signed-in person enters the old password and a new one twice; from then on only the new one works, and other devices are signed out.", SpecOrigin.Assumed, [SignIn],
            "Sign in and open the profile", "Enter the old password and a new one twice, and save", "Sign out; the old password is refused", "The new one works");
    }

    private void ByLink()
    {
        Feature("sign-in", "Sign in by a link in an email", "A person enters their email and gets a link that works once within 15 minutes; opening it signs them in, and creates the account the first time.", Login, [],
            "Enter an email and press Send link", "Open the link from the mail (in development: from the server's log)", "The start page appears, with the email in the corner", "Open the same link again: a message says that it was used");
        Feature("old-link", "An old sign-in link is refused", "A link that is older than 15 minutes, or was used, shows a message and a button that sends a new one.", SpecOrigin.Assumed, [SignIn],
            "Ask for a link and make it 16 minutes old in the database", "Open it: a message says that it is too old", "Press the button: a new link is sent");
    }

    private void Session()
    {
        var timeout = AccessChoices.Timeout(_answers);
        Feature("sign-out", "Sign out", "A signed-in person presses Sign out; the sign-in page appears, and going back in the browser shows nothing that is protected.", Basics, [SignIn],
            "Sign in", "Press Sign out: the sign-in page appears", "Press Back in the browser: no protected content is shown", "Ask the API with the old session: it answers 401");
        Feature("session", "A session ends by itself", $"A session ends {timeout}; the next click leads to the sign-in page, and after signing in to the page the person was on.", Rule(QuestionIds.Timeout), [SignIn],
            "Sign in", "Make the session too old in the database", "Click anything: the sign-in page appears and says why", "Sign in: the page from before is shown");
        Feature("protected", "Pages are closed to visitors", $"A visitor who opens a protected page {AccessChoices.Refused(_answers)}; the API answers 401 without any content.", Rule(QuestionIds.Refused), [SignIn],
            "Sign out", "Open the address of a protected page", "None of its content is shown", "Ask the API for the same without a session: it answers 401");
        Feature("profile", "See and change the own profile", $"A signed-in person sees name{ProfileFields()} and email, changes them and saves; the new name is shown in the corner at once.", SpecOrigin.Assumed, [SignIn],
            "Sign in and open the profile", "Change the name and save", "The corner shows the new name", "Reload the page: it is kept");
        Feature("delete-account", "Delete the own account", "A signed-in person confirms with their email that the account goes; they are signed out, and all that was theirs alone is deleted.", SpecOrigin.Assumed, ["accounts/profile"],
            "Sign in and open the profile", "Press Delete account: the dialog says what will be deleted", "Enter a wrong email: nothing happens", "Enter the right one: the sign-in page appears", "Signing in with the old data is refused");
    }

    private void Roles()
    {
        var origin = Rule(QuestionIds.Roles);
        var roles = AccessChoices.RoleNames(_answers);
        Feature("role-limits", "Each role can do only what it may", $"The roles are {Sentence.Join(roles)}. A page or button a role may not use is not shown to it, and the API answers 403 to a request that is not allowed.", origin, [SignIn],
            $"Sign in as {roles[^1]}", "What this role may not do is not offered", $"Send a request that only {roles[0]} may send: the API answers 403", "Nothing was changed");
        Feature("role-change", "Change somebody's role", $"{Noun.Capitalize(roles[0])} opens the list of people, picks another role for one of them and confirms; it counts from that person's next click.", origin, ["accounts/role-limits"],
            $"Sign in as {roles[0]} and open People", "Pick another role for somebody and confirm", "Sign in as that person: the pages of the new role are there, those of the old one are not");
        Feature("role-last", $"The last {roles[0]} cannot be removed", $"When only one {roles[0]} is left, their role cannot be changed and their account cannot be deleted; a message says why.", SpecOrigin.Assumed, ["accounts/role-change", "accounts/delete-account"],
            $"Sign in as the only {roles[0]}", "Try to take the role away: a message says why not", "Try to delete the account: a message says why not");
        plan.Add("people", origin, "They work on the users table.",
            new SpecEndpoint("GET", "/api/people", $"list the people, for {roles[0]}"),
            new SpecEndpoint("PATCH", "/api/people/{id}", $"change a role, for {roles[0]}"));
    }

    private void Tables()
    {
        var role = _context.HasArea("roles") ? new[] { new SpecColumn("role", "text", $"required, one of {string.Join(" / ", AccessChoices.RoleNames(_answers))}") } : [];
        var password = _answers.Chose(QuestionIds.Login, "link") ? [] : new[] { new SpecColumn("password_hash", "text", "required, salted") };
        SpecColumn[] columns =
        [
            new("id", "integer", "primary key"), new("name", "text", "required, at most 200 characters"),
            new("email", "text", "required, unique, compared without upper and lower case"), .. password, .. role,
            .. _context.UserFields.Where(field => field.Column is not ("name" or "email" or "password" or "role"))
                .Select(field => new SpecColumn(field.Column, field.Type, "")),
            new("created_at", "datetime", "required, set by the server"),
        ];
        plan.Add(new SpecTable("users", columns, "Created by signing up, changed and deleted on the profile page.", Basics));
        plan.Add(new SpecTable("sessions",
            [new("id", "text", "primary key, random"), new("user_id", "integer", "required, references users(id), on delete cascade"), new("expires_at", "datetime", "required")],
            "Created by signing in, deleted by signing out; nobody edits one.", Basics));
        var signUp = _answers.Chose(QuestionIds.Login, "link") ? new SpecEndpoint("POST", "/api/auth/link", "send a sign-in link") : new SpecEndpoint("POST", "/api/auth/sign-up", "create an account");
        plan.Add("auth", Basics, "They work on users and sessions.", signUp,
            new SpecEndpoint("POST", "/api/auth/sign-in", "begin a session"), new SpecEndpoint("POST", "/api/auth/sign-out", "end the session"),
            new SpecEndpoint("GET", "/api/me", "get the own profile"), new SpecEndpoint("PATCH", "/api/me", "change the own profile"),
            new SpecEndpoint("DELETE", "/api/me", "delete the own account"));
        plan.Screen("account_pages", Basics, "Sign in and create account, each one short form in the middle of the page", "Profile: name, email, password, delete account", "The name in the corner opens a menu with Profile and Sign out");
    }

    private string ProfileFields()
    {
        var fields = _context.UserFields.Where(field => field.Column is not ("name" or "email" or "password" or "role")).Select(field => field.Name).ToList();
        return fields.Count == 0 ? "" : ", " + string.Join(", ", fields);
    }

    private SpecOrigin Rule(string questionId) => _answers.Has(questionId) ? SpecOrigin.Answer(questionId) : SpecOrigin.Assumed;

    private void Feature(string key, string name, string behaviour, SpecOrigin origin, string[] after, params string[] steps) =>
        plan.Add(new PlannedFeature("accounts/" + key, Category, name, behaviour, steps, after, origin));
}
