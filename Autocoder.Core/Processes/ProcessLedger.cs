using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Autocoder.Core.Processes;

/// <summary>What is at work, kept on the disk, so that a later server can end what one that died has left.</summary>
internal sealed class ProcessLedger(IOptions<ProcessOptions> options)
{
    private readonly Lock _gate = new();
    private OwnerMark? _mark;

    /// <summary>The mark of this data directory.</summary>
    public OwnerMark Mark
    {
        get
        {
            lock (_gate)
            {
                return _mark ??= new OwnerMark(ReadOrMakeId());
            }
        }
    }

    private string Folder => options.Value.Folder;

    /// <summary>Keeps that a program is at work.</summary>
    /// <returns>Takes it off again when disposed.</returns>
    public IDisposable Enter(Process process)
    {
        var file = Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"{process.Id}.json"));
        try
        {
            Directory.CreateDirectory(Folder);
            File.WriteAllText(file, JsonSerializer.Serialize(new LedgerEntry(process.Id, StartOf(process))));
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            // It has ended already; or the disk refuses, which is no reason to fail: this server ends it without the ledger.
        }

        return new Entry(file);
    }

    /// <summary>Reads and forgets what an earlier server has left.</summary>
    public IReadOnlyList<LedgerEntry> TakeAll()
    {
        var entries = new List<LedgerEntry>();
        foreach (var file in Directory.Exists(Folder) ? Directory.GetFiles(Folder, "*.json") : [])
        {
            try
            {
                entries.Add(JsonSerializer.Deserialize<LedgerEntry>(File.ReadAllText(file))!);
            }
            catch (JsonException)
            {
                // Cut off by the end of that server, in the moment in which the program was started.
            }

            File.Delete(file);
        }

        return entries;
    }

    /// <summary>When a process was started, in the system's own measure.</summary>
    public static long StartOf(Process process) => OperatingSystem.IsLinux()
        ? LinuxProcess.Find(process.Id)?.StartTime ?? 0
        : process.StartTime.ToUniversalTime().Ticks;

    private Guid ReadOrMakeId()
    {
        Directory.CreateDirectory(Folder);
        var file = Path.Combine(Folder, "server-id");
        if (File.Exists(file) && Guid.TryParse(File.ReadAllText(file), out var known))
        {
            return known;
        }

        var made = Guid.NewGuid();
        File.WriteAllText(file, made.ToString("N"));
        return made;
    }

    private sealed class Entry(string file) : IDisposable
    {
        public void Dispose()
        {
            try
            {
                File.Delete(file);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // A stale entry does no harm: its process is not there, or another one with another start.
            }
        }
    }
}
