using Autocoder.Core.Processes;
using Microsoft.Extensions.Options;

namespace Autocoder.Tests.TestSupport;

/// <summary>Runs real programs, with a ledger of its own.</summary>
internal static class TestProcesses
{
    /// <param name="folder">Of the ledger; null for one that is left to the system's temporary folder.</param>
    public static ChildProcesses Create(TimeProvider? clock = null, string? folder = null)
    {
        var options = Options.Create(new ProcessOptions { Folder = folder ?? Path.Combine(Path.GetTempPath(), "autocoder-test-processes") });
        return new ChildProcesses(new ProcessLedger(options), options, clock ?? TimeProvider.System);
    }
}
