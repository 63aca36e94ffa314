namespace Autocoder.Web.Rendering;

/// <summary>Compares two texts line by line, for a person who is about to allow the change.</summary>
/// <remarks>
/// The shortest change where that is affordable; where the changed part is very large, all of its old lines and then all of
/// its new ones: longer to read, and as true.
/// </remarks>
public sealed class LineDiff
{
    private const int Context = 3;

    // Cells of the table of common subsequences: four bytes each, and built once for each card.
    private const long MostCells = 4_000_000;

    private LineDiff(IReadOnlyList<DiffLine> lines)
    {
        Lines = lines;
        Added = lines.Count(line => line.Kind is DiffKind.Added);
        Removed = lines.Count(line => line.Kind is DiffKind.Removed);
    }

    /// <summary>The changed lines with three lines around them.</summary>
    public IReadOnlyList<DiffLine> Lines { get; }

    /// <summary>How many lines are new.</summary>
    public int Added { get; }

    /// <summary>How many lines go.</summary>
    public int Removed { get; }

    /// <summary>What changes from the one text to the other. Line endings do not count.</summary>
    public static LineDiff Of(string before, string after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return new LineDiff(Shorten(Compare(Split(before), Split(after))));
    }

    private static string[] Split(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        return lines is [.., ""] ? lines[..^1] : lines;
    }

    private static List<DiffLine> Compare(string[] before, string[] after)
    {
        var start = 0;
        while (start < before.Length && start < after.Length && before[start] == after[start])
        {
            start++;
        }

        var tail = 0;
        while (tail < before.Length - start && tail < after.Length - start && before[^(tail + 1)] == after[^(tail + 1)])
        {
            tail++;
        }

        var lines = after[..start].Select((text, index) => new DiffLine(DiffKind.Same, index + 1, text)).ToList();
        AddMiddle(lines, before[start..^tail], after[start..^tail], start);
        lines.AddRange(after[^tail..].Select((text, index) => new DiffLine(DiffKind.Same, after.Length - tail + index + 1, text)));
        return lines;
    }

    private static void AddMiddle(List<DiffLine> lines, string[] before, string[] after, int offset)
    {
        var common = (long)before.Length * after.Length <= MostCells ? Common(before, after) : null;
        var (old, now) = (0, 0);
        while (old < before.Length || now < after.Length)
        {
            if (common is not null && old < before.Length && now < after.Length && before[old] == after[now])
            {
                lines.Add(new DiffLine(DiffKind.Same, offset + now + 1, after[now]));
                (old, now) = (old + 1, now + 1);
            }
            else if (old < before.Length && (now == after.Length || common is null || common[old + 1, now] >= common[old, now + 1]))
            {
                lines.Add(new DiffLine(DiffKind.Removed, offset + old + 1, before[old]));
                old++;
            }
            else
            {
                lines.Add(new DiffLine(DiffKind.Added, offset + now + 1, after[now]));
                now++;
            }
        }
    }

    // How many lines the rest of the one and the rest of the other have in common, from each pair of places on.
    private static int[,] Common(string[] before, string[] after)
    {
        var table = new int[before.Length + 1, after.Length + 1];
        for (var old = before.Length - 1; old >= 0; old--)
        {
            for (var now = after.Length - 1; now >= 0; now--)
            {
                table[old, now] = before[old] == after[now]
                    ? table[old + 1, now + 1] + 1
                    : Math.Max(table[old + 1, now], table[old, now + 1]);
            }
        }

        return table;
    }

    private static List<DiffLine> Shorten(List<DiffLine> lines)
    {
        var shown = new bool[lines.Count];
        for (var index = 0; index < lines.Count; index++)
        {
            if (lines[index].Kind is DiffKind.Same)
            {
                continue;
            }

            for (var near = Math.Max(0, index - Context); near <= Math.Min(lines.Count - 1, index + Context); near++)
            {
                shown[near] = true;
            }
        }

        var result = new List<DiffLine>();
        for (var index = 0; index < lines.Count; index++)
        {
            if (shown[index])
            {
                result.Add(lines[index]);
            }
            else if (result is [.., { Kind: DiffKind.Gap } gap])
            {
                result[^1] = gap with { Number = gap.Number + 1 };
            }
            else
            {
                result.Add(new DiffLine(DiffKind.Gap, 1, ""));
            }
        }

        return result;
    }
}
