using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Tests.TestSupport;
using FsCheck;
using FsCheck.Fluent;

namespace Autocoder.Tests.Conversations;

/// <summary>P1: whatever is appended, evicted, paused and reconnected, a follower receives exactly what comes after its cursor.</summary>
public sealed class FollowPropertyTests
{
    private const int Followers = 3;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public void A_follower_receives_exactly_the_events_after_its_cursor() => Prop
        .ForAll(Schedules(), schedule => RunAsync(schedule, new MemoryConversationStore()).GetAwaiter().GetResult())
        .Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    [Fact]
    public async Task The_same_holds_on_a_real_database()
    {
        await using var database = await TempDatabase.CreateAsync();
        Prop.ForAll(Schedules(), schedule => RunAsync(schedule, database.Store).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    private static Arbitrary<Schedule> Schedules()
    {
        var action = from kind in Gen.Choose(0, 3)
                     from a in Gen.Choose(0, 255)
                     from b in Gen.Choose(0, 255)
                     select new Step(kind, a, b);
        var schedule = from ring in Gen.Choose(1, 12)
                       from bytes in Gen.Elements(200, 2_000, 1_000_000)
                       from page in Gen.Choose(1, 6)
                       from steps in action.ListOf()
                       select new Schedule(ring, bytes, page, [.. steps]);
        return schedule.ToArbitrary();
    }

    private static async Task RunAsync(Schedule schedule, IConversationStore store)
    {
        var limits = new RingLimits(schedule.Ring, schedule.RingBytes);
        await using var harness = await LogHarness.StartAsync(store, limits, new ManualClock());
        var world = new World(harness, schedule.PageSize);
        await world.CreateAsync();
        foreach (var step in schedule.Steps)
        {
            await world.DoAsync(step);
        }

        await world.FinishAsync();
        var (events, bytes) = (await harness.StreamAsync(world.Id)).Cached;
        Assert.True(events <= limits.Events && bytes <= limits.Bytes, $"The ring holds {events} events and {bytes} bytes.");
    }

    private sealed record Schedule(int Ring, int RingBytes, int PageSize, IReadOnlyList<Step> Steps);

    private sealed record Step(int Kind, int A, int B);

    private sealed class World(LogHarness harness, int pageSize)
    {
        private readonly Follower?[] _followers = new Follower?[Followers];
        private long _head;

        public Guid Id { get; } = Guid.CreateVersion7();

        public Task CreateAsync() => AppendAsync(1, 0, new ConversationCreated(Guid.CreateVersion7(), ConversationKind.Agent, "P1"));

        public async Task DoAsync(Step step)
        {
            var index = step.A % Followers;
            switch (step.Kind)
            {
                case 0:
                    await AppendAsync(1 + (step.A % 5), step.B * 4);
                    break;
                case 1:
                    await ReadAsync(Get(index, step.B), 1 + (step.B % 6));
                    break;
                case 2:
                    // A viewer that lost its connection comes back with the cursor it has kept.
                    var follower = Get(index, step.B);
                    await follower.LeaveAsync();
                    _followers[index] = new Follower(harness.Log, Id, follower.Seen, pageSize);
                    break;
                default:
                    // An append that falls between two frames of a follower: the moment in which a late doorbell is lost.
                    var reader = Get(index, step.B);
                    await ReadAsync(reader, 1);
                    await AppendAsync(1, step.B);
                    break;
            }
        }

        public async Task FinishAsync()
        {
            for (var index = 0; index < Followers; index++)
            {
                var follower = Get(index, 0);
                while (follower.Seen < _head)
                {
                    await follower.NextAsync().WaitAsync(Limit);
                }

                await follower.LeaveAsync();
            }
        }

        private Follower Get(int index, int from) =>
            _followers[index] ??= new Follower(harness.Log, Id, from % (_head + 1), pageSize);

        private async Task ReadAsync(Follower follower, int frames)
        {
            for (var frame = 0; frame < frames; frame++)
            {
                if (follower.Seen == _head && follower.IsSynced)
                {
                    // At the head: begin to wait, as an idle page does. A later append must wake it.
                    follower.Begin();
                    return;
                }

                await follower.NextAsync().WaitAsync(Limit);
            }
        }

        private async Task AppendAsync(int count, int size, ConversationEvent? first = null)
        {
            IReadOnlyList<NewEvent> events = first is not null
                ? [new NewEvent(first)]
                : [.. Enumerable.Range(0, count).Select(i => new NewEvent(new ConversationRenamed($"{_head + i}{new string('x', size)}")))];
            var appended = await harness.Writer.AppendAsync(Id, _ => events, CancellationToken.None);
            Assert.Equal(Enumerable.Range(1, events.Count).Select(i => _head + i), appended.Select(e => e.Sequence));
            _head += events.Count;
        }
    }

    private sealed class Follower
    {
        private readonly CancellationTokenSource _gone = new();
        private readonly IAsyncEnumerator<LogFrame> _frames;
        private Task<bool>? _next;

        public Follower(IConversationLog log, Guid id, long after, int pageSize)
        {
            Seen = after;
            var options = new FollowOptions { PageSize = pageSize };
            _frames = log.FollowAsync(id, new LogCursor(LogCursor.FirstEpoch, after), options, _gone.Token).GetAsyncEnumerator(CancellationToken.None);
        }

        public long Seen { get; private set; }

        public bool IsSynced { get; private set; }

        public void Begin() => _next ??= _frames.MoveNextAsync().AsTask();

        public async Task NextAsync()
        {
            Begin();
            Assert.True(await _next!, "A follower ends only by cancellation.");
            _next = null;
            switch (_frames.Current)
            {
                case LogFrame.Recorded recorded:
                    Assert.Equal(Seen + 1, recorded.Envelope.Sequence);
                    Seen++;
                    break;
                case LogFrame.Synced synced:
                    Assert.False(IsSynced);
                    Assert.Equal(Seen, synced.Head.Sequence);
                    IsSynced = true;
                    break;
                default:
                    Assert.Fail($"Nobody wrote text or moved the clock: {_frames.Current}");
                    break;
            }
        }

        public async Task LeaveAsync()
        {
            await _gone.CancelAsync();
            try
            {
                // A frame that was under way when the viewer left is lost with it; the cursor has not moved.
                await (_next ?? Task.CompletedTask).WaitAsync(Limit);
            }
            catch (OperationCanceledException)
            {
                // It waited for something new.
            }

            await _frames.DisposeAsync();
            _gone.Dispose();
        }
    }
}
