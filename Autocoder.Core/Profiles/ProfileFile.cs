namespace Autocoder.Core.Profiles;

/// <summary>A person's own profile, or why their file is none.</summary>
/// <param name="Path">The file.</param>
/// <param name="Profile">What it says; null when it cannot be used.</param>
/// <param name="Problem">What is wrong with it, in words for the person; null when it can be used.</param>
public sealed record ProfileFile(string Path, Profile? Profile, string? Problem);
