using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Engines;
using Autocoder.Core.Runs;
using Autocoder.Core.Tools;
using Autocoder.Tests.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Autocoder.Tests.Runs.Stopping;

/// <summary>One script against one core, whose clock moves only as far as a stop may take.</summary>
/// <param name="pace">How long everybody has, in real time, before the clock moves on.</param>
internal sealed class HostileCase(CoreWorld world, IConversationStore store, HostileScript script, TimeSpan pace)
{
    private static readonly TimeSpan Fast = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly ManualClock _clock = new();
    private readonly HostileWorld _hostile = new(script);
    private readonly Guid _conversation = Guid.CreateVersion7();

    /// <summary>Plays a script. On a busy machine a timer may begin after the clock has moved, so what was late is looked at again, slowly.</summary>
    public static async Task PlayAsync(CoreWorld world, Func<IConversationStore> store, HostileScript script)
    {
        var fast = new HostileCase(world, store(), script, Fast);
        try
        {
            await fast.RunAsync();
        }
        catch (TimeoutException)
        {
            await fast._hostile.ReleaseAsync(Limit);
            await new HostileCase(world, store(), script, Slow).RunAsync();
        }
    }

    private async Task RunAsync()
    {
        var core = await StartAsync();
        var created = new ConversationCreated(world.ProjectId, ConversationKind.Agent, "P4", "hostile");
        await core.Writer.AppendAsync(_conversation, _ => [new NewEvent(created)], CancellationToken.None);
        await SendAsync(core, HostileWorld.Prompt);
        var started = (await ReadAsync(_conversation)).Select(envelope => envelope.Event).OfType<RunStarted>().Single();
        if (script.StopAfter > 0)
        {
            await _hostile.Reached.WaitAsync(Limit);
        }

        await InTimeAsync(EndAsync(core, started.RunId));
        var files = FilesNow();

        // A shutdown leaves a run as it is that only waits for a person.
        var state = (await store.LoadAsync(_conversation, CancellationToken.None))!.Snapshot.State;
        var isLeftWaiting = script.Way is StopWay.Shutdown && RunRules.OnlyWaits(state);
        await CheckAsync(started.RunId, isLeftWaiting);

        // The next prompt, while everybody of the last run is still there.
        var isOpen = script.Way is not (StopWay.Trash or StopWay.Delete or StopWay.Shutdown);
        if (isOpen)
        {
            await BeKindAsync(core);
        }

        var dump = await DumpAsync();
        await _hostile.ReleaseAsync(Limit);
        Assert.Empty(_hostile.Violations);
        Assert.Equal(dump, await DumpAsync());
        Assert.Equal(files, FilesNow());
        if (script.Way is StopWay.Shutdown)
        {
            core = await StartAsync();
            Assert.Equal(dump, await DumpAsync());
            await core.Runs.StopAllAsync(_conversation, CancellationToken.None).WaitAsync(Limit);
            await BeKindAsync(core);
        }

        Assert.Empty(await store.ListUnfinishedAsync(CancellationToken.None));
        await core.DisposeAsync().AsTask().WaitAsync(Limit);
        Array.ForEach(FilesNow(), path => Directory.Delete(path, recursive: true));
    }

    private async Task EndAsync(CoreProcess core, Guid runId)
    {
        // Each from a thread of its own, as from as many tabs.
        await Task.WhenAll(Enumerable.Range(0, script.Times).Select(time => Task.Run(() => script.Way switch
        {
            StopWay.Stop => core.Runs.StopAsync(_conversation, runId, CancellationToken.None),
            StopWay.StopAndStopAll when time % 2 == 0 => core.Runs.StopAsync(_conversation, runId, CancellationToken.None),
            StopWay.StopAll or StopWay.StopAndStopAll => core.Runs.StopAllAsync(_conversation, CancellationToken.None),
            StopWay.Trash => core.Runs.TrashAsync(_conversation, CancellationToken.None),
            StopWay.Delete => core.Runs.DeleteAsync(_conversation, CancellationToken.None),
            _ => core.Runs.StopAsync(CancellationToken.None),
        })));
    }

