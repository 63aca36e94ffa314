namespace Autocoder.Core.Engines.Models.Offline.Looking;

/// <summary>A line of a file as a tool showed it.</summary>
/// <param name="Number">1 for the first line of the file.</param>
internal sealed record FoundLine(string Path, int Number, string Text)
{
    public string Citation => $"`{Path}:{Number}`";
}
