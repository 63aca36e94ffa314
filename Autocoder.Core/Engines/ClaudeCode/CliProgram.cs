using System.Security.Cryptography;
using System.Text;
using Autocoder.Core.Processes;
using Microsoft.Extensions.Options;

namespace Autocoder.Core.Engines.ClaudeCode;

/// <summary>The program, and the environment it gets.</summary>
internal sealed class CliProgram(IOptionsMonitor<ClaudeCodeOptions> options)
{
    /// <summary>The oldest version whose protocol Autocoder speaks.</summary>
    public static readonly Version Oldest = new(2, 1, 240);

    private static readonly string[] KeyNames = ["ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "CLAUDE_CODE_OAUTH_TOKEN"];
    private static readonly string[] Names = OperatingSystem.IsWindows() ? ["claude.exe"] : ["claude"];

    // Read anew each time: the settings page changes them while the server runs.
    private ClaudeCodeOptions Settings => options.CurrentValue;

    /// <summary>What a process depends on beside its launch, so that one started with other settings is not gone on with. Tells no secret.</summary>
    public string Setup => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', Settings.Path, Key?.Name, Key?.Value, BaseUrl, ConfigDirectory))));

    /// <summary>Where it keeps its sessions; null for the person's own place.</summary>
    public string? ConfigDirectory =>
        Settings.ConfigDirectory.Length > 0 ? Path.GetFullPath(Settings.ConfigDirectory)
        : !HasKey && IsPersonSignedIn() ? null
        : Path.Combine(Settings.Folder, "config");

    /// <summary>Everywhere it may have kept sessions, whatever the settings were then.</summary>
    public IReadOnlyList<string> ConfigDirectories =>
        [.. ((string[])[ConfigDirectory ?? OwnConfigDirectory, Path.Combine(Settings.Folder, "config"), OwnConfigDirectory]).Distinct()];

    /// <summary>Where it leaves what it does not clean up.</summary>
    public string TemporaryFolder => Path.Combine(Settings.Folder, "tmp");

    /// <summary>The address of the API; null for its own.</summary>
    public string? BaseUrl => Setting(Settings.BaseUrl, "ANTHROPIC_BASE_URL");

    /// <summary>Whether somebody gave a key.</summary>
    public bool HasKey => Key is not null;

    /// <summary>How long it may take to answer for the first time.</summary>
    public TimeSpan StartTimeout => Settings.StartTimeout;

    /// <summary>The model of runs that name none; null for the program's own.</summary>
    public string? Model => Settings.Model.Length > 0 ? Settings.Model : null;

    // Exactly one: given both, the program sends both.
    private (string Name, string Value)? Key =>
        Setting(Settings.ApiKey, "ANTHROPIC_API_KEY") is { } key ? ("ANTHROPIC_API_KEY", key)
        : Setting("", "ANTHROPIC_AUTH_TOKEN") is { } token ? ("ANTHROPIC_AUTH_TOKEN", token)
        : Setting("", "CLAUDE_CODE_OAUTH_TOKEN") is { } signedIn ? ("CLAUDE_CODE_OAUTH_TOKEN", signedIn)
        : null;

    /// <summary>Where it is.</summary>
    /// <returns>The absolute path; null when it is not there.</returns>
    public string? Find() => Settings.Path.Length > 0
        ? (File.Exists(Settings.Path) ? Path.GetFullPath(Settings.Path) : null)
        : (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(Path.IsPathFullyQualified)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);

    /// <summary>What to say when it is not there.</summary>
    public string MissingText => Settings.Path.Length > 0
        ? $"Claude Code is not at {Settings.Path}."
        : "Claude Code was not found: there is no program named claude on the PATH.";

    /// <summary>How to get it.</summary>
    public const string InstallAdvice =
        "Install it with “npm install -g @anthropic-ai/claude-code”, or set Autocoder:ClaudeCode:Path to the program, and try again.";

    /// <summary>Asks the program for something it prints, such as its version.</summary>
    public ProcessRequest ToRequest(Guid owner, string program, IReadOnlyList<string> arguments, string folder) =>
        new(owner, program, arguments, folder) { Environment = EnvironmentOf() };

    private Dictionary<string, string> EnvironmentOf()
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["CLAUDE_CODE_TMPDIR"] = Made(TemporaryFolder),
            ["CLAUDE_CODE_ENTRYPOINT"] = "autocoder",
            ["CLAUDE_CODE_MAX_RETRIES"] = Settings.MaxRetries.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC"] = "1",
            ["DISABLE_TELEMETRY"] = "1",
            ["DISABLE_ERROR_REPORTING"] = "1",
            ["DISABLE_AUTOUPDATER"] = "1",
        };
        if (ConfigDirectory is { } config)
        {
            environment["CLAUDE_CONFIG_DIR"] = Made(config);
        }
        else if (Environment.GetEnvironmentVariable("CLAUDE_CONFIG_DIR") is { Length: > 0 } own)
        {
            environment["CLAUDE_CONFIG_DIR"] = own;
        }

        if (Key is { } key)
        {
            environment[key.Name] = key.Value;
        }

        if (BaseUrl is { } url)
        {
            environment["ANTHROPIC_BASE_URL"] = url;
        }

        foreach (var name in Settings.Environment.Except(KeyNames, StringComparer.OrdinalIgnoreCase))
        {
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value && !environment.ContainsKey(name))
            {
                environment[name] = value;
            }
        }

        return environment;
    }

    private static string OwnConfigDirectory => Environment.GetEnvironmentVariable("CLAUDE_CONFIG_DIR") is { Length: > 0 } set
        ? set
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".claude");

    private static bool IsPersonSignedIn()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var own = OwnConfigDirectory;
        try
        {
            // On a Mac the secret is in the keychain; the account stands in the file beside the folder.
            return File.Exists(Path.Combine(own, ".credentials.json"))
                || (Path.Combine(home, ".claude.json") is var file && File.Exists(file)
                    && File.ReadAllText(file).Contains("\"oauthAccount\"", StringComparison.Ordinal));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string Made(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return folder;
    }

    private static string? Setting(string configured, string variable) =>
        configured.Length > 0 ? configured : Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;
}
