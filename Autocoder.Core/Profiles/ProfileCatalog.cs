using Autocoder.Core.Conversations;
using Autocoder.Core.Tools;

namespace Autocoder.Core.Profiles;

/// <summary>The profiles that come with the application, and the person's own. Safe to use from any thread.</summary>
public sealed class ProfileCatalog
{
    private static readonly Profile[] BuiltIn =
    [
        SpecProfile.Create(),
        AssistantProfile.Create(),
        CoderProfile.Create(),
        ReviewerProfile.Create(),
        InitializerProfile.Create(),
        ExplorerProfile.Create(),
    ];

    private readonly ProfileFolder? _folder;

    /// <summary>The built-in profiles only.</summary>
    public ProfileCatalog()
    {
    }

    /// <summary>The built-in profiles, and those of a folder.</summary>
    /// <param name="folder">Need not exist; null for none.</param>
    public ProfileCatalog(string? folder, ToolCatalog tools) => _folder = new ProfileFolder(folder, new ProfileReader(BuiltIn, tools));

    /// <summary>All that can be used now: the built-in ones first, then the person's own.</summary>
    public IReadOnlyList<Profile> All => [.. BuiltIn, .. Files.Select(file => file.Profile).OfType<Profile>()];

    /// <summary>The person's own, as their files are now, the broken ones with what is wrong with them.</summary>
    public IReadOnlyList<ProfileFile> Files => _folder?.Read() ?? [];

    /// <summary>Finds a profile by the id that events store; null when there is none.</summary>
    public Profile? Find(string id) =>
        Array.Find(BuiltIn, profile => profile.Id == id) ?? Files.Select(file => file.Profile).FirstOrDefault(profile => profile?.Id == id);

    /// <summary>Finds a profile that must exist.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public Profile Get(string id) => Find(id)
        ?? throw new ArgumentException(
            $"There is no profile '{id}'. Known are: {string.Join(", ", All.Select(profile => profile.Id))}.", nameof(id));

    /// <summary>The named profile, or the usual one of a surface: <c>spec</c>, <c>assistant</c>, <c>coder</c>.</summary>
    /// <exception cref="ArgumentException">There is no profile with this id.</exception>
    public Profile Resolve(string? id, ConversationKind surface) => Get(id ?? surface switch
    {
        ConversationKind.Spec => "spec",
        ConversationKind.Assistant => "assistant",
        _ => "coder",
    });
}
