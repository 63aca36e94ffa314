using System.ComponentModel;
using Autocoder.Core.Processes;
using Autocoder.Tests.TestSupport;

namespace Autocoder.Tests.Processes;

/// <summary>What agents start ends when it must, with all that came of it. Judged by <c>/proc</c>.</summary>
public sealed class ChildProcessesTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ChildProcesses _processes;
    private readonly Guid _owner = Guid.NewGuid();

    public ChildProcessesTests() => _processes = TestProcesses.Create(folder: _folder["processes"]);

    public void Dispose() => _folder.Dispose();

    /// <summary>Ways to get away from a parent that only knows its children.</summary>
    public static TheoryData<string> Trees() =>
    [
        "sleep N",
        "sleep N & sleep N & wait",
        "trap '' TERM INT HUP; sleep N; sleep N",
        "(trap '' TERM; sleep N & wait) & wait",
        "setsid sleep N & sleep N",
        "setsid bash -c 'trap \"\" TERM; sleep N & wait' & sleep N",
        "(setsid bash -c 'sleep N & sleep N & exit' &) ; sleep N",
        "bash -c 'bash -c \"(sleep N &) ; (sleep N &)\"'; sleep N",
        "nohup sleep N >/dev/null 2>&1 & disown; sleep N",
        "env -i sleep N & sleep N",
        "while :; do sleep N & sleep 0.05; done",
    ];

    [Theory]
    [MemberData(nameof(Trees))]
    public async Task A_kill_leaves_nothing_of_a_tree(string tree)
    {
        var seconds = Marked.Seconds();
        using var hardStop = new CancellationTokenSource();
        var running = _processes.RunAsync(Bash(tree, seconds), CancellationToken.None, hardStop.Token);
        await Marked.WaitForAsync($"sleep {seconds}", 1);

        await hardStop.CancelAsync();
        var result = await running;

        Assert.Equal(ProcessEnd.Stopped, result.End);
        Assert.InRange(result.Ended, 1, int.MaxValue);
        Assert.Empty(Marked.Alive(seconds));
        Assert.Empty(Marked.OwnZombies());
    }

    [Theory]
    [MemberData(nameof(Trees))]
    public async Task A_soft_stop_that_is_not_heard_becomes_a_kill(string tree)
    {
        var seconds = Marked.Seconds();
        using var stop = new CancellationTokenSource();
        var running = _processes.RunAsync(Bash(tree, seconds), stop.Token, CancellationToken.None);
        await Marked.WaitForAsync($"sleep {seconds}", 1);

        await stop.CancelAsync();

        Assert.Equal(ProcessEnd.Stopped, (await running).End);
        Assert.Empty(Marked.Alive(seconds));
    }

    [Fact]
    public async Task A_soft_stop_lets_a_program_tidy_up()
    {
        var seconds = Marked.Seconds();
        using var stop = new CancellationTokenSource();
        var running = _processes.RunAsync(
            Bash("trap 'echo tidied; exit 3' TERM; sleep N & wait", seconds), stop.Token, CancellationToken.None);
        await Marked.WaitForAsync($"sleep {seconds}", 1);

        await stop.CancelAsync();
        var result = await running;

        Assert.Equal((ProcessEnd.Stopped, 3, "tidied\n"), (result.End, result.ExitCode, result.Output));
        Assert.Empty(Marked.Alive(seconds));
    }

    [Fact]
    public async Task What_a_program_leaves_in_the_background_ends_with_it()
    {
        var seconds = Marked.Seconds();

        var result = await _processes.RunAsync(
            Bash("setsid sleep N & sleep N & (trap '' TERM; sleep N) & echo done", seconds), CancellationToken.None, CancellationToken.None);

        Assert.Equal((ProcessEnd.Exited, 0, "done\n"), (result.End, result.ExitCode, result.Output));
        Assert.InRange(result.Ended, 3, 4);
        Assert.Empty(Marked.Alive(seconds));
    }

    [Fact]
    public async Task A_program_that_takes_too_long_is_ended_and_told_apart_from_a_stop()
    {
        var seconds = Marked.Seconds();
        var clock = new ManualClock();
        var running = TestProcesses.Create(clock, _folder["processes"]).RunAsync(
            Bash("echo begun; sleep N", seconds) with { TimeLimit = TimeSpan.FromSeconds(5) }, CancellationToken.None, CancellationToken.None);
        await Marked.WaitForAsync($"sleep {seconds}", 1);

        clock.Advance(TimeSpan.FromSeconds(5));
        var result = await running;

        Assert.Equal((ProcessEnd.TimedOut, "begun\n"), (result.End, result.Output));
        Assert.Empty(Marked.Alive(seconds));
    }

    [Fact]
    public async Task All_of_one_owner_is_ended_and_nothing_of_another()
    {
        var (mine, others) = (Marked.Seconds(), Marked.Seconds());
        using var stop = new CancellationTokenSource();
        var first = _processes.RunAsync(Bash("setsid sleep N & sleep N", mine), CancellationToken.None, CancellationToken.None);
        var second = _processes.RunAsync(Bash("sleep N", mine), CancellationToken.None, CancellationToken.None);
        var other = _processes.RunAsync(Bash("sleep N", others) with { Owner = Guid.NewGuid() }, stop.Token, CancellationToken.None);
        await Marked.WaitForAsync($"sleep {mine}", 3);
        await Marked.WaitForAsync($"sleep {others}", 1);

        var ended = await _processes.EndAllAsync(_owner, TimeSpan.FromSeconds(5));

        Assert.Equal((ProcessEnd.Stopped, ProcessEnd.Stopped), ((await first).End, (await second).End));
        Assert.InRange(ended, 3, 5);
        Assert.Empty(Marked.Alive(mine));
        Assert.NotEmpty(Marked.Alive(others));
        await stop.CancelAsync();
        await other;
    }

    [Fact]
    public async Task Output_is_kept_at_both_ends_and_what_is_left_out_is_counted()
    {
        var result = await _processes.RunAsync(
            Bash("printf 'first é'; head -c 5000000 /dev/zero | tr '\\0' 'x'; echo 'é last'; echo oops >&2", "") with { MaxOutputBytes = 1000 },
            CancellationToken.None,
            CancellationToken.None);

        Assert.StartsWith("first éx", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("é last\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("[4,999,016 bytes left out here]", result.Output, StringComparison.Ordinal);
        Assert.Equal("oops\n", result.Errors);
    }

    [Fact]
    public async Task Merged_errors_are_in_the_order_in_which_they_were_written()
    {
        var result = await _processes.RunAsync(
            Bash("for i in 1 2 3; do echo out$i; echo err$i >&2; done", "") with { MergeErrors = true }, CancellationToken.None, CancellationToken.None);

        Assert.Equal("out1\nerr1\nout2\nerr2\nout3\nerr3\n", result.Output);
    }

    [Fact]
    public async Task Nothing_secret_of_the_server_is_handed_on()
    {
        Environment.SetEnvironmentVariable("AUTOCODER_TEST_API_KEY", "sk-secret");
        Environment.SetEnvironmentVariable("AUTOCODER_TEST_PLAIN", "plain");

        var result = await _processes.RunAsync(Bash("env", ""), CancellationToken.None, CancellationToken.None);

        var names = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=')[0])
            .Where(name => !name.StartsWith(OwnerMark.Prefix, StringComparison.Ordinal));
        Assert.Subset(
            new HashSet<string>(["PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "TERM", "PWD", "SHLVL", "_"]),
            names.ToHashSet());
    }

    [Theory]
    [InlineData("OPENAI_API_KEY")]
    [InlineData("github_token")]
    [InlineData("DbPassword")]
    [InlineData("AWS_SECRET_ACCESS")]
    public void A_name_that_smells_of_a_secret_is_not_handed_on_even_when_it_is_asked_for(string name)
    {
        Environment.SetEnvironmentVariable(name, "x");

        Assert.DoesNotContain(name, ProcessEnvironment.Create([name]).Keys);
    }

    [Fact]
    public async Task A_program_that_is_not_there_says_so_and_one_after_the_stop_is_not_started()
    {
        await _processes.RunAsync(Bash("true", ""), CancellationToken.None, CancellationToken.None);
        await Assert.ThrowsAsync<Win32Exception>(() => _processes.RunAsync(
            new ProcessRequest(_owner, "/nowhere/program", [], _folder.Path), CancellationToken.None, CancellationToken.None));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _processes.RunAsync(
            Bash("echo late", ""), CancellationToken.None, new CancellationToken(canceled: true)));

        Assert.Empty(Directory.GetFiles(_folder["processes"], "*.json"));
    }

    private ProcessRequest Bash(string command, string seconds) =>
        new(_owner, "/bin/bash", ["-c", command.Replace("N", seconds, StringComparison.Ordinal)], Path.GetTempPath());
}
