using System.Diagnostics;
using Autocoder.Core.Processes;
using Autocoder.Tests.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Autocoder.Tests.Processes;

/// <summary>A server ends at its start what one that was killed has left at work, and never anything else.</summary>
public sealed class ProcessReaperTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly List<Process> _strangers = [];

    public void Dispose()
    {
        foreach (var stranger in _strangers)
        {
            stranger.Kill(entireProcessTree: true);
            stranger.Dispose();
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task What_a_killed_server_left_is_ended_whoever_its_parent_is_now()
    {
        var seconds = Marked.Seconds();
        var ledger = Ledger("data");
        Start($"setsid bash -c 'trap \"\" TERM; sleep {seconds} & wait' & (sleep {seconds} &) ; sleep {seconds}", ledger.Mark);
        await Marked.WaitForAsync($"sleep {seconds}", 3);

        await new ProcessReaper(Ledger("data"), NullLogger<ProcessReaper>.Instance).StartAsync(CancellationToken.None);

        Assert.Empty(Marked.Alive(seconds));
    }

    [Fact]
    public async Task What_comes_of_a_known_program_is_ended_even_without_its_mark()
    {
        var seconds = Marked.Seconds();
        var ledger = Ledger("data");
        ledger.Enter(Start($"env -i sleep {seconds} & wait", ledger.Mark));
        await Marked.WaitForAsync($"sleep {seconds}", 1);

        await new ProcessReaper(Ledger("data"), NullLogger<ProcessReaper>.Instance).StartAsync(CancellationToken.None);

        Assert.Empty(Marked.Alive(seconds));
        Assert.Empty(Directory.GetFiles(_folder["data"], "*.json"));
    }

    [Fact]
    public async Task Another_servers_processes_and_strangers_live_on()
    {
        var (others, stranger, reused) = (Marked.Seconds(), Marked.Seconds(), Marked.Seconds());
        Start($"sleep {others}", Ledger("another").Mark);
        Start($"sleep {stranger}", mark: null);

        // An id of the ledger that belongs to somebody else by now, once with another start and once without the mark.
        var ledger = Ledger("data");
        var entered = Start($"sleep {reused}", mark: null);
        ledger.Enter(entered);
        File.WriteAllText(Path.Combine(_folder["data"], "1.json"), """{"Id":1,"StartTime":1}""");
        File.WriteAllText(Path.Combine(_folder["data"], "2.json"), """{"Id":""");
        await Marked.WaitForAsync($"sleep {reused}", 1);

        await new ProcessReaper(ledger, NullLogger<ProcessReaper>.Instance).StartAsync(CancellationToken.None);

        Assert.All([others, stranger, reused], seconds => Assert.NotEmpty(Marked.Alive($"sleep {seconds}")));
        Assert.Empty(Directory.GetFiles(_folder["data"], "*.json"));
    }

    // As the server does, but without the server: nobody in this process knows of it.
    private Process Start(string command, OwnerMark? mark)
    {
        var info = new ProcessStartInfo("/bin/bash", ["-c", command]);
        if (mark is not null)
        {
            info.Environment[mark.Name] = OwnerMark.ValueOf(Guid.NewGuid(), Guid.NewGuid());
        }

        var process = Process.Start(info)!;
        _strangers.Add(process);
        return process;
    }

    private ProcessLedger Ledger(string folder) => new(Options.Create(new ProcessOptions { Folder = _folder[folder] }));
}
