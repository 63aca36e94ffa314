using System.Globalization;

namespace Autocoder.Benchmarks.Engines;

/// <summary>What the system says of a process and all that descends from it. Linux only.</summary>
/// <param name="CpuSeconds">User and system time, of ended children too.</param>
/// <param name="ResidentBytes">What is in memory, pages shared with other processes counted in each.</param>
/// <param name="ProportionalBytes">The same, with each shared page divided by how many share it.</param>
internal sealed record ProcessFigures(double CpuSeconds, long ResidentBytes, long ProportionalBytes)
{
    private const double TicksPerSecond = 100;

    public static ProcessFigures OfTree(int root)
    {
        var children = Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _))
            .Select(name => int.Parse(name!, CultureInfo.InvariantCulture)).Select(id => (Id: id, Stat: StatOf(id))).Where(process => process.Stat.Length > 0)
            .ToLookup(process => int.Parse(process.Stat[1], CultureInfo.InvariantCulture), process => process.Id);
        var figures = new ProcessFigures(0, 0, 0);
        var left = new Stack<int>([root]);
        while (left.TryPop(out var id))
        {
            figures = figures.Plus(Of(id));
            foreach (var child in children[id])
            {
                left.Push(child);
            }
        }

        return figures;
    }

    public ProcessFigures Plus(ProcessFigures other) =>
        new(CpuSeconds + other.CpuSeconds, ResidentBytes + other.ResidentBytes, ProportionalBytes + other.ProportionalBytes);

    private static ProcessFigures Of(int id)
    {
        // After the name in brackets: state is field 3, so utime, stime, cutime and cstime (14 to 17) are here 11 to 14.
        var ticks = StatOf(id) is { Length: > 14 } stat ? stat[11..15].Sum(field => long.Parse(field, CultureInfo.InvariantCulture)) : 0;
        return new ProcessFigures(ticks / TicksPerSecond, Kilobytes($"/proc/{id}/smaps_rollup", "Rss:"), Kilobytes($"/proc/{id}/smaps_rollup", "Pss:"));
    }

    private static string[] StatOf(int id)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{id}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return []; // It has ended meanwhile.
        }
    }

    private static long Kilobytes(string file, string name)
    {
        try
        {
            var line = File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
            return line is null ? 0 : 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
