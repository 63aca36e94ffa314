using Autocoder.Core.Tools.Shell;

namespace Autocoder.Tests.TestSupport;

/// <summary>Sandboxes for tests: none, or the real one of this machine.</summary>
internal static class TestSandbox
{
    public static Sandbox Off => new(TestProcesses.Create(), new FixedOptions<SandboxOptions>(new SandboxOptions { Enabled = false }));

    /// <param name="homes">Where homes of projects are made.</param>
    public static async Task<Sandbox> StartAsync(string homes, bool network = false, params string[] readable)
    {
        var sandbox = new Sandbox(
            TestProcesses.Create(), new FixedOptions<SandboxOptions>(new SandboxOptions { Folder = homes, Network = network, Readable = readable }));
        await sandbox.StartAsync(CancellationToken.None);
        Assert.True(sandbox.State.IsOn, sandbox.State.Words);
        return sandbox;
    }
}
