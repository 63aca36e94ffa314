using System.Diagnostics;
using System.Globalization;
using Autocoder.Core.Projects;
using Autocoder.Tests.Journeys;
using Autocoder.Tests.Web.Endpoints;
using Autocoder.Web.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Autocoder.Tests.Crashes;

/// <summary>
/// P6: the real server, killed with SIGKILL at random moments while agents talk, run commands, ask and delegate. Whatever a
/// viewer was shown is there after the restart, once; no command ran twice; and the next prompt is answered.
/// </summary>
/// <remarks><c>crash-test.sh</c> runs the same for longer, and tells how far it is.</remarks>
public sealed class CrashTests
{
    private const int Conversations = 3;
    private const string Project = "crashed";
    private const int MostFrames = 700;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // Everybody waits for somebody, or for a slow command.
    private static readonly TimeSpan NothingMoves = TimeSpan.FromMilliseconds(250);

    private static readonly int Cycles = Setting("AUTOCODER_CRASH_CYCLES") ?? 25;
    private static readonly int Seed = Setting("AUTOCODER_CRASH_SEED") ?? Random.Shared.Next();
    private static readonly string? Report = Environment.GetEnvironmentVariable("AUTOCODER_CRASH_REPORT");

    private readonly Random _random = new(Seed);
    private readonly CrashTally _tally = new();
    private readonly List<CrashConversation> _conversations = [];
    private TimeSpan _startTakes = TimeSpan.FromSeconds(1);
    private int _stories;

    [Fact]
    public async Task Killed_at_any_moment_nothing_seen_is_lost_or_doubled_and_no_command_runs_twice()
    {
        await using var app = await AppProcess.StartAsync(CrashStory.Permissions);
        using var client = await ApiClient.ConnectAsync(app.Address);
        await app.KillAsync();
        var folder = app.NewProjectFolder(Project);
        await AddProjectAsync(app.DataDirectory, folder);
        var audit = new CrashAudit(client, Path.Combine(folder, CrashStory.TraceFile), _tally);
        for (var cycle = 1; cycle <= Cycles; cycle++)
        {
            await CycleAsync(app, client, audit);
            CheckSoFar(audit, cycle, app);
        }

        await FinishAsync(app, client, audit);
        CheckSoFar(audit, Cycles, app);
        Tell($"{Cycles} cycles, seed {Seed}, {_stories} conversations: {_tally}");
    }

    private async Task CycleAsync(AppProcess app, ApiClient client, CrashAudit audit)
    {
        using var gone = new CancellationTokenSource();
        await StartAsync(app);
        await OpenAsync(app, client, audit, mayWait: true, gone.Token);
        var atWork = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var people = _conversations.ConvertAll(each => each.UseAsync(client, () => atWork.TrySetResult(), CrashStory.Turns, gone.Token));
        await Task.WhenAny(atWork.Task, Task.WhenAll(people)).WaitAsync(Patience);

        await UntilTheMomentAsync();
        await app.KillAsync();
        _tally.Kills++;
        await gone.CancelAsync();
        await Task.WhenAll(people);
        await Task.WhenAll(_conversations.Select(each => each.CloseAsync()));
        await CrashAudit.CheckDatabaseAsync(Path.Combine(app.DataDirectory, "autocoder.db"), _tally);
    }

    // After the last kill everything that waits is answered, and every conversation answers once more.
    private async Task FinishAsync(AppProcess app, ApiClient client, CrashAudit audit)
    {
        using var gone = new CancellationTokenSource();
        await StartAsync(app);
        await OpenAsync(app, client, audit, mayWait: true, gone.Token);
        await Task.WhenAll(_conversations.Select(each => each.UseAsync(client, () => { }, prompts: 1, gone.Token)));
        await Task.WhenAll(_conversations.Select(each => each.SyncAsync(gone.Token)));
        foreach (var conversation in _conversations)
        {
            await audit.CheckAsync(conversation, mayWait: false);
        }

        _tally.Interrupted += _conversations.Sum(each => each.Interrupted);
        await gone.CancelAsync();
    }

