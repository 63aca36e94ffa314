namespace Autocoder.Core.Conversations;

/// <summary>A piece of an excerpt.</summary>
/// <param name="IsMatch">Whether it is what was searched for.</param>
public sealed record ExcerptPart(string Text, bool IsMatch);
