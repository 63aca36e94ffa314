namespace Autocoder.Core.Conversations;

/// <summary>That the model was shown a file, or a part of it.</summary>
/// <param name="Path">Inside the project, with <c>/</c>.</param>
/// <param name="Hash">What the whole file held: SHA-256 in lower-case hexadecimal.</param>
public sealed record SeenFile(string Path, string Hash);
