using System.ComponentModel.DataAnnotations;

namespace Autocoder.Web.Endpoints;

/// <summary>How viewers over HTTP are served. Bound to <c>Autocoder:Http</c>.</summary>
public sealed class ApiOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string SectionName = "Autocoder:Http";

    /// <summary>How long a stream of events may be silent before a heartbeat.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:05:00")]
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a viewer may take to accept one event before its connection is closed. It can come back where it was.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:05:00")]
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The most viewers of one conversation, pages included, with which another one may follow over HTTP.</summary>
    [Range(1, 10_000)]
    public int MaxViewers { get; set; } = 64;
}
