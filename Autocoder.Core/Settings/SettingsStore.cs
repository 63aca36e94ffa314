using Autocoder.Core.Persistence;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Autocoder.Core.Settings;

/// <summary>Reads and changes the settings of the file. A change is in effect when <see cref="SetAsync"/> returns. Safe to use from any thread.</summary>
public sealed class SettingsStore(DataDirectory directory, IConfiguration configuration, ISecretProtector protector, TimeProvider clock) : IDisposable
{
    private const int MaxLength = 4_000;
    private const int ShownOfSecret = 4;

    // Given at the start, they go before a key that was saved on a page.
    internal static readonly string[] Variables = ["ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN"];

    private readonly SemaphoreSlim _writing = new(1, 1);

    /// <summary>Raised after a change, on the thread that made it.</summary>
    public event Action? Changed;

    private string FilePath => directory.SettingsFile;

    /// <summary>What is wrong with the file, in words; null when nothing is.</summary>
    public string? Problem => SettingsFile.Read(FilePath).Problem;

    /// <summary>What a setting is now.</summary>
    public SettingState Get(string name)
    {
        var saved = SettingsFile.Read(FilePath).Settings.GetValueOrDefault(name, "");
        var effective = configuration[name] ?? "";
        return SettingNames.Secret.Contains(name)
            ? new SettingState(name, EndOf(saved), "", IsOverridden: effective.Length > 0 || Variables.Any(variable => !string.IsNullOrEmpty(configuration[variable])))
            : new SettingState(name, saved, effective, IsOverridden: effective != saved && effective.Length > 0 && saved.Length > 0);
    }

    /// <summary>A secret that was saved; null when there is none, or it can no longer be decrypted.</summary>
    public string? ReadSecret(string name) =>
        SettingsFile.Read(FilePath).Settings.TryGetValue(name, out var saved) ? protector.Unprotect(saved) : null;

    /// <summary>Saves a setting, or removes it.</summary>
    /// <param name="value">Null or blank removes it.</param>
    /// <exception cref="ArgumentException">There is no such setting, or the value cannot be one; the message is for the person.</exception>
    /// <exception cref="IOException">The disk refuses; nothing was changed.</exception>
    public async Task SetAsync(string name, string? value, CancellationToken cancellationToken)
    {
        if (!SettingNames.All.Contains(name))
        {
            throw new ArgumentException($"There is no setting “{name}” that can be changed here. Nothing was changed.", nameof(name));
        }

        var trimmed = value?.Trim() ?? "";
        if (trimmed.Length > MaxLength || trimmed.Any(char.IsControl))
        {
            throw new ArgumentException($"A setting is one line of at most {MaxLength:N0} characters. Nothing was changed.", nameof(value));
        }

        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await ReplaceAsync(name, trimmed, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }

        Changed?.Invoke();
    }

    /// <summary>Ends it.</summary>
    public void Dispose() => _writing.Dispose();

    private async Task ReplaceAsync(string name, string value, CancellationToken cancellationToken)
    {
        var (settings, problem) = SettingsFile.Read(FilePath);
        if (problem is not null)
        {
            SettingsFile.SetAside(FilePath, clock);
        }

        var next = settings.ToDictionary(StringComparer.OrdinalIgnoreCase);
        next.Remove(name);
        if (value.Length > 0)
        {
            next[name] = SettingNames.Secret.Contains(name) ? protector.Protect(value) : value;
        }

        await SettingsFile.WriteAsync(FilePath, next, cancellationToken).ConfigureAwait(false);
        try
        {
            Reload();
        }
        catch (Exception exception) when (Refusal(exception) is { } refusal)
        {
            // What nobody can work with does not stay.
            await SettingsFile.WriteAsync(FilePath, settings, CancellationToken.None).ConfigureAwait(false);
            Reload();
            throw new ArgumentException($"{refusal} The setting is as it was.", exception);
        }
    }

    // Only the file: whatever else the configuration is made of has not changed, and must not be asked to notice halfway.
    private void Reload() => (configuration as IConfigurationRoot)?.Providers.OfType<SettingsSource>().FirstOrDefault()?.Reload();

    private static string? Refusal(Exception exception) => exception switch
    {
        OptionsValidationException invalid => string.Join(' ', invalid.Failures),
        AggregateException { InnerExceptions: var inner } => inner.Select(Refusal).FirstOrDefault(refusal => refusal is not null),
        _ => null,
    };

    private string EndOf(string saved) => saved.Length == 0 ? ""
        : protector.Unprotect(saved) is { Length: > 3 * ShownOfSecret } secret ? $"…{secret[^ShownOfSecret..]}" : "saved";
}
