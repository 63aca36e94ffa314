namespace Autocoder.Core.Tools.Permissions.Commands;

/// <summary>What a word becomes when the command runs.</summary>
/// <param name="HasPattern">Whether it is a pattern that stands for the names of files.</param>
/// <param name="IsHome">Whether it begins at somebody's home.</param>
internal sealed record WordValue(string Text, bool HasPattern, bool IsHome);
