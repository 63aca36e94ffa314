using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Core.Runs.Context;
using Autocoder.Core.Sessions;
using Autocoder.Tests.TestSupport;

namespace Autocoder.Tests.Runs.Context;

/// <summary>Compaction in whole runs, with the scripted engine and the real log.</summary>
public sealed class CompactionRunTests
{
    [Fact]
    public async Task The_shipped_scenario_masks_then_summarises_and_both_can_be_taken_back()
    {
        await using var core = await CoreHarness.StartAsync();
        var session = await core.OpenAgentAsync("scripted:compaction");
        for (var turn = 1; turn <= 5; turn++)
        {
            await TurnAsync(core, session, turn);
        }

        var entries = await session.ReadCompactionsAsync(CancellationToken.None);
        Assert.Equal([CompactionMethod.Mask, CompactionMethod.Mask, CompactionMethod.Summary], entries.Select(entry => entry.Method));
        Assert.All(entries, entry => Assert.True(entry.TokensAfter < entry.TokensBefore));
        Assert.Equal("Agent", Assert.Single(entries[0].Masked).Tool);
        Assert.Contains("> Message 1", entries[2].Summary, StringComparison.Ordinal);
        Assert.Equal(4, entries[2].Prompts);

        foreach (var entry in entries)
        {
            Assert.True(await session.RevertCompactionAsync(entry.CompactionId, CancellationToken.None));
            Assert.False(await session.RevertCompactionAsync(entry.CompactionId, CancellationToken.None));
        }

        var transcript = await TurnAsync(core, session, 6);
        Assert.Contains("This call was made with what you left me.", LastText(transcript), StringComparison.Ordinal);
        Assert.Equal(40_000, transcript.Gauge!.Window);
    }

    [Fact]
    public async Task A_person_asks_for_room_between_runs_and_the_next_run_makes_it_first()
    {
        await using var core = await CoreHarness.StartAsync();
        var session = await core.OpenAgentAsync("scripted:compaction");
        await TurnAsync(core, session, 1);

        Assert.True(await session.CompactAsync(CancellationToken.None));
        Assert.False(await session.CompactAsync(CancellationToken.None));
        await TurnAsync(core, session, 2);

        var entry = Assert.Single(await session.ReadCompactionsAsync(CancellationToken.None));
        Assert.Equal((CompactionReason.Person, CompactionStatus.Completed), (entry.Reason, entry.Status));
        var events = (await core.ReadAsync(session.ConversationId)).Select(envelope => envelope.Event).ToList();
        Assert.True(events.FindIndex(next => next is CompactionCompleted) < events.FindLastIndex(next => next is StepStarted));
        Assert.Equal(2, events.OfType<RunEnded>().Count(ended => ended.Outcome is RunOutcome.Completed));
    }

    [Fact]
    public async Task In_the_trash_nothing_can_be_asked_for()
    {
        await using var core = await CoreHarness.StartAsync();
        var session = await core.OpenAgentAsync("scripted:compaction");
        await session.TrashAsync(CancellationToken.None);

        Assert.False(await session.CompactAsync(CancellationToken.None));
        Assert.Empty(await session.ReadCompactionsAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_window_that_is_too_small_for_the_instructions_ends_the_run_as_overflow_with_everything_kept()
    {
        await using var core = await CoreHarness.StartAsync();
        await core.WriteScenarioAsync("tiny", """{"name":"tiny","window":1000,"turns":[{"steps":[{"text":"Never said."}]}]}""");
        var session = await core.OpenAgentAsync("scripted:tiny");

        await session.SendAsync(Guid.CreateVersion7(), "Go", [], CancellationToken.None);
        var transcript = await core.WaitAsync(session.ConversationId, t => t.LastRun is not null);

        Assert.Equal(RunOutcome.ContextOverflow, transcript.LastRun!.Outcome);
        Assert.Equal("Go", Assert.Single(transcript.Items.OfType<MessageItem>()).Text);
    }

    [Fact]
    public async Task A_call_the_model_finds_too_long_is_made_again_after_a_summary_at_the_same_place()
    {
        await using var core = await CoreHarness.StartAsync();
        await core.WriteScenarioAsync("under", """
            {"name":"under","window":12000,"turns":[
              {"steps":[{"text":"0123456789abcdef","repeat":2900,"delta":{"size":9000,"delay_ms":0},"usage":{"input":100,"output":10}}]},
              {"steps":[{"text":"Second turn."}]}]}
            """);
        var session = await core.OpenAgentAsync("scripted:under");
        await TurnAsync(core, session, 1);

        var transcript = await TurnAsync(core, session, 2);

        Assert.Equal("Second turn.", LastText(transcript));
        var entry = Assert.Single(await session.ReadCompactionsAsync(CancellationToken.None));
        Assert.Equal((CompactionReason.Overflow, CompactionStatus.Completed), (entry.Reason, entry.Status));
    }

    private static string LastText(Transcript transcript) => transcript.Items.OfType<TextItem>().Last().Text.ToString();

    private static async Task<Transcript> TurnAsync(CoreHarness core, AgentSession session, int turn)
    {
        await session.SendAsync(Guid.CreateVersion7(), $"Message {turn}", [], CancellationToken.None);
        return await core.WaitAsync(session.ConversationId, t => t.Items.OfType<RunEndedItem>().Count() == turn);
    }
}
