using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.FileSystemGlobbing;

namespace Autocoder.Core.Tools.Files;

/// <summary>A pattern for paths. Only compares texts; it never looks at the disk.</summary>
/// <remarks>
/// <c>*</c> is anything within a name, <c>**</c> any folders, <c>{a,b}</c> either. Without a slash, <c>*.cs</c>, it is
/// compared with names at any depth. Case does not matter.
/// </remarks>
internal sealed class GlobPattern
{
    private const int MaxAlternatives = 64;

    // In-memory matching makes paths absolute first; this keeps it from asking for the current directory each time.
    private static readonly string AnyRoot = Path.GetFullPath(Path.DirectorySeparatorChar.ToString());

    private readonly Matcher _matcher = new(StringComparison.OrdinalIgnoreCase);

    private GlobPattern()
    {
    }

    public static bool TryCreate(
        string text, [NotNullWhen(true)] out GlobPattern? pattern, [NotNullWhen(false)] out string? problem)
    {
        pattern = null;
        var alternatives = new List<string>();
        if (!TryExpand(text.Trim(), alternatives))
        {
            problem = $"The pattern has more than {MaxAlternatives} alternatives.";
            return false;
        }

        var made = new GlobPattern();
        foreach (var alternative in alternatives)
        {
            if (FindProblem(alternative) is { } found)
            {
                problem = found;
                return false;
            }

            try
            {
                made._matcher.AddInclude(alternative.Contains('/', StringComparison.Ordinal) ? alternative : $"**/{alternative}");
            }
            catch (ArgumentException)
            {
                problem = $"{ToolText.Line(text, 200)} is not a pattern. Use *, ** and {{a,b}}, for example src/**/*.{{ts,tsx}}.";
                return false;
            }
        }

        (pattern, problem) = (made, null);
        return true;
    }

    /// <param name="path">Relative to where the pattern starts, with <c>/</c>.</param>
    public bool Matches(string path) => _matcher.Match(AnyRoot, path).HasMatches;

    private static string? FindProblem(string alternative) =>
        alternative.Length == 0 ? "The pattern is empty."
        : alternative[0] is '/' or '\\' or '~' || alternative.Split('/').Contains("..")
            ? "A pattern is relative to the project and stays inside: it does not begin with / or ~ and has no \"..\"."
            : null;

    // {a,b} is what models know from shells; the matcher does not.
    private static bool TryExpand(string text, List<string> into)
    {
        var open = text.LastIndexOf('{');
        var close = open < 0 ? -1 : text.IndexOf('}', open);
        if (close < 0)
        {
            into.Add(text);
            return into.Count <= MaxAlternatives;
        }

        return text[(open + 1)..close].Split(',').All(choice => TryExpand(text[..open] + choice + text[(close + 1)..], into));
    }
}
