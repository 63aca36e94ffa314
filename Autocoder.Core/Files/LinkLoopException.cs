namespace Autocoder.Core.Files;

/// <summary>Links lead to each other, or there are more of them in a row than anybody makes on purpose.</summary>
internal sealed class LinkLoopException(string path) : IOException($"The links at {path} lead in a circle.");
