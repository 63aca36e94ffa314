using Autocoder.Core.Specs.Interviews;

namespace Autocoder.Core.Specs.Composing;

/// <summary>Sharing the main thing with other people, to look at or to work on together.</summary>
internal sealed class SharingFeatures(Plan plan)
{
    private readonly InterviewAnswers _answers = plan.Context.Answers;

    private SpecOrigin Mode => _answers.Has(QuestionIds.SharingMode) ? SpecOrigin.Answer(QuestionIds.SharingMode) : SpecOrigin.Assumed;

    public void Add()
    {
        if (!_answers.HasSharing || plan.Context.Main is not { } main)
        {
            return;
        }

        var noun = main.Noun;
        var mayView = !_answers.Chose(QuestionIds.SharingMode, "joint");
        var mayEdit = !_answers.Chose(QuestionIds.SharingMode, "view");
        var rights = mayView && mayEdit ? "view only or edit" : mayEdit ? "edit" : "view only";
        Data(noun, rights);
        Feature("invite", $"Share {noun.A} with somebody", $"The owner of {noun.A} enters the email of another person{(mayView && mayEdit ? ", picks 'view only' or 'edit'" : "")} and presses Share; the person is listed under 'Shared with' at once.", SpecOrigin.Answer(QuestionIds.Basics), [EntityFeatures.Key(main, "open"), AccountFeatures.SignIn],
            $"Sign in as Ada and open {noun.A}", "Press Share and enter Ben's email", "Ben is listed under 'Shared with'", $"Sign in as Ben: the {noun.Singular} is in his list", "It says that it is Ada's");
        Feature("inbox", $"Shared {noun.Plural} are marked", $"In the list, {noun.Plural} of other people carry the word 'shared' and the owner's name, and can be shown alone.", SpecOrigin.Assumed, ["sharing/invite"],
            $"Let Ada share {noun.A} with Ben", "Sign in as Ben", "It carries 'shared' and Ada's name", $"Choose 'Shared with me': only this {noun.Singular} is shown");
        if (mayView)
        {
            Feature("view", $"A view-only share cannot change anything", $"Somebody with a view-only share sees the {noun.Singular} with all it holds, but no button that changes anything; the API answers 403 to a change.", Mode, ["sharing/invite"],
                $"Let Ada share {noun.A} with Ben, view only", "Sign in as Ben and open it: everything is shown", "There is no Add, Edit or Delete", "Send a change to the API as Ben: it answers 403");
        }

        if (mayEdit)
        {
            Joint(noun, main);
        }

        Feature("revoke", $"Stop sharing {noun.A}", $"The owner removes a person from 'Shared with' and confirms; from that moment the person can no longer open the {noun.Singular}.", SpecOrigin.Assumed, ["sharing/invite"],
            $"Let Ada share {noun.A} with Ben", "Let Ada remove Ben and confirm", $"Ben's list no longer has the {noun.Singular}", "Ben opens its old address: the page for what does not exist appears");
        Feature("leave", $"Leave {noun.A} that others shared", $"A person removes a shared {noun.Singular} from their own list after confirming; the owner keeps it, and everybody else too.", SpecOrigin.Assumed, ["sharing/invite"],
            $"Let Ada share {noun.A} with Ben", "Sign in as Ben, press Leave and confirm: it is gone from his list", "Sign in as Ada: it is still there, and Ben is no longer listed");
        Feature("refused", "A share with the wrong person is refused", "Sharing with oneself, with somebody who has it already, or with an unknown email is refused with a message that says which of the three it is.", SpecOrigin.Assumed, ["sharing/invite"],
            $"Open the share dialog of {noun.A}", "Enter the own email: a message says why not", "Enter somebody who has it already: a message says so", "Enter an unknown email: a message says that there is no such account");
        Feature("owner-only", $"Only the owner shares and deletes {noun.A}", $"Somebody with whom {noun.A} was shared can neither share it further nor delete it; the buttons are not shown, and the API answers 403.", SpecOrigin.Assumed, ["sharing/invite", EntityFeatures.Key(main, "delete")],
            $"Let Ada share {noun.A} with Ben", "Sign in as Ben: Share and Delete are not offered", "Send both requests to the API as Ben: it answers 403");
    }

    private void Joint(Noun noun, Entity main)
    {
        var part = plan.Context.ChildrenOf(main).FirstOrDefault()?.Noun;
        var work = part is null ? $"change the {noun.Singular}" : $"add, change and delete {part.Plural} in it";
        Feature("edit", $"Work on {noun.A} together", $"Somebody with an edit share can {work}; the owner and everybody else it is shared with sees the change within five seconds, without reloading.", Mode, ["sharing/invite", EntityFeatures.Key(main, "edit"), part is null ? "" : $"entity/{part.Key}/create"],
            $"Let Ada share {noun.A} with Ben, to edit", "Open it as Ada and as Ben side by side", part is null ? "Change its name as Ben" : $"Add {part.A} as Ben", "Within five seconds Ada sees it");
        Feature("collision", "Two changes at the same time lose nothing in silence", "When two people change the same thing at once, the second one who saves is told that it changed meanwhile, sees both versions and decides.", SpecOrigin.Assumed, ["sharing/edit"],
            "Open the same form as Ada and as Ben", "Save as Ada, then as Ben", "Ben is told that it was changed and sees both versions", "Ben decides; the chosen one is what both see");
    }

    private void Data(Noun noun, string rights)
    {
        var origin = SpecOrigin.Answer(QuestionIds.Basics);
        plan.Add(new SpecTable(noun.Key + "_shares",
            [
                new("id", "integer", "primary key"), new(noun.Key + "_id", "integer", $"required, references {noun.Identifier}(id), on delete cascade"),
                new("user_id", "integer", "required, references users(id), on delete cascade"), new("access", "text", $"required, one of {rights.Replace(" or ", " / ", StringComparison.Ordinal)}"),
                new("created_at", "datetime", "required, set by the server"),
            ],
            "Created by sharing, changed and deleted in the share dialog; unique for each thing and person.", origin));
        var path = $"/api/{noun.Identifier}/{{id}}/shares";
        plan.Add("shares", origin, "They work on the table of shares.",
            new SpecEndpoint("GET", path, "list with whom it is shared"), new SpecEndpoint("POST", path, "share it"),
            new SpecEndpoint("PATCH", path + "/{userId}", "change what somebody may do"), new SpecEndpoint("DELETE", path + "/{userId}", "stop sharing, or leave"));
        plan.Screen("share_dialog", origin, $"Opened from the page of one {noun.Singular}", "An email field, the right to give, and the list 'Shared with' with Remove buttons");
    }

    private void Feature(string key, string name, string behaviour, SpecOrigin origin, string[] after, params string[] steps) =>
        plan.Add(new PlannedFeature("sharing/" + key, "Sharing", name, behaviour, steps, after, origin));
}
