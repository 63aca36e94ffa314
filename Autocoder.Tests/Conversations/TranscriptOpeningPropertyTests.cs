using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Tests.TestSupport;
using FsCheck;
using FsCheck.Fluent;

namespace Autocoder.Tests.Conversations;

/// <summary>A transcript that was opened at the end, followed, and read back to the start is the one that was folded from the start.</summary>
public sealed class TranscriptOpeningPropertyTests
{
    [Fact]
    public void Opened_at_any_tail_and_read_to_the_start_it_is_the_transcript_folded_from_the_start() => Prop
        .ForAll(Schedules(), schedule => RunAsync(schedule, new MemoryConversationStore()).GetAwaiter().GetResult())
        .Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    [Fact]
    public async Task The_same_holds_on_a_real_database_that_is_loaded_from_its_snapshots()
    {
        await using var database = await TempDatabase.CreateAsync(snapshotInterval: 5);
        Prop.ForAll(Schedules(), schedule => RunAsync(schedule, database.Store).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(150));
    }

    private static Arbitrary<Schedule> Schedules()
    {
        var choices = Gen.Choose(0, 10_000).ListOf();
        return (from before in choices
                from after in choices
                from tail in Gen.Choose(1, 12)
                from page in Gen.Choose(1, 7)
                from ring in Gen.Choose(1, 12)
                select new Schedule([.. before], [.. after], tail, page, ring)).ToArbitrary();
    }

    private static async Task RunAsync(Schedule schedule, IConversationStore store)
    {
        var id = Guid.CreateVersion7();
        var player = new HistoryPlayer();
        var limits = new RingLimits(schedule.Ring, 1_000_000);
        await using (var first = await LogHarness.StartAsync(store, limits, new ManualClock()))
        {
            await PlayAsync([0, .. schedule.Before], player, first, id);
        }

        // Another process, which knows nothing yet.
        await using var harness = await LogHarness.StartAsync(store, limits, new ManualClock());
        var opening = await harness.Log.OpenAsync(id, schedule.Tail, CancellationToken.None);
        var (transcript, position) = (new Transcript(opening), opening.ToPosition());
        await CompareOpeningAsync(opening, transcript, harness.Log, id);

        await PlayAsync(schedule.After, player, harness, id);
        LogPull pull;
        do
        {
            if (transcript.HasEarlier)
            {
                await ReadEarlierAsync(transcript, schedule, harness.Log, id);
            }

            pull = await harness.Log.PullAsync(id, position, schedule.Page, CancellationToken.None);
            transcript.Apply(pull);
            position.Advance(pull);
        }
        while (pull.HasMore);

        while (transcript.HasEarlier)
        {
            await ReadEarlierAsync(transcript, schedule, harness.Log, id);
        }

        Assert.Equal(Describe(await FoldAsync(harness.Log, id, long.MaxValue)), Describe(transcript));
    }

    private static async Task ReadEarlierAsync(Transcript transcript, Schedule schedule, ConversationLog log, Guid id)
    {
        var before = transcript.From;
        transcript.Prepend(await log.ReadEarlierAsync(id, before, schedule.Page, CancellationToken.None));
        Assert.True(transcript.From < before, "A page must bring the reader nearer to the start.");
    }

    // What is seen at once: the header as it is, every row of the tail, and whatever waits for somebody.
    private static async Task CompareOpeningAsync(LogOpening opening, Transcript opened, ConversationLog log, Guid id)
    {
        var whole = await FoldAsync(log, id, opening.Cursor.Sequence);
        Assert.Equal(Describe(whole.Header), Describe(opened.Header));
        Assert.Equal(whole.PendingQuestions?.RequestId, opened.PendingQuestions?.RequestId);
        Assert.Equal(whole.PendingApprovals.Select(item => item.Key), opened.PendingApprovals.Select(item => item.Key));
        Assert.Equal(whole.ToolAtWork?.Key, opened.ToolAtWork?.Key);
        Assert.Equal(
            whole.Items.Where(item => item.Sequence >= opened.From).Select(Describe),
            opened.Items.Where(item => item.Sequence >= opened.From).Select(Describe));
    }

    private static async Task PlayAsync(IEnumerable<int> choices, HistoryPlayer player, LogHarness harness, Guid id)
    {
        foreach (var choice in choices)
        {
            try
            {
                await harness.Writer.AppendAsync(id, state => player.Next(state, choice), CancellationToken.None);
                if (player.Open is { } open && choice % 2 == 0)
                {
                    await harness.Writer.AppendTextAsync(id, open.RunId, open.ItemId, "text ", CancellationToken.None);
                }
            }
            catch (IllegalEventException)
            {
                // Refused; the history goes on.
            }
        }
    }

    private static async Task<Transcript> FoldAsync(ConversationLog log, Guid id, long through)
    {
        var whole = new Transcript();
        var position = new LogPosition();
        LogPull pull;
        do
        {
            pull = await log.PullAsync(id, position, 100, CancellationToken.None);
            whole.Apply(pull with { Events = [.. pull.Events.Where(envelope => envelope.Sequence <= through)] });
            position.Advance(pull);
        }
        while (pull.HasMore);
        return whole;
    }

    private static string Describe(Transcript transcript) =>
        Describe(transcript.Header) + "\n" + string.Join('\n', transcript.Items.Select(Describe));

    // Sets have no order, and whether a text was the last sign of life is not in the log.
    private static string Describe(TranscriptHeader header) => JsonSerializer.Serialize(header with
    {
        ChangedFiles = [],
        OpenItems = header.OpenItems.Clear(),
        Running = header.Running?.Heard(),
    }) + string.Join(' ', header.ChangedFiles.Order()) + string.Join(' ', header.OpenItems.OrderBy(open => open.Key).Select(open => $"{open.Key}:{string.Join(',', open.Value)}"));

    private static string Describe(TranscriptItem item) => JsonSerializer.Serialize(item, item.GetType()) + (item as TextItem)?.Text;

    private sealed record Schedule(int[] Before, int[] After, int Tail, int Page, int Ring);
}
