namespace Autocoder.Core.Tools;

/// <summary>What a tool gives back.</summary>
/// <param name="Output">For the model, and shown to the person.</param>
/// <param name="Succeeded">False when <paramref name="Output"/> says why it could not be done.</param>
/// <param name="ChangedFile">Path inside the project of the file that was written, with <c>/</c>; null for none.</param>
public sealed record ToolResult(string Output, bool Succeeded = true, string? ChangedFile = null)
{
    /// <summary>A failure in words.</summary>
    public static ToolResult Failure(string reason) => new(reason, Succeeded: false);
}
