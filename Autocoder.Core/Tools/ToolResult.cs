using Autocoder.Core.Conversations;

namespace Autocoder.Core.Tools;

/// <summary>What a tool gives back.</summary>
/// <param name="Output">For the model, and shown to the person.</param>
/// <param name="Succeeded">False when <paramref name="Output"/> says why it could not be done.</param>
/// <param name="ChangedFile">Path inside the project of the file that was written, with <c>/</c>; null for none.</param>
public sealed record ToolResult(string Output, bool Succeeded = true, string? ChangedFile = null)
{
    /// <summary>The file it showed the model; null for none.</summary>
    public SeenFile? Seen { get; init; }

    /// <summary>The picture it shows, kept in the blob store; null for none. A model that takes pictures sees it with the output.</summary>
    public Attachment? Picture { get; init; }

    /// <summary>Whether a stop ended it before it was done.</summary>
    public bool WasStopped { get; private init; }

    /// <summary>A failure in words.</summary>
    public static ToolResult Failure(string reason) => new(reason, Succeeded: false);

    /// <summary>What was done before a stop ended it, and what may have been left behind.</summary>
    public static ToolResult Stopped(string remains) => new(remains, Succeeded: false) { WasStopped = true };
}
