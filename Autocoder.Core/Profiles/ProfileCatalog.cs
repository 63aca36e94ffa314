using Autocoder.Core.Conversations;

namespace Autocoder.Core.Profiles;

/// <summary>The profiles that come with the application.</summary>
public sealed class ProfileCatalog
{
    private readonly Profile[] _builtIn =
    [
        SpecProfile.Create(),
        AssistantProfile.Create(),
        CoderProfile.Create(),
        InitializerProfile.Create(),
        ExplorerProfile.Create(),
    ];

    public IReadOnlyList<Profile> All => _builtIn;

    /// <summary>Finds a profile by the id that events store; null when there is none.</summary>
    public Profile? Find(string id) => Array.Find(_builtIn, profile => profile.Id == id);

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
