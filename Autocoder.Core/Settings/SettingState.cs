namespace Autocoder.Core.Settings;

/// <summary>What a setting is now.</summary>
/// <param name="Saved">What was saved on a page, or the end of it for a secret; empty when nothing was.</param>
/// <param name="Effective">What is in effect; empty for a secret.</param>
/// <param name="IsOverridden">Whether something else than what was saved is in effect: an environment variable, the command line.</param>
public sealed record SettingState(string Name, string Saved, string Effective, bool IsOverridden);
