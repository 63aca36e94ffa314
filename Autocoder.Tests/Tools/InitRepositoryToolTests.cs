using System.Diagnostics;
using Autocoder.Core.Tools.Git;
using Autocoder.Tests.TestSupport;

namespace Autocoder.Tests.Tools;

/// <summary>With the real git of the machine.</summary>
public sealed class InitRepositoryToolTests : IDisposable
{
    private readonly ToolBench _bench = new();
    private readonly InitRepositoryTool _tool = new(TestProcesses.Create(), TimeProvider.System);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_new_project_gets_a_repository_and_a_first_commit()
    {
        _bench.Put("README.md", "# Hello");
        _bench.Put(".gitignore", "node_modules/\n");
        _bench.Put("node_modules/x.js", "");

        Assert.StartsWith("Made a git repository and committed as ", await _bench.OutputAsync(_tool, new { message = "--amend first" }), StringComparison.Ordinal);

        Assert.Equal("--amend first", Git("log", "--format=%s"));
        Assert.Equal(".gitignore\nREADME.md", Git("ls-files"));
        Assert.Equal("", Git("status", "--porcelain"));
        Assert.Empty(Directory.EnumerateFiles(_bench.PathOf(".git"), "*.sample", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task In_a_repository_that_is_there_only_the_listed_files_are_committed()
    {
        Git("init", "--quiet");
        _bench.Put("mine.txt", "mine");
        _bench.Put("staged.txt", "staged");
        _bench.Put("ours.txt", "ours");
        Git("add", "staged.txt");

        Assert.Contains("nothing was committed", await _bench.OutputAsync(_tool, new { message = "No files" }), StringComparison.Ordinal);
        Assert.StartsWith("Used the git repository that was there and committed", await _bench.OutputAsync(_tool, new { message = "Ours", files = new[] { "./ours.txt" } }), StringComparison.Ordinal);
        Assert.Contains("nothing new", await _bench.OutputAsync(_tool, new { message = "Again", files = new[] { "ours.txt" } }), StringComparison.Ordinal);

        Assert.Equal("ours.txt", Git("show", "--name-only", "--format="));
        Assert.Equal("A  staged.txt\n?? mine.txt", Git("status", "--porcelain"));
    }

    [Fact]
    public async Task Inside_another_repository_nothing_is_done()
    {
        GitIn(_bench.Parent, "init", "--quiet");
        _bench.Put("a.txt", "");

        Assert.Contains("belongs to the git repository", await _bench.OutputAsync(_tool, new { message = "First" }), StringComparison.Ordinal);

        Assert.False(Directory.Exists(_bench.PathOf(".git")));
        Assert.Equal("?? proj/", GitIn(_bench.Parent, "status", "--porcelain"));
    }

    [Fact]
    public async Task A_git_file_that_points_elsewhere_is_not_followed()
    {
        var elsewhere = Path.Combine(_bench.Parent, "elsewhere");
        GitIn(Directory.CreateDirectory(elsewhere).FullName, "init", "--quiet");
        _bench.Put(".git", $"gitdir: {elsewhere}/.git");
        _bench.Put("a.txt", "");

        Assert.Contains("nothing was committed", await _bench.OutputAsync(_tool, new { message = "First", files = new[] { "a.txt" } }), StringComparison.Ordinal);

        Assert.Equal("", GitIn(elsewhere, "ls-files"));
    }

    [Theory]
    [InlineData("core.fsmonitor")]
    [InlineData("core.hooksPath")]
    [InlineData("filter.evil.clean")]
    [InlineData("gpg.program")]
    public async Task Nothing_a_repository_plants_is_run(string setting)
    {
        Git("init", "--quiet");
        var mark = Path.Combine(_bench.Parent, "ran");
        foreach (var script in new[] { "evil/run", "evil/pre-commit", "evil/post-commit", ".git/hooks/pre-commit", ".git/hooks/post-commit" })
        {
            _bench.Put(script, $"#!/bin/sh\ntouch '{mark}'\ncat\n");
            MakeExecutable(_bench.PathOf(script));
        }

        _bench.Put(".gitattributes", "* filter=evil\n");
        Git("config", "commit.gpgSign", "true");
        Git("config", setting, setting == "core.hooksPath" ? _bench.PathOf("evil") : _bench.PathOf("evil/run"));
        _bench.Put("a.txt", "a");

        var result = await _bench.CallAsync(_tool, new { message = "First", files = new[] { "a.txt" } });

        Assert.False(File.Exists(mark), result.Output);
        Assert.Equal(setting != "filter.evil.clean", result.Succeeded);
    }

    [Theory]
    [InlineData("../outside.txt")]
    [InlineData("/etc/passwd")]
    public async Task A_file_outside_the_project_is_refused_before_git_runs(string path)
    {
        await _bench.FailureAsync(_tool, new { message = "First", files = new[] { path } });

        Assert.False(Directory.Exists(_bench.PathOf(".git")));
    }

    [Fact]
    public async Task A_pattern_is_only_a_name()
    {
        _bench.Put("a.txt", "");

        Assert.Contains("exit code", await _bench.FailureAsync(_tool, new { message = "First", files = new[] { ":/", "*" } }), StringComparison.Ordinal);

        Assert.Equal("", Git("ls-files"));
    }

    [Fact]
    public async Task A_computer_without_git_is_no_failure() => Assert.Contains(
        "not installed",
        await _bench.OutputAsync(new InitRepositoryTool(TestProcesses.Create(), TimeProvider.System, _bench.Root + Path.PathSeparator + "."), new { message = "First" }),
        StringComparison.Ordinal);

    [Fact]
    public async Task A_git_that_hangs_is_killed_with_its_children_when_the_stop_becomes_urgent()
    {
        var started = Path.Combine(_bench.Parent, "pid");
        var bin = Directory.CreateDirectory(Path.Combine(_bench.Parent, "bin")).FullName;
        File.WriteAllText(Path.Combine(bin, "git"), $"#!/bin/sh\n/bin/sleep 600 &\necho $! > '{started}.new'\nmv '{started}.new' '{started}'\nwait\n");
        MakeExecutable(Path.Combine(bin, "git"));
        using var stop = new CancellationTokenSource();
        using var watcher = new FileSystemWatcher(_bench.Parent, "pid") { EnableRaisingEvents = true };
        watcher.Renamed += (_, _) => stop.Cancel();

        _bench.Run.HardStop = stop.Token;
        var result = await _bench.CallAsync(new InitRepositoryTool(TestProcesses.Create(), TimeProvider.System, bin), new { message = "First" });

        Assert.True(result.WasStopped);
        Assert.Contains("index.lock", result.Output, StringComparison.Ordinal);
        var child = int.Parse(File.ReadAllText(started), System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(await GoneAsync(child));
    }

    private static void MakeExecutable(string script)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    // A killed process stays in the table until its new parent has noticed.
    private static async Task<bool> GoneAsync(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(10));
            return true;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }

    private string Git(params string[] arguments) => GitIn(_bench.Root, arguments);

    private static string GitIn(string folder, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output.Trim();
    }
}