    // The clock moves from one timer of the stop to the next, and never further than a stop may take.
    private async Task InTimeAsync(Task ending)
    {
        var options = new RunOptions();
        var left = LongestHold() + options.HardStop;
        left = left > options.SoftStop + options.HardStop ? left : options.SoftStop + options.HardStop;
        using var limit = new CancellationTokenSource(Limit);
        while (await Task.WhenAny(ending, Task.Delay(pace)) != ending)
        {
            if (_clock.UntilNextTimer is { } next && next <= left)
            {
                _clock.Advance(next);
                left -= next;
            }

            if (limit.IsCancellationRequested)
            {
                throw new TimeoutException($"The run does not end, with {left} left. Log:\n{string.Join('\n', await ReadAsync(_conversation))}");
            }
        }

        await ending;
    }

    private TimeSpan LongestHold()
    {
        var longest = script.Moves.Where(move => move.Kind is HostileMoveKind.Call).Select(move => move.Grace).DefaultIfEmpty().Max();
        return script.Way is StopWay.Shutdown ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(longest, RunOptions.LongestStop.TotalSeconds));
    }

    private async Task CheckAsync(Guid runId, bool isLeftWaiting)
    {
        var log = await ReadAsync(_conversation);
        RunInvariants.Check(log, mayBeOpen: isLeftWaiting);
        Assert.Equal(isLeftWaiting ? 0 : 1, log.Count(envelope => envelope.RunId == runId && envelope.Event is RunEnded));
        foreach (var child in log.Select(envelope => envelope.Event).OfType<SubAgentStarted>())
        {
            RunInvariants.Check(await ReadAsync(child.ChildConversationId));
        }

        Assert.Equal(isLeftWaiting ? [_conversation] : [], await store.ListUnfinishedAsync(CancellationToken.None));
    }

    private async Task BeKindAsync(CoreProcess core)
    {
        Assert.Equal(PromptStatus.Started, (await SendAsync(core, "Be kind")).Status);
        using var limit = new CancellationTokenSource(Limit);
        while ((await core.Log.GetAsync(_conversation, limit.Token)).State.Run is not null)
        {
            await Task.Delay(1, limit.Token);
        }

        var log = await ReadAsync(_conversation);
        RunInvariants.Check(log);
        Assert.Equal(RunOutcome.Completed, Assert.IsType<RunEnded>(log[^1].Event).Outcome);
        Assert.Equal("kind", log.Select(envelope => envelope.Event).OfType<TextCompleted>().Last().Text);
    }

    private Task<PromptReceipt> SendAsync(CoreProcess core, string text) =>
        core.Runs.SendAsync(_conversation, new PromptAdmitted(Guid.CreateVersion7(), text, []), CancellationToken.None);

    private string[] FilesNow() => [.. Directory.GetFileSystemEntries(world.ProjectFolder, $"{_hostile.Files}*").Order(StringComparer.Ordinal)];

    private async Task<string> DumpAsync()
    {
        var log = await ReadAsync(_conversation);
        var lines = new List<EventEnvelope>(log);
        foreach (var child in log.Select(envelope => envelope.Event).OfType<SubAgentStarted>())
        {
            lines.AddRange(await ReadAsync(child.ChildConversationId));
        }

        return string.Join('\n', lines);
    }

    private Task<IReadOnlyList<EventEnvelope>> ReadAsync(Guid conversationId) =>
        store.ReadAsync(conversationId, 0, long.MaxValue, int.MaxValue, CancellationToken.None);

    private Task<CoreProcess> StartAsync() => world.StartAsync(store, services =>
    {
        services.AddSingleton<TimeProvider>(_clock);
        services.AddSingleton<IAgentEngine>(_hostile);
        var real = services.Last(service => service.ServiceType == typeof(ToolCatalog)).ImplementationFactory!;
        services.RemoveAll<ToolCatalog>().AddSingleton(provider => new ToolCatalog(
            ((ToolCatalog)real(provider)).Tools.Select(tool => HostileTool.Names.Contains(tool.Definition.Name)
                ? new HostileTool(tool.Definition.Name, _hostile)
                : tool)));
    });
}
