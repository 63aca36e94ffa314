using Autocoder.Core.Specs.Interviews;

namespace Autocoder.Core.Specs.Composing;

/// <summary>What people attach to things: comments, tags, files.</summary>
internal sealed class AttachedFeatures(Plan plan)
{
    private static readonly SpecOrigin Chosen = SpecOrigin.Answer(QuestionIds.Areas);

    private readonly PlanContext _context = plan.Context;

    public void Add()
    {
        if (_context.Main is not { } main)
        {
            return;
        }

        var entity = _context.ChildrenOf(main).FirstOrDefault() ?? main;
        if (_context.HasArea("comments"))
        {
            Comments(entity);
        }

        if (_context.HasArea("tags"))
        {
            Tags(entity);
        }

        if (_context.HasArea("files"))
        {
            Files(entity);
        }
    }

    private void Comments(Entity entity)
    {
        var noun = entity.Noun;
        var byWhom = _context.Answers.HasAccounts ? " with the writer's name and" : " with";
        Feature("comments/add", "Comments", $"Comment on {noun.A}", $"{_context.Actor} writes a comment on the page of {noun.A} and sends it; it appears below the others{byWhom} the time.", Chosen, [EntityFeatures.Key(entity, "open")],
            _context.Start, $"Open {noun.A}", "Write a comment and press Send", "It appears below the others with the time", "Reload the page: it is still there");
        Feature("comments/change", "Comments", "Change or delete the own comment", "The writer changes or, after a confirmation, deletes a comment; a changed one says 'changed'. Nobody else can.", Chosen, ["comments/add"],
            _context.Start, "Write a comment and change it: it says 'changed'", "Delete it and confirm: it is gone", "Comments of others have neither button");
        Feature("comments/empty", "Comments", "Empty comments are not sent", "While the comment is empty or only spaces, Send cannot be pressed; more than 2000 characters are refused with a message.", SpecOrigin.Assumed, ["comments/add"],
            _context.Start, $"Open {noun.A}: Send cannot be pressed", "Type spaces: it still cannot", "Paste 2001 characters and send: a message names the limit");
        var author = _context.Answers.HasAccounts ? [new SpecColumn("author_id", "integer", "required, references users(id)")] : Array.Empty<SpecColumn>();
        plan.Add(new SpecTable("comments", [new("id", "integer", "primary key"), new(noun.Key + "_id", "integer", $"required, references {noun.Identifier}(id), on delete cascade"), .. author, new("text", "text", "required, at most 2000 characters"), new("created_at", "datetime", "required"), new("changed_at", "datetime", "")], "", Chosen));
        Endpoints("comments", noun, "comment", editable: true);
    }

    private void Tags(Entity entity)
    {
        var noun = entity.Noun;
        Feature("tags/set", "Tags", $"Tag {noun.A}", $"{_context.Actor} types a tag on {noun.A}; known tags are offered while typing, a new one is created with Enter, and it is shown as a label.", Chosen, [EntityFeatures.Key(entity, "open")],
            _context.Start, $"Open {noun.A} and type a new tag, then Enter", "It is shown as a label", "Open another one and type its first letter: it is offered", "Reload: both are kept");
        Feature("tags/filter", "Tags", $"See {noun.Plural} with a tag", $"Selecting a tag anywhere lists all {noun.Plural} that have it; selecting a second one narrows the list to those with both.", Chosen, ["tags/set"],
            _context.Start, $"Give two {noun.Plural} the same tag and a third one another", "Select the first tag: the two are listed", "Select the other too: a sentence says that nothing has both");
        Feature("tags/manage", "Tags", "Rename and delete tags", $"{_context.Actor} renames a tag, and it changes everywhere; deleting asks, says how many {noun.Plural} have it, and keeps those.", Chosen, ["tags/set"],
            _context.Start, $"Rename a tag: every {noun.Singular} shows the new name", "Rename it to one that exists: the two become one, after a question", $"Delete it and confirm: the {noun.Plural} are still there, without it");
        plan.Add(new SpecTable("tags", [new("id", "integer", "primary key"), new("name", "text", "required, unique without upper and lower case, at most 50 characters"), new("created_at", "datetime", "required")], "", Chosen));
        plan.Add(new SpecTable(noun.Key + "_tags", [new(noun.Key + "_id", "integer", $"required, references {noun.Identifier}(id), on delete cascade"), new("tag_id", "integer", "required, references tags(id), on delete cascade")], "A pair is added and removed with the tags of one thing; primary key is the pair.", Chosen));
        plan.Add("tags", Chosen, "", new SpecEndpoint("GET", "/api/tags", "list the tags"), new SpecEndpoint("POST", "/api/tags", "add a tag"), new SpecEndpoint("PATCH", "/api/tags/{id}", "rename a tag"), new SpecEndpoint("DELETE", "/api/tags/{id}", "delete a tag"));
    }

