namespace Autocoder.Core.Conversations;

/// <summary>One choice of a <see cref="Question"/>. "Other" is not an option: the page always offers it.</summary>
/// <param name="Id">Stable within the question; answers name it.</param>
/// <param name="Recommended">Marked as what most people should take.</param>
public sealed record QuestionOption(string Id, string Label, string? Description = null, bool Recommended = false);
