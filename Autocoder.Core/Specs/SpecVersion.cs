namespace Autocoder.Core.Specs;

/// <summary>A frozen version of a project's specification.</summary>
/// <param name="Number">1 for the first of the project.</param>
/// <param name="Document">The document in the form of <see cref="SpecJson"/>; null when the file could not be read as one.</param>
/// <param name="AppSpec">The text of <c>app_spec.txt</c>, exactly.</param>
/// <param name="Hash">SHA-256 of <paramref name="AppSpec"/> as UTF-8, lower-case hexadecimal.</param>
/// <param name="ApprovedAt">When it was approved, or found.</param>
/// <param name="ConversationId">Where it was approved; null for a file that was found in the folder and kept before it was replaced.</param>
public sealed record SpecVersion(
    Guid ProjectId, int Number, string? Document, string AppSpec, string Hash, DateTimeOffset ApprovedAt, Guid? ConversationId)
{
    /// <summary>Whether a person approved it here.</summary>
    public bool IsApproved => ConversationId is not null;
}
