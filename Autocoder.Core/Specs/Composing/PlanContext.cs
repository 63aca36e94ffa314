using Autocoder.Core.Specs.Interviews;

namespace Autocoder.Core.Specs.Composing;

/// <summary>What the answers come to, read once for all parts of the plan.</summary>
internal sealed class PlanContext
{
    // What concerns one person and is nobody else's business, also where people of several roles work together.
    private static readonly string[] PersonalWords =
    [
        "appointment", "booking", "reservation", "order", "customer", "client", "patient", "invoice", "payment", "message",
        "contact", "application", "salary", "prescription", "cart", "address", "result",
    ];

    private static readonly string[] UserWords = ["user", "account", "login", "person"];

    public PlanContext(InterviewAnswers answers)
    {
        Answers = answers;
        Tables = EntityParser.Parse(answers.Text(QuestionIds.Tables));
        var named = EntityParser.Combine(EntityParser.ParseOrAssume(answers.Things), Tables);
        UserFields = answers.HasAccounts ? [.. named.Where(IsUser).SelectMany(entity => entity.Fields).Where(field => !field.IsAssumed)] : [];
        Entities = answers.StoresData ? [.. named.Where(entity => !IsCovered(entity)).Select(WithoutCovered)] : [];
    }

    public InterviewAnswers Answers { get; }

    /// <summary>What people create and keep, without what a chosen area brings along.</summary>
    public IReadOnlyList<Entity> Entities { get; }

    /// <summary>What the person wants to know of each user, beside name and email.</summary>
    public IReadOnlyList<Field> UserFields { get; }

    /// <summary>What the person changed about the tables, on the detailed path.</summary>
    public IReadOnlyList<Entity> Tables { get; }

    /// <summary>What stands at the centre: the first thing that belongs to nothing else.</summary>
    public Entity? Main => Entities.FirstOrDefault(entity => entity.Parent is null) ?? (Entities.Count > 0 ? Entities[0] : null);

    /// <summary>Who acts.</summary>
    public string Actor => Answers.HasAccounts ? "A signed-in person" : "A person";

    /// <summary>The first test step of most features.</summary>
    public string Start => Answers.HasAccounts ? "Sign in" : "Open the application";

    /// <summary>Whether there are several kinds of people.</summary>
    public bool HasRoles => Answers.HasAccounts && HasArea("roles");

    /// <summary>Whether a thing is seen only by whoever added it. Without roles everything is; with roles people share what they work on.</summary>
    public bool IsPersonal(Entity entity) => !HasRoles || PersonalWords.Contains(entity.Noun.Singular.Split(' ')[^1]);

    /// <summary>Whether each thing says who added it; what lies in another thing goes by that one.</summary>
    public bool HasOwner(Entity entity) => Answers.HasAccounts && (entity.Parent is null || (HasRoles && IsPersonal(entity)));

    /// <summary>The thing people handle most: what lies inside the main thing, else what lies inside any, else the main thing.</summary>
    public Entity? Busy => Main is null ? null
        : ChildrenOf(Main).FirstOrDefault() ?? Entities.LastOrDefault(entity => entity.Parent is not null) ?? Main;

    public bool HasArea(string area) => Answers.Chose(QuestionIds.Areas, area);

    public Entity? Find(string? singular) => Entities.FirstOrDefault(entity => entity.Noun.Singular == singular);

    public IEnumerable<Entity> ChildrenOf(Entity entity) => Entities.Where(child => child.Parent == entity.Noun.Singular);

    /// <summary>Where the answer that named an entity was given.</summary>
    public SpecOrigin OriginOf(Entity entity) => SpecOrigin.Answer(
        Tables.Any(table => table.Noun.Singular == entity.Noun.Singular)
        && EntityParser.ParseOrAssume(Answers.Things).All(named => named.Noun.Singular != entity.Noun.Singular)
            ? QuestionIds.Tables
            : Answers.ThingsQuestion);

    private static bool IsUser(Entity entity) => UserWords.Contains(entity.Noun.Singular);

    private bool IsCovered(Entity entity)
    {
        var word = entity.Noun.Singular.Split(' ')[^1];
        return (Answers.HasAccounts && IsUser(entity))
            || (Answers.HasSharing && word is "share" or "sharing" or "invitation" or "invite" or "collaborator" && Answers.HasSharing)
            || (HasArea("comments") && word is "comment")
            || (HasArea("tags") && word is "tag" or "label" && HasArea("tags"))
            || (HasArea("notifications") && word is "notification" or "alert" && HasArea("notifications"))
            || (HasArea("files") && word is "file" or "attachment" && HasArea("files"))
            || (HasArea("history") && word is "history" or "log entry" or "activity" && HasArea("history"));
    }

    // A tie to something that an area brings along would point nowhere.
    private Entity WithoutCovered(Entity entity)
    {
        var parent = entity.Parent is not null && IsCovered(new Entity(Noun.From(entity.Parent), [])) ? null : entity.Parent;
        return entity with
        {
            Parent = parent,
            Fields = [.. entity.Fields.Select(field => field.References is not null && IsCovered(new Entity(Noun.From(field.References), []))
                ? field with { References = "user" }
                : field)],
        };
    }
}
