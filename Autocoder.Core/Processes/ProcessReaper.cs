using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.Versioning;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Autocoder.Core.Processes;

/// <summary>Ends at the start what a server that died has left at work, before anything is accepted; and at the end what this one has.</summary>
internal sealed partial class ProcessReaper(ProcessLedger ledger, ILogger<ProcessReaper> logger) : IHostedService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public Task StartAsync(CancellationToken cancellationToken) => ReapAsync();

    public Task StopAsync(CancellationToken cancellationToken) => ReapAsync();

    private async Task ReapAsync()
    {
        try
        {
            var entries = ledger.TakeAll();
            var ended = OperatingSystem.IsLinux() ? await ReapLinuxAsync(entries).ConfigureAwait(false) : entries.Count(EndOne);
            if (ended > 0)
            {
                LogReaped(ended);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogCannotReap(exception);
        }
    }

    // The mark alone decides; where the started program is still there and has it, what came of it without a mark goes too.
    [SupportedOSPlatform("linux")]
    private async Task<int> ReapLinuxAsync(IReadOnlyList<LedgerEntry> entries)
    {
        var mark = ledger.Mark.OfServer();
        var ended = 0;
        foreach (var root in entries.Select(entry => LinuxProcess.Find(entry.Id) is { } found && found.StartTime == entry.StartTime ? found : null))
        {
            if (root?.HasEnvironment(mark) is true)
            {
                ended += await EndAsync(new ProcessTree(mark, root)).ConfigureAwait(false);
            }
        }

        return ended + await EndAsync(new ProcessTree(mark, root: null)).ConfigureAwait(false);
    }

    [SupportedOSPlatform("linux")]
    private static async Task<int> EndAsync(ProcessTree tree)
    {
        await tree.KillAsync(Patience).ConfigureAwait(false);
        return tree.Signalled.Count;
    }

    private static bool EndOne(LedgerEntry entry)
    {
        try
        {
            using var process = Process.GetProcessById(entry.Id);
            if (ProcessLedger.StartOf(process) != entry.StartTime)
            {
                return false;
            }

            process.Kill(entireProcessTree: true);
            return true;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It is gone, or not ours.
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Count} processes that agents had started were still at work and were ended.")]
    private partial void LogReaped(int count);

    [LoggerMessage(LogLevel.Error, "Whether agents' processes are still at work could not be found out.")]
    private partial void LogCannotReap(Exception exception);
}
