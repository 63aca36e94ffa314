using System.ComponentModel;
using System.Globalization;
using Autocoder.Core.Conversations;
using Autocoder.Core.Processes;
using Autocoder.Core.Projects;
using Autocoder.Core.Tools.Permissions.Commands;

namespace Autocoder.Core.Tools.Shell;

/// <summary>Runs a command line in the project folder, in the sandbox where there is one.</summary>
/// <param name="processes">Runs the shell.</param>
/// <param name="sandbox">Keeps it apart from the rest of the computer.</param>
public sealed class BashTool(ChildProcesses processes, Sandbox sandbox) : Tool(
    ToolName,
    "Runs a command line with bash in the project folder and returns its exit code and what it wrote, output and errors together. "
    + "It gets no input, so use options instead of questions. Each call is a shell of its own, and what it leaves running in the "
    + "background is ended with it: to try a server, start it, use it and end it in one command. "
    + "It may run in a sandbox: then only the project and /tmp can be written, files with secrets are empty, /tmp is new for each call, "
    + "and there is no network unless you ask for it.",
    new ToolSchema()
        .Text("command", "The command line.", 32 * 1024, minLength: 1)
        .Number("timeout_seconds", "How long it may take; 120 when absent.", 1, MaxSeconds, required: false)
        .Flag("network", "True when the command needs the network, as for installing packages. The person is asked."),
    ToolEffect.SideEffect)
{
    /// <summary>Its name.</summary>
    public const string ToolName = "Bash";

    /// <summary>How permission rules name the network.</summary>
    public const string Network = "@network";

    private const int MaxSeconds = 600;
    private const int DefaultSeconds = 120;
    private const int MaxOutputBytes = 1024 * 1024;
    private const int MaxSaid = 300;

    // So that no program waits for a key that nobody presses, or for a password.
    private static readonly Dictionary<string, string> NobodyThere = new()
    {
        ["PAGER"] = "cat",
        ["GIT_PAGER"] = "cat",
        ["GIT_TERMINAL_PROMPT"] = "0",
    };

    private protected override string TitleOf(ToolArguments arguments) => $"Run {arguments.Text("command")}";

    private protected override IReadOnlyList<ToolResource> TouchedBy(ToolArguments arguments, ProjectFolder folder)
    {
        var resources = CommandGate.Judge(arguments.Text("command"), folder);
        var state = sandbox.State;
        if (!state.IsOn)
        {
            return [.. resources.Select(resource => resource.Standing is PermissionEffect.Allow
                ? resource with { Standing = PermissionEffect.Ask, Why = $"{resource.Why} But there is no sandbox that would hold it. {state.Words}" }
                : resource)];
        }

        // A rule for a line without the network says nothing of the same line with it; no line can be written like this one.
        return !arguments.Flag("network") || sandbox.IsNetworkOpen
            ? resources
            : [.. resources.Append(new ToolResource(Network) { Standing = PermissionEffect.Ask, Why = "It wants to reach the network." })
                .Select(resource => resource with { Line = $"{resources[0].Line} (with the network)" })];
    }

    private protected override async Task<ToolResult> RunAsync(
        ToolArguments arguments, ToolContext context, CancellationToken cancellationToken)
    {
        var command = arguments.Text("command");
        if (command.Contains('\0', StringComparison.Ordinal))
        {
            return ToolResult.Failure("The command has a zero character in it. Nothing was done.");
        }

        if (FindShell() is not { } shell)
        {
            return ToolResult.Failure(
                "There is no bash on this computer, so no command can be run. On Windows it comes with Git for Windows. Nothing was done.");
        }

        var seconds = arguments.Number("timeout_seconds") ?? DefaultSeconds;
        var (program, words) = sandbox.State.IsOn && OperatingSystem.IsLinux()
            ? sandbox.Wrap(shell, command, context.Folder, arguments.Flag("network"))
            : (shell, ["-c", command]);
        var request = new ProcessRequest(context.Run.RunId, program, words, context.Folder.Root)
        {
            Environment = NobodyThere,
            TimeLimit = TimeSpan.FromSeconds(seconds),
            MaxOutputBytes = MaxOutputBytes,
            MergeErrors = true,
        };
        try
        {
            return Tell(await processes.RunAsync(request, cancellationToken, context.Run.HardStop).ConfigureAwait(false), seconds);
        }
        catch (Win32Exception exception)
        {
            return ToolResult.Failure($"The shell could not be started: {ToolText.Line(exception.Message, MaxSaid)} Nothing was done.");
        }
    }

    private static string? FindShell() => OperatingSystem.IsWindows()
        ? (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(Path.IsPathFullyQualified)

            // The one in the folder of Windows starts Linux beside it, where the project has another path.
            .Where(folder => !folder.StartsWith(Environment.GetFolderPath(Environment.SpecialFolder.Windows), StringComparison.OrdinalIgnoreCase))
            .Select(folder => Path.Combine(folder, "bash.exe"))
            .FirstOrDefault(File.Exists)
        : Array.Find(["/bin/bash", "/usr/bin/bash", "/usr/local/bin/bash", "/bin/sh"], File.Exists);

    private static ToolResult Tell(ProcessResult result, int seconds)
    {
        var said = string.Join('\n', new[] { result.Output, result.Errors }.Where(text => text.Length > 0)).TrimEnd('\n');
        var processes = ToolText.Count(result.Ended, "process");
        return result.End switch
        {
            ProcessEnd.Stopped => ToolResult.Stopped(
                With(said, $"The stop ended this command, and {processes} with it. It may have done a part of its work.")),
            ProcessEnd.TimedOut => ToolResult.Failure(
                With(said, $"The command took longer than {seconds} s and was ended, {processes} in all. It may have done a part of its work.")),
            _ => new ToolResult(With(said, Exit(result, processes)), Succeeded: result.ExitCode == 0),
        };
    }

    private static string Exit(ProcessResult result, string processes) => string.Create(
        CultureInfo.InvariantCulture,
        $"Exit code {result.ExitCode}.{(result.Ended > 0 ? $" {processes} it had left in the background {(result.Ended == 1 ? "was" : "were")} ended." : "")}");

    private static string With(string said, string closing) => said.Length == 0 ? $"[{closing}]" : $"{said}\n\n[{closing}]";
}
