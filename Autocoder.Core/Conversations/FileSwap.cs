namespace Autocoder.Core.Conversations;

/// <summary>One file that is given another content.</summary>
/// <param name="Path">Inside the project, with <c>/</c>.</param>
/// <param name="From">What it holds before; null when there is no such file.</param>
/// <param name="To">What it holds afterwards; null when it is removed.</param>
public sealed record FileSwap(string Path, FileVersion? From = null, FileVersion? To = null);
