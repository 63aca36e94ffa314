namespace Autocoder.Core.Specs.Interviews;

/// <summary>The ids of the questions. They are stored in conversations and specifications: never rename one.</summary>
public static class QuestionIds
{
    public const string Name = "overview.name";
    public const string What = "overview.what";
    public const string Who = "overview.who";
    public const string Depth = "involvement.depth";
    public const string Defaults = "technology.defaults";
    public const string Preferences = "technology.preferences";
    public const string Storage = "technology.storage";
    public const string Frontend = "technology.frontend";
    public const string Backend = "technology.backend";
    public const string Database = "technology.database";
    public const string OtherTechnology = "technology.other";
    public const string FirstLook = "features.first_look";
    public const string Entities = "features.entities";
    public const string EntitiesAgain = "features.entities_again";
    public const string Actions = "features.actions";
    public const string Basics = "features.basics";
    public const string Areas = "features.areas";
    public const string Login = "accounts.login";
    public const string Timeout = "accounts.timeout";
    public const string Passwords = "accounts.passwords";
    public const string Refused = "accounts.refused";
    public const string SharingMode = "sharing.mode";
    public const string Roles = "roles.kinds";
    public const string OnDelete = "data.on_delete";
    public const string Channels = "notifications.channels";
    public const string Formats = "transfer.formats";
    public const string Numbers = "dashboard.numbers";
    public const string FileKinds = "files.kinds";
    public const string Sensitive = "features.sensitive";
    public const string Integrations = "features.integrations";
    public const string Edges = "features.edges";
    public const string Breakdown = "features.breakdown";
    public const string Outline = "technical.outline";
    public const string Tables = "technical.tables";
    public const string Api = "technical.api";
    public const string Layout = "technical.layout";
    public const string Look = "technical.look";
    public const string Order = "technical.order";
    public const string MustHaves = "success.must_haves";
    public const string Polish = "success.polish";
    public const string Special = "success.special";
    public const string Decision = "review.decision";
    public const string Revisit = "review.revisit";
}
