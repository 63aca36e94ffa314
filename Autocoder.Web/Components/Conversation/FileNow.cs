namespace Autocoder.Web.Components.Conversation;

/// <summary>A file of the project as it is on the disk.</summary>
/// <param name="Text">What it holds; null when it is not there, or cannot be shown.</param>
/// <param name="Problem">Why it cannot be shown; null when it can, and when there is no such file.</param>
public sealed record FileNow(string? Text, string? Problem = null);
