namespace Autocoder.Core.Assistant;

/// <summary>A file, or folder, that a run looked into.</summary>
/// <param name="Path">As the run asked for it.</param>
/// <param name="Bytes">How much of it the log has as the tool's result, in UTF-8; a very long result is kept as its beginning and end.</param>
public sealed record FileRead(string Path, long Bytes);
