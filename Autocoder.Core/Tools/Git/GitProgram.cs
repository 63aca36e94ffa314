using Autocoder.Core.Processes;

namespace Autocoder.Core.Tools.Git;

/// <summary>Runs git in one folder, such that nothing in the folder can make it run something else.</summary>
/// <remarks>
/// A repository can name programs in its configuration. Hooks, the file system monitor, signing and background
/// maintenance are switched off here; filters are looked for by <see cref="InitRepositoryTool"/>.
/// </remarks>
internal sealed class GitProgram(ChildProcesses processes, Guid run, string program, string folder)
{
    private const int MaxOutput = 64 * 1024;

    private static readonly string[] Safety =
    [
        "-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=", "-c", "commit.gpgsign=false", "-c", "tag.gpgsign=false",
        "-c", "gc.auto=0", "-c", "maintenance.auto=false", "-c", "protocol.allow=never", "--literal-pathspecs", "--no-pager",
    ];

    // Its messages are read here, so they must not be translated.
    private static readonly Dictionary<string, string> Quiet = new()
    {
        ["LANG"] = "C.UTF-8",
        ["LC_ALL"] = "C.UTF-8",
        ["GIT_CONFIG_NOSYSTEM"] = "1",
        ["GIT_TERMINAL_PROMPT"] = "0",
    };

    /// <summary>Finds git on a search path; null when it is not installed.</summary>
    public static string? Find(string? searchPath)
    {
        var name = OperatingSystem.IsWindows() ? "git.exe" : "git";
        return (searchPath ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)

            // A relative entry would mean whatever lies in the current folder.
            .Where(Path.IsPathFullyQualified)
            .Select(directory => Path.Combine(directory, name))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>Runs one command to its end.</summary>
    /// <param name="hardStop">Kills git and all it started.</param>
    /// <exception cref="OperationCanceledException">It was killed, for the stop or because it took too long.</exception>
    public async Task<GitResult> RunAsync(IEnumerable<string> arguments, CancellationToken hardStop)
    {
        var result = await processes.RunAsync(
            new ProcessRequest(run, program, [.. Safety, .. arguments], folder)
            {
                Environment = Quiet,
                MaxOutputBytes = MaxOutput,
            },
            stop: CancellationToken.None,
            hardStop).ConfigureAwait(false);
        return result.End is ProcessEnd.Exited
            ? new GitResult(result.ExitCode, result.Output.Trim(), result.Errors.Trim())
            : throw new OperationCanceledException("Git was killed.", hardStop);
    }
}
