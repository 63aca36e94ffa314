using System.ComponentModel;
using System.Globalization;
using Autocoder.Core.Conversations;
using Autocoder.Core.Processes;
using Autocoder.Core.Projects;

namespace Autocoder.Core.Tools.Git;

/// <summary>Makes the project folder a git repository with a first commit.</summary>
/// <param name="processes">Runs git.</param>
/// <param name="time">For the time limit.</param>
/// <param name="searchPath">Where to look for git; the server's <c>PATH</c> when null.</param>
public sealed class InitRepositoryTool(ChildProcesses processes, TimeProvider time, string? searchPath = null) : Tool(
    "InitRepository",
    "Makes the project folder a git repository and commits what is in it, when git is installed. In a repository that exists "
    + "already, only the listed files are committed. Inside another repository nothing is done.",
    new ToolSchema()
        .Text("message", "The commit message.", 2000, minLength: 1)
        .Texts("files", "The files to commit, relative to the project; in a new repository all files when absent.", 4096, 1, 500, required: false),
    ToolEffect.SideEffect,
    StopTime)
{
    private const int MaxSaid = 2000;

    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(30);

    // A git that is killed in the middle leaves its lock behind, and the repository takes no commit until somebody removes it.
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(10);

    private protected override string TitleOf(ToolArguments arguments) => $"Commit to git: {arguments.Text("message")}";

    private protected override IReadOnlyList<ToolResource> TouchedBy(ToolArguments arguments, ProjectFolder folder) => ["."];

    private protected override async Task<ToolResult> RunAsync(
        ToolArguments arguments, ToolContext context, CancellationToken cancellationToken)
    {
        if (GitProgram.Find(searchPath ?? Environment.GetEnvironmentVariable("PATH")) is not { } program)
        {
            return new ToolResult("Git is not installed on this computer, so no repository was made. The project works without one.");
        }

        // Checked here, so that git never sees a path that leads out of the project.
        string[] files = [.. arguments.Texts("files").Select(context.Folder.Relative)];
        using var limit = new CancellationTokenSource(TimeLimit, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, context.Run.HardStop);
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            var git = new GitProgram(processes, context.Run.RunId, program, context.Folder.Root);
            return await CommitAsync(git, context.Folder, arguments.Text("message"), files, linked.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!context.Run.HardStop.IsCancellationRequested)
        {
            return ToolResult.Failure(
                $"Git took longer than {TimeLimit.Seconds} seconds and was stopped; the commit is not complete. The project's files are as they were. "
                + "If git says later that .git/index.lock exists, delete that file.");
        }
        catch (OperationCanceledException)
        {
            return ToolResult.Stopped(
                "Git was still at work when the stop became urgent and was killed; whether the commit is there, git log says. The project's files are as "
                + "they were. If git says later that .git/index.lock exists, delete that file.");
        }
        catch (Win32Exception exception)
        {
            return ToolResult.Failure($"Git could not be started: {ToolText.Line(exception.Message, MaxSaid)} The project works without it.");
        }
    }

    private static async Task<ToolResult> CommitAsync(
        GitProgram git, ProjectFolder folder, string message, string[] files, CancellationToken cancellationToken)
    {
        var found = await git.RunAsync(["rev-parse", "--show-toplevel", "--absolute-git-dir"], cancellationToken).ConfigureAwait(false);
        if (found.Succeeded)
        {
            // Exactly the folder's own: not a repository around it, and not one elsewhere that a .git file points to.
            return found.Output.Split('\n') is [var top, var own] && SamePath(top, folder.Root) && SamePath(own, Path.Combine(folder.Root, ".git"))
                ? await CommitToExistingAsync(git, message, files, cancellationToken).ConfigureAwait(false)
                : new ToolResult(
                    $"The project belongs to the git repository {ToolText.Line(found.Output.Split('\n')[0], 500)}, so no other was made in it and nothing was committed.");
        }

        if (!found.Errors.Contains("not a git repository", StringComparison.Ordinal))
        {
            return Failed("look at the folder", found);
        }

        // Without a template, which could bring hooks.
        var made = await git.RunAsync(
            ["-c", "init.defaultBranch=main", "init", "--quiet", "--template="], cancellationToken).ConfigureAwait(false);
        if (!made.Succeeded)
        {
            return Failed("make a repository", made);
        }

        return await CommitAsync(git, "Made a git repository", message, files, isNew: true, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<ToolResult> CommitToExistingAsync(
        GitProgram git, string message, string[] files, CancellationToken cancellationToken)
    {
        if (files.Length == 0)
        {
            return new ToolResult("The project is a git repository already. No files were listed, so nothing was committed.");
        }

        // A filter is a program that adding a file runs. The person's own configuration may name one, a repository may not.
        var filters = await git.RunAsync(
            ["config", "--show-scope", "--includes", "--name-only", "--get-regexp", @"^filter\..*\.(clean|process)$"], cancellationToken).ConfigureAwait(false);
        if (filters.Output.Split('\n').FirstOrDefault(line => line.Length > 0 && !line.StartsWith("global\t", StringComparison.Ordinal)) is { } planted)
        {
            return ToolResult.Failure(
                $"The configuration of this repository names a program that a commit would run ({ToolText.Line(planted, 300)}), so nothing was committed. "
                + "Commit the files yourself if you trust it.");
        }

        return await CommitAsync(git, "Used the git repository that was there", message, files, isNew: false, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<ToolResult> CommitAsync(
        GitProgram git, string said, string message, string[] files, bool isNew, CancellationToken cancellationToken)
    {
        string[] which = files.Length == 0 ? ["--all"] : ["--", .. files];
        var added = await git.RunAsync(["add", .. which], cancellationToken).ConfigureAwait(false);
        if (!added.Succeeded)
        {
            return Failed("add the files", added);
        }

        // Only the listed files: what the person has staged in their repository stays staged.
        string[] only = isNew ? [] : ["--only", "--", .. files];
        var identity = await IdentityAsync(git, cancellationToken).ConfigureAwait(false);
        var committed = await git.RunAsync(
            [.. identity, "commit", "--quiet", "--no-verify", "-m", message, .. only], cancellationToken).ConfigureAwait(false);
        if (committed.Succeeded)
        {
            var head = await git.RunAsync(["rev-parse", "--short", "HEAD"], cancellationToken).ConfigureAwait(false);
            return new ToolResult($"{said} and committed as {head.Output}.");
        }

        return committed.Said.Contains("nothing to commit", StringComparison.Ordinal)
            || committed.Said.Contains("nothing added to commit", StringComparison.Ordinal)
            || committed.Said.Contains("no changes added to commit", StringComparison.Ordinal)
            ? new ToolResult($"{said}. There was nothing new to commit.")
            : Failed("commit", committed);
    }

    // Given only where the person has set none: a commit without an author is refused.
    private static async Task<IReadOnlyList<string>> IdentityAsync(GitProgram git, CancellationToken cancellationToken)
    {
        var identity = new List<string>();
        foreach (var (key, value) in new[] { ("user.name", "Autocoder"), ("user.email", "autocoder@localhost") })
        {
            var known = await git.RunAsync(["config", "--get", key], cancellationToken).ConfigureAwait(false);
            if (known.Output.Length == 0)
            {
                identity.AddRange(["-c", $"{key}={value}"]);
            }
        }

        return identity;
    }

    private static bool SamePath(string left, string right) => string.Equals(
        Path.TrimEndingDirectorySeparator(Path.GetFullPath(left)),
        Path.TrimEndingDirectorySeparator(right),
        OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);

    private static ToolResult Failed(string what, GitResult result) => ToolResult.Failure(string.Create(
        CultureInfo.InvariantCulture,
        $"Git could not {what} (exit code {result.ExitCode}). It said: {ToolText.Shorten(result.Said, MaxSaid)}"));
}
