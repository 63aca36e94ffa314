namespace Autocoder.Core.Profiles;

/// <summary>The profiles that come with the application.</summary>
public sealed class ProfileCatalog
{
    private static readonly Profile[] BuiltIn =
    [
        SpecProfile.Create(),
        AssistantProfile.Create(),
        CoderProfile.Create(),
        InitializerProfile.Create(),
        ExplorerProfile.Create(),
    ];

    public IReadOnlyList<Profile> All => BuiltIn;

    /// <summary>Finds a profile by the id that events store; null when there is none.</summary>
    public Profile? Find(string id) => Array.Find(BuiltIn, profile => profile.Id == id);

    /// <summary>Finds a profile that must exist.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public Profile Get(string id) => Find(id)
        ?? throw new ArgumentException(
            $"There is no profile '{id}'. Known are: {string.Join(", ", All.Select(profile => profile.Id))}.", nameof(id));
}
