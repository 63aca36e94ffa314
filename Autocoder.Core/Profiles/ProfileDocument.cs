using System.Text.Json.Serialization;

namespace Autocoder.Core.Profiles;

/// <summary>A profile file as it is written; <c>docs/profiles.md</c> describes it. What is absent is taken from the base.</summary>
internal sealed record ProfileDocument
{
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    public string? Id { get; init; }

    public string? Base { get; init; }

    public int? Version { get; init; }

    public string? Instructions { get; init; }

    public string? Append { get; init; }

    public IReadOnlyList<string?>? Tools { get; init; }

    public IReadOnlyList<ProfilePermission?>? Permissions { get; init; }

    public ProfileDocumentLimits? Limits { get; init; }

    public string? Planning { get; init; }

    public string? SteeringNotes { get; init; }
}

/// <summary>A permission rule as a profile file writes it.</summary>
internal sealed record ProfilePermission(string? Tool = null, string? Resource = null, string? Effect = null);

/// <summary>The limits of a profile file.</summary>
internal sealed record ProfileDocumentLimits(int? Steps = null, long? Tokens = null, decimal? CostUsd = null, int? Minutes = null);
