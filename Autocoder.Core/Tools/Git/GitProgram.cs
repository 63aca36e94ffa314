using System.Diagnostics;
using System.Text;

namespace Autocoder.Core.Tools.Git;

/// <summary>Runs git in one folder, such that nothing in the folder can make it run something else.</summary>
/// <remarks>
/// A repository can name programs in its configuration. Hooks, the file system monitor, signing and background
/// maintenance are switched off here; filters are looked for by <see cref="InitRepositoryTool"/>.
/// </remarks>
internal sealed class GitProgram(string program, string folder)
{
    private const int MaxOutput = 64 * 1024;

    private static readonly string[] Safety =
    [
        "-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=", "-c", "commit.gpgsign=false", "-c", "tag.gpgsign=false",
        "-c", "gc.auto=0", "-c", "maintenance.auto=false", "-c", "protocol.allow=never", "--literal-pathspecs", "--no-pager",
    ];

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
    /// <exception cref="OperationCanceledException">It was cancelled; git and all it started were killed.</exception>
    public async Task<GitResult> RunAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        using var process = new Process { StartInfo = StartInfo(arguments) };
        process.Start();
        try
        {
            process.StandardInput.Close();
            var output = DrainAsync(process.StandardOutput, cancellationToken);
            var errors = DrainAsync(process.StandardError, cancellationToken);
            await Task.WhenAll(output, errors, process.WaitForExitAsync(cancellationToken)).ConfigureAwait(false);
            return new GitResult(process.ExitCode, await output.ConfigureAwait(false), await errors.ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private ProcessStartInfo StartInfo(IEnumerable<string> arguments)
    {
        var info = new ProcessStartInfo(program, [.. Safety, .. arguments])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        info.Environment.Clear();
        foreach (var name in new[] { "PATH", "HOME" })
        {
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value)
            {
                info.Environment[name] = value;
            }
        }

        // Its messages are read here, so they must not be translated.
        info.Environment["LANG"] = "C.UTF-8";
        info.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        info.Environment["GIT_TERMINAL_PROMPT"] = "0";
        return info;
    }

    // To the end, even when it is more than is kept: a full pipe would hold git up for ever.
    private static async Task<string> DrainAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        var kept = new StringBuilder();
        var buffer = new char[4096];
        int read;
        while ((read = await reader.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            kept.Append(buffer, 0, Math.Min(read, MaxOutput - kept.Length));
        }

        return kept.ToString().Trim();
    }
}
