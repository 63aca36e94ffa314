using System.ComponentModel.DataAnnotations;

namespace Autocoder.Core.Engines.ClaudeCode;

/// <summary>How Claude Code is found and run. Bound to <c>Autocoder:ClaudeCode</c>.</summary>
public sealed class ClaudeCodeOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string SectionName = "Autocoder:ClaudeCode";

    /// <summary>The program; empty to look for <c>claude</c> on the PATH.</summary>
    public string Path { get; set; } = "";

    /// <summary>The key for the API; empty for <c>ANTHROPIC_API_KEY</c> of the server's environment.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>Another address for the API; empty for <c>ANTHROPIC_BASE_URL</c>, or its own.</summary>
    public string BaseUrl { get; set; } = "";

    /// <summary>The model of runs that name none; empty for the program's own default.</summary>
    public string Model { get; set; } = "";

    /// <summary>
    /// Where it keeps its sessions and its sign-in; empty for the person's own when nobody gave a key and they are signed in there,
    /// else a folder of Autocoder's.
    /// </summary>
    public string ConfigDirectory { get; set; } = "";

    /// <summary>How often it tries a failed call again. Its own default, 10, takes three minutes even for a wrong key.</summary>
    [Range(0, 20)]
    public int MaxRetries { get; set; } = 4;

    /// <summary>How long a process without work is kept; a later prompt resumes its session.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long it may take until it answers at all.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>More variables of the server's environment that it gets, by name: <c>HTTPS_PROXY</c>, <c>NO_PROXY</c>.</summary>
    public IReadOnlyList<string> Environment { get; set; } = [];

    /// <summary>Where Autocoder keeps what it needs for it.</summary>
    [Required]
    public string Folder { get; set; } = "";
}