    // Everybody comes back, and what they had seen is compared; conversations that were played to their end make room for others.
    private async Task OpenAsync(AppProcess app, ApiClient client, CrashAudit audit, bool mayWait, CancellationToken gone)
    {
        foreach (var conversation in _conversations)
        {
            conversation.Open(client, gone);
        }

        await Task.WhenAll(_conversations.Select(each => each.SyncAsync(gone)));
        foreach (var conversation in _conversations)
        {
            await audit.CheckAsync(conversation, mayWait);
        }

        foreach (var over in _conversations.Where(each => each.Prompts >= CrashStory.Turns && !each.HasRun).ToList())
        {
            _tally.Interrupted += over.Interrupted;
            _conversations.Remove(over);
        }

        while (_conversations.Count < Conversations)
        {
            var conversation = await CreateAsync(app, client);
            _conversations.Add(conversation);
            conversation.Open(client, gone);
        }
    }

    private async Task<CrashConversation> CreateAsync(AppProcess app, ApiClient client)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"crash-{++_stories:0000}");
        var story = CrashStory.Write(name, _random);
        await File.WriteAllTextAsync(Path.Combine(app.DataDirectory, "scenarios", name + ".json"), story);
        var (status, made) = await client.PostAsync("/api/conversations", new { project = Project, surface = "Agent", engine = $"scripted:{name}" });
        Assert.True(status == 201, $"{status}: {made}");
        return new CrashConversation(made.GetProperty("id").GetGuid(), story, _tally, new Random(_random.Next()));
    }

    // Every fifth time it is killed before it has come up.
    private async Task StartAsync(AppProcess app)
    {
        if (_random.Next(5) == 0)
        {
            var starting = app.StartAgainAsync();
            await Task.WhenAny(starting, Task.Delay(_startTakes * (0.4 + (0.8 * _random.NextDouble()))));
            await app.KillAsync();
            await Task.WhenAny(starting);
            _tally.KillsAtStart++;
        }

        var watch = Stopwatch.StartNew();
        await app.StartAgainAsync();
        _startTakes = watch.Elapsed;
    }

    // Counted in what viewers are shown, so that it means the same on a busy machine, and up to a few milliseconds more.
    private async Task UntilTheMomentAsync()
    {
        var moment = _tally.Frames + _random.Next(0, MostFrames);
        var (quiet, frames) = (Stopwatch.StartNew(), _tally.Frames);
        while (_tally.Frames < moment && quiet.Elapsed < NothingMoves)
        {
            await Task.Delay(1);
            if (frames != _tally.Frames)
            {
                frames = _tally.Frames;
                quiet.Restart();
            }
        }

        await Task.Delay(_random.Next(0, 30));
    }

    private void CheckSoFar(CrashAudit audit, int cycle, AppProcess app)
    {
        audit.CountExecutions();
        if (_tally.RanTwice > 0 || _tally.Problems.Count > 0)
        {
            var told = $"Cycle {cycle}, seed {Seed}: {_tally}\n{string.Join('\n', _tally.Problems.Take(20))}\n{app.Output}";
            Tell(told);
            Assert.Fail(told);
        }

        if (cycle % 25 == 0)
        {
            Tell($"{cycle} of {Cycles} cycles: {_tally}");
        }
    }

    private static async Task AddProjectAsync(string dataDirectory, string folder)
    {
        await using var app = AutocoderApplication.Build(["--Autocoder:Port=0", $"--Autocoder:DataDirectory={dataDirectory}"], services =>
            services.Remove(services.Single(service => service.ImplementationType == typeof(ReadyLine))));
        await app.StartAsync();
        await app.Services.GetRequiredService<ProjectRegistry>().CreateAsync(Project, folder, CancellationToken.None);
        await app.StopAsync();
    }

    private static void Tell(string line)
    {
        if (Report is not null)
        {
            File.AppendAllText(Report, line + "\n");
        }
    }

    private static int? Setting(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var number) ? number : null;
}
