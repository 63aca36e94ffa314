using Microsoft.Extensions.Configuration;

namespace Autocoder.Core.Settings;

/// <summary>Brings the settings of the file into the configuration, below environment variables and the command line. Secrets stay encrypted here.</summary>
/// <param name="path">The file; it need not exist.</param>
public sealed class SettingsSource(string path) : ConfigurationProvider, IConfigurationSource
{
    /// <inheritdoc/>
    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    /// <summary>Reads the file again, and tells everybody who depends on it.</summary>
    internal void Reload()
    {
        Load();
        OnReload();
    }

    /// <inheritdoc/>
    public override void Load() => Data = SettingsFile.Read(path).Settings
        .Where(setting => SettingNames.All.Contains(setting.Key, StringComparer.OrdinalIgnoreCase) && !SettingNames.Secret.Contains(setting.Key, StringComparer.OrdinalIgnoreCase))
        .ToDictionary(setting => setting.Key, string? (setting) => setting.Value, StringComparer.OrdinalIgnoreCase);
}
