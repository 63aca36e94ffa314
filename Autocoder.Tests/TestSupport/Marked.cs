using System.Text;

namespace Autocoder.Tests.TestSupport;

/// <summary>Finds real processes by a word of their own in the command line, whoever their parent is. The judge of what is left.</summary>
internal static class Marked
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>A number of seconds that no other <c>sleep</c> on this machine sleeps.</summary>
    public static string Seconds() => $"{Random.Shared.Next(100_000, 999_999)}.{Random.Shared.Next(100_000, 999_999)}";

    /// <summary>What is alive now; zombies are dead, but those nobody will ever ask how they ended count as ours.</summary>
    public static IReadOnlyList<int> Alive(string word) =>
    [
        .. from folder in Directory.EnumerateDirectories("/proc")
           let id = int.TryParse(Path.GetFileName(folder), out var parsed) ? parsed : 0
           where id > 0 && Read(id, "cmdline").Replace('\0', ' ').Contains(word, StringComparison.Ordinal) && !IsZombie(id)
           select id,
    ];

    /// <summary>Zombies whose parent is this process: children it never asked how they ended.</summary>
    public static IReadOnlyList<int> OwnZombies() =>
    [
        .. from folder in Directory.EnumerateDirectories("/proc")
           let id = int.TryParse(Path.GetFileName(folder), out var parsed) ? parsed : 0
           let stat = id > 0 ? Read(id, "stat") : ""
           where stat.Contains($") Z {Environment.ProcessId} ", StringComparison.Ordinal)
           select id,
    ];

    public static async Task WaitForAsync(string word, int count)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (Alive(word).Count < count)
        {
            await Task.Delay(20, limit.Token);
        }
    }

    private static bool IsZombie(int id) => Read(id, "stat") is var stat && (stat.Length == 0 || stat.Contains(") Z ", StringComparison.Ordinal));

    private static string Read(int id, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/{file}", Encoding.Latin1);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
