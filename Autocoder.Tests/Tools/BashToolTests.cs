using System.Text.Json;
using Autocoder.Core.Tools.Shell;
using Autocoder.Tests.TestSupport;

namespace Autocoder.Tests.Tools;

public sealed class BashToolTests : IDisposable
{
    private readonly ToolBench _bench = new();
    private readonly BashTool _tool = new(TestProcesses.Create(), TestSandbox.Off);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task It_runs_in_the_project_folder_and_returns_output_errors_and_exit_code()
    {
        _bench.Put("a.txt", "hello");

        Assert.Equal("hello\noops\n\n[Exit code 0.]", await _bench.OutputAsync(_tool, new { command = "cat a.txt; echo; echo oops >&2" }));
        Assert.Equal("[Exit code 3.]", await _bench.FailureAsync(_tool, new { command = "exit 3" }));
    }

    [Fact]
    public async Task It_gets_no_input_so_that_a_question_ends_instead_of_hanging() =>
        Assert.Equal("got []\n\n[Exit code 0.]", await _bench.OutputAsync(_tool, new { command = "read line; echo \"got [$line]\"" }));

    [Fact]
    public async Task What_is_left_in_the_background_is_ended_and_said()
    {
        var seconds = Marked.Seconds();

        var said = await _bench.OutputAsync(_tool, new { command = $"sleep {seconds} & echo started" });

        Assert.Equal("started\n\n[Exit code 0. 1 process it had left in the background was ended.]", said);
        Assert.Empty(Marked.Alive(seconds));
    }

    [Fact]
    public async Task A_command_that_takes_too_long_is_ended_and_says_so()
    {
        var seconds = Marked.Seconds();

        var said = await _bench.FailureAsync(_tool, new { command = $"echo begun; sleep {seconds}", timeout_seconds = 1 });

        Assert.StartsWith("begun\n\n[The command took longer than 1 s and was ended", said, StringComparison.Ordinal);
        Assert.Empty(Marked.Alive(seconds));
    }

    [Fact]
    public async Task A_stopped_command_says_what_it_had_done_and_how_many_processes_were_ended()
    {
        var seconds = Marked.Seconds();
        using var stop = new CancellationTokenSource();
        var running = _tool.ExecuteAsync(
            JsonSerializer.SerializeToElement(new { command = $"echo half; sleep {seconds} & sleep {seconds}" }), _bench.Context(), stop.Token);
        await Marked.WaitForSleepAsync(seconds, 2);

        await stop.CancelAsync();
        var result = await running;

        Assert.True(result.WasStopped);
        Assert.Equal("half\n\n[The stop ended this command, and 3 processes with it. It may have done a part of its work.]", result.Output);
        Assert.Empty(Marked.Alive(seconds));
    }

    [Theory]
    [InlineData("", "too short")]
    [InlineData("echo a\0b", "zero character")]
    public async Task What_cannot_be_run_is_refused_in_words(string command, string words) =>
        Assert.Contains(words, await _bench.FailureAsync(_tool, new { command }), StringComparison.Ordinal);

    [Fact]
    public void Its_title_is_the_command_on_one_line() =>
        Assert.Equal("Run make all && echo ok", _tool.Describe(JsonSerializer.SerializeToElement(new { command = "make all &&\necho ok" })));
}
