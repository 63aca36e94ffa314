namespace Autocoder.Web.Components.Conversation;

/// <summary>Something the composer can put in for what was begun.</summary>
/// <param name="Text">What is put in.</param>
/// <param name="Label">What is shown; hidden characters are visible in it.</param>
/// <param name="Detail">Said beside it; empty for nothing.</param>
/// <param name="IsWhole">Whether nothing more is to be written after it.</param>
public sealed record Suggestion(string Text, string Label, string Detail, bool IsWhole);
