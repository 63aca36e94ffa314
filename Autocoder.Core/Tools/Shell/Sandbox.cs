using System.ComponentModel;
using System.Runtime.Versioning;
using Autocoder.Core.Processes;
using Autocoder.Core.Projects;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Autocoder.Core.Tools.Shell;

/// <summary>
/// Runs commands where only the project can be written, where of the rest only programs can be read, and where the network is reached
/// only when somebody allowed it. Needs bubblewrap, and so Linux.
/// </summary>
/// <remarks>
/// The wall behind the questions: a command that was let through, or that a person took for harmless, still reaches no other project,
/// no key and no running program. What it can still do: change anything in the project, and use up the computer until its time is over.
/// </remarks>
public sealed class Sandbox : IHostedService
{
    // So many processes at once at most, of the sandbox alone. Linux does not hold root to it.
    private const string Limited = "ulimit -u 1024 2>/dev/null; exec \"$0\" -c \"$1\"";

    private static readonly TimeSpan CheckLimit = TimeSpan.FromSeconds(10);

    private readonly ChildProcesses _processes;
    private readonly IOptionsMonitor<SandboxOptions> _options;
    private readonly string? _program;
    private volatile SandboxState _found = new(IsOn: false, "It is not known yet whether commands can be kept apart here, so every one is asked about.");

    /// <summary>Looks for bubblewrap where the system keeps programs, never in a folder that a project could write.</summary>
    public Sandbox(ChildProcesses processes, IOptionsMonitor<SandboxOptions> options)
    {
        _processes = processes;
        _options = options;
        _program = OperatingSystem.IsLinux() ? Array.Find(["/usr/bin/bwrap", "/usr/local/bin/bwrap", "/bin/bwrap"], File.Exists) : null;
    }

    /// <summary>Whether commands run in it now.</summary>
    public SandboxState State => _options.CurrentValue.Enabled
        ? _found
        : new SandboxState(IsOn: false, "The sandbox is switched off in the settings, so every command is asked about and can reach whatever you can.");

    /// <summary>Whether commands in it reach the network without a question.</summary>
    public bool IsNetworkOpen => _options.CurrentValue.Network;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken) => _found = await CheckAsync(cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The program and arguments that run a shell command in the sandbox.</summary>
    /// <param name="withNetwork">Whether it may reach the network; also this computer's own servers then.</param>
    [SupportedOSPlatform("linux")]
    internal (string Program, IReadOnlyList<string> Arguments) Wrap(string shell, string command, ProjectFolder folder, bool withNetwork)
    {
        var mounts = new SandboxMounts(_options.CurrentValue).For(folder, withNetwork || IsNetworkOpen);
        return (_program!, [.. mounts, "--chdir", folder.Root, "--", shell, "-c", Limited, shell, command]);
    }

    private async Task<SandboxState> CheckAsync(CancellationToken cancellationToken)
    {
        if (_program is null || !OperatingSystem.IsLinux())
        {
            return new SandboxState(IsOn: false, OperatingSystem.IsLinux()
                ? "bubblewrap is not installed, so every command is asked about and can reach whatever you can. Install it (on Debian and Ubuntu: apt install bubblewrap) and start Autocoder again."
                : "Commands are kept apart only on Linux with bubblewrap. Here every command is asked about and can reach whatever you can.");
        }

        try
        {
            var request = new ProcessRequest(
                Guid.CreateVersion7(), _program, [.. SandboxMounts.Namespaces(withNetwork: false), "--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev", "--", "/bin/sh", "-c", "exit 7"], "/")
            {
                TimeLimit = CheckLimit,
            };
            var result = await _processes.RunAsync(request, cancellationToken, cancellationToken).ConfigureAwait(false);
            _processes.Forget(request.Owner);
            return result is { End: ProcessEnd.Exited, ExitCode: 7 }
                ? new SandboxState(IsOn: true, "Commands run in bubblewrap: they can write the project and nothing else, and read no secrets and nothing of your home.")
                : NotWorking(result.Errors);
        }
        catch (Win32Exception exception)
        {
            return NotWorking(exception.Message);
        }
    }

    private static SandboxState NotWorking(string said) => new(
        IsOn: false,
        $"bubblewrap is installed but does not work here, so every command is asked about and can reach whatever you can. It said: {ToolText.Line(said, 300)}");
}
