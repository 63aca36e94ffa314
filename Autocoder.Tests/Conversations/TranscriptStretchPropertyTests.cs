using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Tests.TestSupport;
using FsCheck;
using FsCheck.Fluent;

namespace Autocoder.Tests.Conversations;

/// <summary>A stretch from anywhere in a conversation, continued in both directions, is what one sees who read it all; and every event leads to its row.</summary>
public sealed class TranscriptStretchPropertyTests
{
    [Fact]
    public void A_stretch_continued_to_both_ends_has_the_rows_of_the_whole() => Prop
        .ForAll(Schedules(), schedule => CompareAsync(schedule, new MemoryConversationStore()).GetAwaiter().GetResult())
        .Check(Config.QuickThrowOnFailure.WithMaxTest(1500));

    [Fact]
    public async Task The_same_holds_on_a_real_database()
    {
        await using var database = await TempDatabase.CreateAsync(snapshotInterval: 5);
        Prop.ForAll(Schedules(), schedule => CompareAsync(schedule, database.Store).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(80));
    }

    private static Arbitrary<Schedule> Schedules() =>
        (from choices in Gen.Choose(0, 10_000).ListOf()
         from start in Gen.Choose(0, 1000)
         from length in Gen.Choose(0, 20)
         from page in Gen.Choose(1, 7)
         select new Schedule([.. choices], start, length, page)).ToArbitrary();

    private static async Task CompareAsync(Schedule schedule, IConversationStore store)
    {
        var id = Guid.CreateVersion7();
        await using var harness = await LogHarness.StartAsync(store, clock: new ManualClock());
        await PlayAsync(schedule.Choices, harness, id);
        var all = await harness.Log.ReadAsync(id, 0, int.MaxValue, CancellationToken.None);
        var whole = new Transcript();
        foreach (var envelope in all)
        {
            whole.Apply(envelope);
        }

        var from = 1 + (schedule.Start % all.Count);
        var through = (long)Math.Min(all.Count, from + schedule.Length);
        var part = new Transcript(await harness.Log.ReadStretchAsync(id, from, through, CancellationToken.None));
        while (through < all.Count)
        {
            var page = await harness.Log.ReadStretchAsync(id, through + 1, through + schedule.Page, CancellationToken.None);
            part.Append(page);
            through += page.Events.Count;
        }

        while (part.HasEarlier)
        {
            part.Prepend(await harness.Log.ReadStretchAsync(id, part.From - schedule.Page, part.From - 1, CancellationToken.None));
        }

        Assert.Equal(whole.Items.Select(Describe), part.Items.Select(Describe));
        foreach (var item in whole.Items)
        {
            // The event a row begins with leads to that row.
            var envelope = all[(int)item.Sequence - 1];
            Assert.Equal(item.Key, whole.Find(new TranscriptPlace(ItemKey.Of(envelope), envelope.Sequence))?.Key);
        }
    }

    private static async Task PlayAsync(IEnumerable<int> choices, LogHarness harness, Guid id)
    {
        var player = new HistoryPlayer();
        foreach (var choice in choices.Prepend(0))
        {
            try
            {
                await harness.Writer.AppendAsync(id, state => player.Next(state, choice), CancellationToken.None);
            }
            catch (IllegalEventException)
            {
                // Refused; the history goes on.
            }
        }
    }

    private static string Describe(TranscriptItem item) => JsonSerializer.Serialize(item, item.GetType()) + (item as TextItem)?.Text;

    private sealed record Schedule(int[] Choices, int Start, int Length, int Page);
}
