using System.Threading.Channels;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Core.Engines;
using Autocoder.Core.Engines.Loop;
using Autocoder.Core.Runs;
using Autocoder.Core.Runs.Approvals;
using Autocoder.Core.Tools;
using Autocoder.Tests.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Autocoder.Tests.Runs.Crashes;

/// <summary>One script on one disk, through as many processes as it takes.</summary>
internal sealed class CrashCase(CoreWorld world, IConversationStore disk, CrashScript script)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly Guid _conversation = Guid.CreateVersion7();
    private readonly Guid _prompt = Guid.CreateVersion7();
    private readonly OutsideWorld _outside = new();

    /// <summary>How many commits the script takes when nothing fails.</summary>
    public async Task<int> CountCommitsAsync()
    {
        var power = FaultyStore.Sound(disk);
        var (core, clock) = await StartAsync(power);
        await PlayAsync(core, clock);
        await CheckAsync();
        await power.KillAsync();
        return power.Commits;
    }

    /// <summary>Plays with a fault, recovers, possibly with a second fault on the way, and checks everything.</summary>
    public async Task RunAsync(int failAt, Fault fault, int recoveryFailsAt)
    {
        var power = new FaultyStore(disk, failAt, fault);
        var started = await TryStartAsync(power);
        if (started is var (core, clock) && await AliveAsync(PlayAsync(core, clock), power))
        {
            await CheckAsync();
            await power.KillAsync();
        }

        await RecoverAsync(recoveryFailsAt);
        await CheckAsync();
        var once = await DumpAsync();
        power = FaultyStore.Sound(disk);
        (core, clock) = await StartAsync(power);
        Assert.Equal(once, await DumpAsync());

        // Whoever waits is answered, and the next prompt is as if nothing had been.
        await PlayAsync(core, clock);
        await SendAsync(core, clock, Guid.CreateVersion7(), "And now?");
        await CheckAsync();
        Assert.Equal(RunOutcome.Completed, (await ReadAsync(_conversation)).Select(envelope => envelope.Event).OfType<RunEnded>().Last().Outcome);
        await power.KillAsync();
    }

    private async Task RecoverAsync(int failsAt)
    {
        var power = new FaultyStore(disk, failsAt, failsAt % 2 == 0 ? Fault.DieBefore : Fault.DieAfter);
        if (await TryStartAsync(power) is null)
        {
            // It died while it recovered; the next one finds half of it done.
            power = FaultyStore.Sound(disk);
            await StartAsync(power);
        }

        await power.KillAsync();
    }

    private async Task PlayAsync(CoreProcess core, ManualClock clock)
    {
        await RetryAsync(async () =>
        {
            var created = new ConversationCreated(world.ProjectId, ConversationKind.Agent, "Crash", "script");
            await core.Writer.AppendAsync(_conversation, state => state.Created is null ? [new NewEvent(created)] : [], CancellationToken.None);
        });
        await SendAsync(core, clock, _prompt, CrashModel.Prompt);
    }

    private async Task SendAsync(CoreProcess core, ManualClock clock, Guid promptId, string text)
    {
        await RetryAsync(() => core.Runs.SendAsync(_conversation, new PromptAdmitted(promptId, text, []), CancellationToken.None));
        await FollowAsync(core, clock, promptId);
    }

    // Answers whatever is asked, and returns when the run of the prompt has its end.
    private async Task FollowAsync(CoreProcess core, ManualClock clock, Guid promptId)
    {
        var bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        using var subscription = core.Log.Subscribe(_conversation, () => bell.Writer.TryWrite(true));
        var (transcript, position) = (new Transcript(), new LogPosition());
        var isOver = false;
        for (var patience = Limit / TimeSpan.FromMilliseconds(100); !isOver; patience--)
        {
            Assert.True(patience > 0, $"The run does not end. Log:\n{string.Join('\n', await ReadAsync(_conversation))}");
            var pull = await core.Log.PullAsync(_conversation, position, 512, CancellationToken.None);
            position.Advance(pull);
            foreach (var envelope in pull.Events)
            {
                transcript.Apply(envelope);
            }

            isOver = transcript.Running is null && !transcript.Queue.Any(queued => queued.PromptId == promptId) && !pull.HasMore;
            await AnswerAsync(core, transcript);
            await AllowAsync(core, transcript);
            if (!await bell.Reader.WaitToReadAsync().AsTask().WaitAsync(TimeSpan.FromMilliseconds(100)).ContinueWith(task => task.IsCompletedSuccessfully))
            {
                // Nothing happens, so something may wait for the clock: a run that could not write its end, for example.
                clock.Advance(TimeSpan.FromSeconds(1));
            }

            bell.Reader.TryRead(out _);
        }
    }

    private async Task AnswerAsync(CoreProcess core, Transcript transcript)
    {
        foreach (var asked in transcript.Items.OfType<QuestionsItem>().Where(item => item is { Answers: null, ExpiredReason: null }))
        {
            await RetryAsync(() => core.Runs.AnswerAsync(_conversation, asked.RequestId, [new Answer("q1", ["red"])], CancellationToken.None));
        }
    }

    private async Task AllowAsync(CoreProcess core, Transcript transcript)
    {
        foreach (var asked in transcript.Items.OfType<ApprovalItem>().Where(item => item.IsPending))
        {
            await RetryAsync(() => core.Runs.ResolveApprovalAsync(
                _conversation, asked.ApprovalId, new ApprovalAnswer(ApprovalOutcome.AllowedOnce), CancellationToken.None));
        }
    }

    // A page says that the disk refused, and the person tries again.
    private static async Task RetryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (IOException)
        {
            await work();
        }
    }

    private async Task CheckAsync()
    {
        Assert.Empty(_outside.Violations);
        var twice = _outside.Executions.GroupBy(each => each).Where(group => group.Count() > 1).Select(group => group.Key.CallId).ToList();
        Assert.True(twice.Count == 0, $"Ran twice: {string.Join(", ", twice)}.");

        var root = await ReadAsync(_conversation);
        var isWaiting = (await disk.LoadAsync(_conversation, CancellationToken.None))?.Snapshot.State is { } state && RunRules.OnlyWaits(state);
        RunInvariants.Check(root, mayBeOpen: isWaiting);
        foreach (var child in await ChildrenAsync(root))
        {
            RunInvariants.Check(await ReadAsync(child));
        }
    }

    private async Task<IReadOnlyList<Guid>> ChildrenAsync(IReadOnlyList<EventEnvelope> parent)
    {
        var all = new List<Guid>();
        foreach (var child in parent.Select(envelope => envelope.Event).OfType<SubAgentStarted>().Select(started => started.ChildConversationId))
        {
            all.Add(child);
            all.AddRange(await ChildrenAsync(await ReadAsync(child)));
        }

        return all;
    }

    private async Task<string> DumpAsync()
    {
        var root = await ReadAsync(_conversation);
        var logs = new List<EventEnvelope>(root);
        foreach (var child in await ChildrenAsync(root))
        {
            logs.AddRange(await ReadAsync(child));
        }

        return string.Join('\n', logs.Select(envelope => $"{envelope.ConversationId} {envelope.Sequence} {envelope.EventId}"));
    }

    private Task<IReadOnlyList<EventEnvelope>> ReadAsync(Guid conversationId) =>
        disk.ReadAsync(conversationId, 0, long.MaxValue, int.MaxValue, CancellationToken.None);

    /// <summary>Null when the power went while it started.</summary>
    private async Task<(CoreProcess Core, ManualClock Clock)?> TryStartAsync(FaultyStore power)
    {
        var starting = StartAsync(power);
        return await AliveAsync(starting, power) ? await starting : null;
    }

    private static async Task<bool> AliveAsync(Task work, FaultyStore power)
    {
        var first = await Task.WhenAny(work, power.Died).WaitAsync(Limit);
        if (first == work || work.IsCompleted)
        {
            await work;
            return true;
        }

        return false;
    }

    private async Task<(CoreProcess Core, ManualClock Clock)> StartAsync(FaultyStore power)
    {
        var clock = new ManualClock();
        var core = await world.StartAsync(power, services =>
        {
            services.AddSingleton<TimeProvider>(clock);
            services.AddSingleton<IAgentEngine>(new LoopEngine(
                new EngineDescription("script", "Script", "For tests.", UsesModel: false), new CrashModel(script), clock));
            var real = services.Last(service => service.ServiceType == typeof(ToolCatalog)).ImplementationFactory!;
            services.RemoveAll<ToolCatalog>().AddSingleton(provider => new ToolCatalog(
                ((ToolCatalog)real(provider)).Tools.Select(tool => tool.Definition.Name is "Read" or "Grep" or "Write"
                    ? new CountingTool(tool.Definition.Name, tool.Definition.Effect, _outside, power, disk)
                    : tool)));
        });
        return (core, clock);
    }
}
