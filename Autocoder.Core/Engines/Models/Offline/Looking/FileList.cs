namespace Autocoder.Core.Engines.Models.Offline.Looking;

/// <summary>What <c>Glob</c> says: one path a line, and a last line in brackets when there are more.</summary>
internal sealed record FileList(IReadOnlyList<string> Paths, bool HasMore)
{
    public static FileList Parse(string output)
    {
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var isEmpty = lines.Length > 0 && lines[0] == "No file matches.";
        var hasMore = lines.Length > 0 && lines[^1].StartsWith('[') && lines[^1].EndsWith(']') && lines[^1].Contains(' ', StringComparison.Ordinal);
        return new FileList(isEmpty ? [] : hasMore ? lines[..^1] : lines, hasMore);
    }
}