    private void Files(Entity entity)
    {
        var noun = entity.Noun;
        var kinds = _context.Answers.Choice(QuestionIds.FileKinds) switch
        {
            "images" => "PNG, JPEG, GIF or WebP",
            "documents" => "PDF, text or office documents",
            _ => "of any kind that cannot run as a program",
        };
        var origin = _context.Answers.Has(QuestionIds.FileKinds) ? SpecOrigin.Answer(QuestionIds.FileKinds) : SpecOrigin.Assumed;
        Feature("files/add", "Files", $"Attach a file to {noun.A}", $"{_context.Actor} drops a file ({kinds}, at most 10 MB) on the page of {noun.A} or picks it; it is listed with name, size and day, while a bar shows the progress.", origin, [EntityFeatures.Key(entity, "open")],
            _context.Start, $"Open {noun.A} and drop a file on it", "A bar shows the progress", "The file is listed with name, size and day", "Reload: it is still there");
        Feature("files/get", "Files", "Open and remove a file", "Selecting a file opens or downloads it with its own name; Remove deletes it after a confirmation.", Chosen, ["files/add"],
            _context.Start, "Select an attached file: its content is exactly the same", "Press Remove and confirm: it is gone from the list", "Open its old address: 404");
        Feature("files/refused", "Files", "Files that do not fit are refused", "A file that is too large, empty or of another kind is refused before it is sent, with its name and the reason; the others of the same drop are kept.", SpecOrigin.Assumed, ["files/add"],
            _context.Start, "Drop a good file and one of 11 MB together", "The good one is attached", "A message names the other one and the limit", "Rename a program to .png and drop it: it is refused");
        plan.Add(new SpecTable("files", [new("id", "integer", "primary key"), new(noun.Key + "_id", "integer", $"required, references {noun.Identifier}(id), on delete cascade"), new("name", "text", "required, at most 200 characters"), new("size", "integer", "required, bytes"), new("content_type", "text", "required"), new("stored_as", "text", "required, random name outside the web root"), new("created_at", "datetime", "required")], "A file is added and removed; a new version is a new file.", Chosen));
        Endpoints("files", noun, "file", editable: false);
    }

    private void Endpoints(string group, Noun noun, string one, bool editable)
    {
        var path = $"/api/{noun.Identifier}/{{id}}/{group}";
        plan.Add(group, Chosen, "", new SpecEndpoint("GET", path, $"list the {group} of {noun.A}"), new SpecEndpoint("POST", path, $"add a {one}"));
        if (editable)
        {
            plan.Add(group, Chosen, "", new SpecEndpoint("PATCH", $"/api/{group}/{{id}}", $"change a {one}"));
        }
        else
        {
            plan.Add(group, Chosen, "", new SpecEndpoint("GET", $"/api/{group}/{{id}}", $"get a {one}"));
        }

        plan.Add(group, Chosen, "", new SpecEndpoint("DELETE", $"/api/{group}/{{id}}", $"delete a {one}"));
    }

    private void Feature(string key, string category, string name, string behaviour, SpecOrigin origin, string[] after, params string[] steps) =>
        plan.Add(new PlannedFeature(key, category, name, behaviour, steps, after, origin));
}
