using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Tests.TestSupport;
using FsCheck;
using FsCheck.Fluent;

namespace Autocoder.Tests.Conversations;

/// <summary>P7: two owners of one database never commit anything that was decided on an old state.</summary>
public sealed class TwoOwnersPropertyTests
{
    [Fact]
    public void Two_owners_write_one_history_that_obeys_the_rules() => Prop
        .ForAll(Schedules(), schedule =>
        {
            var store = new MemoryConversationStore();
            RunAsync(schedule, store, store).GetAwaiter().GetResult();
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(2500));

    [Fact]
    public async Task The_same_holds_for_two_connections_to_one_file()
    {
        await using var database = await TempDatabase.CreateAsync(snapshotInterval: 5);
        await using var second = database.OpenAgain();
        Prop.ForAll(Schedules(), schedule => RunAsync(schedule, database.Store, second.Store).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    private static Arbitrary<Move[]> Schedules()
    {
        var move = from kind in Gen.Frequency((6, Gen.Constant(0)), (2, Gen.Constant(1)), (2, Gen.Constant(2)), (1, Gen.Constant(3)))
                   from owner in Gen.Choose(0, 1)
                   from choice in Gen.Choose(0, 10_000)
                   from other in Gen.Choose(0, 10_000)
                   select new Move(kind, owner, choice, other);
        return move.ArrayOf().ToArbitrary();
    }

    private static async Task RunAsync(Move[] moves, IConversationStore one, IConversationStore other)
    {
        await using var first = await LogHarness.StartAsync(one, clock: new ManualClock());
        await using var second = await LogHarness.StartAsync(other, clock: new ManualClock());
        var world = new World([first, second]);
        await world.AppendAsync(0, 0);
        foreach (var move in moves)
        {
            await world.DoAsync(move);
        }

        await world.CheckAsync(one);
    }

    /// <param name="Kind">0: one owner appends. 1: both at the same time. 2: an owner writes text. 3: an owner writes for a run that has ended.</param>
    private sealed record Move(int Kind, int Owner, int Choice, int Other);

    private sealed class World(LogHarness[] owners)
    {
        private readonly Guid _id = Guid.CreateVersion7();
        private readonly HistoryPlayer[] _players = [new(), new()];
        private readonly List<EventEnvelope> _confirmed = [];
        private readonly Lock _gate = new();

        public Task DoAsync(Move move) => move.Kind switch
        {
            0 => AppendAsync(move.Owner, move.Choice),
            1 => Task.WhenAll(AppendAsync(0, move.Choice), AppendAsync(1, move.Other)),
            2 => WriteAsync(move.Owner),
            _ => WriteLateAsync(move.Owner),
        };

        public async Task AppendAsync(int owner, int choice)
        {
            try
            {
                var appended = await owners[owner].Writer.AppendAsync(_id, state => _players[owner].Next(state, choice), CancellationToken.None);
                lock (_gate)
                {
                    _confirmed.AddRange(appended);
                }
            }
            catch (IllegalEventException)
            {
                // The history player asks for what must be refused, too.
            }
        }

        public async Task CheckAsync(IConversationStore store)
        {
            var log = await store.ReadAsync(_id, 0, long.MaxValue, int.MaxValue, CancellationToken.None);
            Assert.Equal(Enumerable.Range(1, log.Count).Select(i => (long)i), log.Select(envelope => envelope.Sequence));
            Assert.Equal(_confirmed.OrderBy(envelope => envelope.Sequence).Select(envelope => envelope.EventId), log.Select(envelope => envelope.EventId));

            // The law itself: one run at a time, one end each, nothing of a run after its end.
            var folded = log.Aggregate(ConversationState.Empty, (state, next) => state.Apply(next));
            foreach (var owner in owners)
            {
                await owner.Log.RefreshAsync(_id, CancellationToken.None);
                Assert.Equal(folded.HeadSequence, (await owner.StreamAsync(_id)).State.HeadSequence);
                foreach (var item in folded.Run?.OpenTexts.Keys ?? [])
                {
                    Assert.Equal(_texts.GetValueOrDefault(item, ""), (await owner.StreamAsync(_id)).TextOf(item));
                }
            }
        }

        private readonly Dictionary<Guid, string> _texts = [];

        private async Task WriteAsync(int owner)
        {
            if (_players.Select(player => player.Open).FirstOrDefault(open => open is not null) is not { } target)
            {
                return;
            }

            try
            {
                await owners[owner].Writer.AppendTextAsync(_id, target.RunId, target.ItemId, $"{owner} ", CancellationToken.None);
                _texts[target.ItemId] = _texts.GetValueOrDefault(target.ItemId, "") + $"{owner} ";
                AssertOpen(target.RunId);
            }
            catch (IllegalEventException)
            {
                // The run, or the text, had ended; perhaps by the other owner.
            }
        }

        private async Task WriteLateAsync(int owner)
        {
            if (_confirmed.LastOrDefault(envelope => envelope.Event is RunEnded)?.RunId is { } ended)
            {
                await Assert.ThrowsAsync<IllegalEventException>(() => owners[owner].Writer.AppendAsync(
                    _id, _ => [new NewEvent(new WarningRaised("late", "late"), ended)], CancellationToken.None));
            }
        }

        private void AssertOpen(Guid runId) =>
            Assert.DoesNotContain(_confirmed, envelope => envelope.Event is RunEnded && envelope.RunId == runId);
    }
}
