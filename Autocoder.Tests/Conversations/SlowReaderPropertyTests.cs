using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Tests.TestSupport;
using FsCheck;
using FsCheck.Fluent;

namespace Autocoder.Tests.Conversations;

/// <summary>P12: a reader that never reads costs the writer and the other readers nothing.</summary>
public sealed class SlowReaderPropertyTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public void Whoever_does_not_read_holds_up_nobody() => Prop
        .ForAll(Schedules(), schedule => RunAsync(schedule).GetAwaiter().GetResult())
        .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    private static Arbitrary<Schedule> Schedules() =>
        (from readers in Gen.Choose(0, 4)
         from taken in Gen.Choose(0, 5)
         from ring in Gen.Choose(1, 8)
         from batches in Gen.Choose(1, 5).ListOf()
         select new Schedule(readers, taken, ring, [.. batches])).ToArbitrary();

    private static async Task RunAsync(Schedule schedule)
    {
        var id = Guid.CreateVersion7();
        await using var harness = await LogHarness.StartAsync(
            new MemoryConversationStore(), new RingLimits(schedule.Ring, 100_000), new ManualClock());
        await harness.Writer.AppendAsync(
            id, _ => [new NewEvent(new ConversationCreated(Guid.CreateVersion7(), ConversationKind.Agent, "P12"))], CancellationToken.None);

        await using var stuck = harness.Log.FollowAsync(id, LogCursor.Start, FollowOptions.Default, CancellationToken.None).GetAsyncEnumerator();
        for (var taken = 0; taken < schedule.Taken && taken < 2; taken++)
        {
            await stuck.MoveNextAsync();
        }

        var head = 1 + schedule.Batches.Sum();
        var readers = Enumerable.Range(0, schedule.Readers).Select(_ => ReadToAsync(harness.Log, id, head)).ToList();
        foreach (var count in schedule.Batches)
        {
            // Were anybody waited for, this would never return.
            await harness.Writer.AppendAsync(
                id, _ => [.. Enumerable.Range(0, count).Select(i => new NewEvent(new ConversationRenamed($"{i}")))], CancellationToken.None).WaitAsync(Limit);
        }

        await Task.WhenAll(readers).WaitAsync(Limit);
        Assert.All(readers, reader => Assert.Equal(Enumerable.Range(1, head).Select(i => (long)i), reader.Result));

        // What it left unread is a place in the log, and nothing in memory.
        var (cached, _) = (await harness.StreamAsync(id)).Cached;
        Assert.True(cached <= schedule.Ring);
    }

    private static async Task<List<long>> ReadToAsync(ConversationLog log, Guid id, long head)
    {
        var seen = new List<long>();
        await foreach (var frame in log.FollowAsync(id, LogCursor.Start, FollowOptions.Default, CancellationToken.None))
        {
            if (frame is LogFrame.Recorded recorded)
            {
                seen.Add(recorded.Envelope.Sequence);
                if (recorded.Envelope.Sequence == head)
                {
                    break;
                }
            }
        }

        return seen;
    }

    private sealed record Schedule(int Readers, int Taken, int Ring, int[] Batches);
}
