using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Tests.TestSupport;
using FsCheck;
using FsCheck.Fluent;

namespace Autocoder.Tests.Conversations;

/// <summary>P13: whatever happens to the hints, a follower has everything no later than one interval after it was written.</summary>
public sealed class WakeBusPropertyTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Interval = FollowOptions.Default.Heartbeat;

    [Fact]
    public void Hints_that_are_lost_repeated_late_or_out_of_order_lose_nothing() => Prop
        .ForAll(Schedules(), schedule =>
        {
            var store = new MemoryConversationStore();
            RunAsync(schedule, store, store).GetAwaiter().GetResult();
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public async Task The_same_holds_when_another_process_writes_to_the_file()
    {
        await using var database = await TempDatabase.CreateAsync();
        await using var second = database.OpenAgain();
        Prop.ForAll(Schedules(), schedule => RunAsync(schedule, database.Store, second.Store).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(100));
    }

    private static Arbitrary<Move[]> Schedules() =>
        (from kind in Gen.Choose(0, 5)
         from fate in Gen.Elements(Enum.GetValues<Fate>())
         from count in Gen.Choose(1, 4)
         select new Move(kind, fate, count)).ArrayOf().ToArbitrary();

    private static async Task RunAsync(Move[] moves, IConversationStore own, IConversationStore others)
    {
        var (clock, bus, id) = (new ManualClock(), new UnreliableBus(), Guid.CreateVersion7());
        await using var owner = await LogHarness.StartAsync(own, clock: clock, wakeBus: bus);
        await using var other = await LogHarness.StartAsync(others, clock: clock);
        await owner.Writer.AppendAsync(
            id, _ => [new NewEvent(new ConversationCreated(Guid.CreateVersion7(), ConversationKind.Agent, "P13"))], CancellationToken.None);
        await using var follower = new Follower(owner.Log, id);
        await follower.UntilAsync(1, clock);
        foreach (var move in moves)
        {
            bus.Fate = move.Fate;
            var writer = move.Kind < 4 ? owner : move.Kind == 4 ? other : null;
            if (writer is null)
            {
                bus.Deliver();
            }
            else
            {
                await writer.Writer.AppendAsync(
                    id, _ => [.. Enumerable.Range(0, move.Count).Select(i => new NewEvent(new ConversationRenamed($"{i}")))], CancellationToken.None);
            }
        }

        // One interval later it has everything, although nobody may have told it.
        var head = (await own.FindHeadAsync(id, CancellationToken.None))!.Value.Sequence;
        await follower.UntilAsync(head, clock);
    }

    private enum Fate
    {
        Delivered,
        Lost,
        Twice,
        Late,
    }

    private sealed record Move(int Kind, Fate Fate, int Count);

    /// <summary>Loses, repeats and keeps back hints, and gives those it kept in another order, to whoever is there then.</summary>
    private sealed class UnreliableBus : IWakeBus
    {
        private readonly Lock _gate = new();
        private readonly List<Action> _listeners = [];
        private int _late;

        public Fate Fate { get; set; }

        public IDisposable Subscribe(Guid conversationId, Action wake)
        {
            lock (_gate)
            {
                _listeners.Add(wake);
            }

            return new Subscription(() =>
            {
                lock (_gate)
                {
                    _listeners.Remove(wake);
                }
            });
        }

        public void Ring(Guid conversationId)
        {
            _late += Fate is Fate.Late ? 1 : 0;
            Wake(Fate switch { Fate.Delivered => 1, Fate.Twice => 2, _ => 0 });
        }

        public void Deliver()
        {
            Wake(_late);
            _late = 0;
        }

        public bool HasSubscribers(Guid conversationId) => true;

        private void Wake(int times)
        {
            lock (_gate)
            {
                for (var time = 0; time < times; time++)
                {
                    _listeners.ForEach(wake => wake());
                }
            }
        }

        private sealed class Subscription(Action end) : IDisposable
        {
            public void Dispose() => end();
        }
    }

    private sealed class Follower : IAsyncDisposable
    {
        private readonly CancellationTokenSource _gone = new();
        private readonly SemaphoreSlim _changed = new(0);
        private readonly Task _reading;
        private long _seen;
        private int _looks;

        private long Seen => Volatile.Read(ref _seen);

        public Follower(IConversationLog log, Guid id) => _reading = Task.Run(() => ReadAsync(log, id));

        /// <summary>Until it has everything, with one interval of time and no more.</summary>
        public async Task UntilAsync(long head, ManualClock clock)
        {
            clock.TimersChanged += Signal;
            try
            {
                await LookAsync(head, clock);
            }
            finally
            {
                clock.TimersChanged -= Signal;
            }
        }

        private async Task LookAsync(long head, ManualClock clock)
        {
            for (var look = 0; ; look++)
            {
                await UntilAsync(() => Seen == head || clock.PendingTimers > 0);
                if (Seen == head)
                {
                    return;
                }

                // More than once only because the last hints may have woken it just when the clock moved, so that it began to wait anew.
                Assert.True(look < 4, $"The follower has {Seen} of {head} although the interval has passed.");
                var (seen, looks) = (Seen, Volatile.Read(ref _looks));
                clock.Advance(Interval);
                await UntilAsync(() => Seen > seen || Volatile.Read(ref _looks) > looks || clock.PendingTimers > 0);
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _gone.CancelAsync();
            try
            {
                await _reading.WaitAsync(Limit);
            }
            catch (OperationCanceledException)
            {
                // The only way following ends.
            }

            _gone.Dispose();
            _changed.Dispose();
        }

        // Each change of what a condition looks at signals, so none is waited for by the clock.
        private async Task UntilAsync(Func<bool> condition)
        {
            using var limit = new CancellationTokenSource(Limit);
            while (!condition())
            {
                await _changed.WaitAsync(limit.Token);
            }
        }

        private void Signal() => _changed.Release();

        private async Task ReadAsync(IConversationLog log, Guid id)
        {
            await foreach (var frame in log.FollowAsync(id, LogCursor.Start, FollowOptions.Default, _gone.Token))
            {
                if (frame is LogFrame.Recorded recorded)
                {
                    Assert.Equal(_seen + 1, recorded.Envelope.Sequence);
                    Volatile.Write(ref _seen, recorded.Envelope.Sequence);
                }

                if (frame is LogFrame.Heartbeat)
                {
                    Interlocked.Increment(ref _looks);
                }

                Signal();
            }
        }
    }
}
