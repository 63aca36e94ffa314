using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Conversations.Ledgers;
using Autocoder.Core.Sessions;
using Autocoder.Tests.Runs.Approvals;
using Autocoder.Tests.TestSupport;
using Autocoder.Web.Rendering;

namespace Autocoder.Tests.Web.Console;

public sealed class LedgerReaderTests
{
    [Fact]
    public async Task The_books_tell_runs_changes_sub_agents_and_the_places_to_go_back_to()
    {
        await using var core = await CoreHarness.StartAsync(CallingEngine.Create());
        var session = await RunAsync(core, "Write a.txt; Read missing.txt; Agent coder Read a.txt");

        var reader = new LedgerReader(core.Log, session.ConversationId);
        await reader.CatchUpAsync(CancellationToken.None);
        var ledger = reader.Ledger;

        var run = Assert.Single(ledger.Runs);
        Assert.Equal(
            ("Write a.txt; Read missing.txt; Agent coder Read a.txt", 3, 1, 1, RunOutcome.Completed),
            (run.Asked, run.ToolCalls, run.Failures, run.Asks, run.Outcome));
        Assert.Equal(["a.txt"], run.Files);
        Assert.Equal(("a.txt", "Write"), (ledger.Changes.Single().Path, ledger.Changes.Single().Tool));
        Assert.Equal(("coder", RunOutcome.Completed), (ledger.Agents.Single().Agent, ledger.Agents.Single().Outcome));
        Assert.Equal(
            [LedgerMarkKind.Run, LedgerMarkKind.Asked, LedgerMarkKind.Change, LedgerMarkKind.Error],
            ledger.Marks.Select(mark => mark.Kind));
        Assert.Equal("Read missing.txt did not work", ledger.Marks[^1].Title);
    }

    [Fact]
    public async Task As_of_any_event_it_is_what_a_reader_had_who_read_no_further()
    {
        await using var core = await CoreHarness.StartAsync(CallingEngine.Create());
        var session = await RunAsync(core, "Write a.txt; Write b.txt");
        var events = await core.ReadAsync(session.ConversationId);
        var reader = new LedgerReader(core.Log, session.ConversationId);

        foreach (var envelope in events)
        {
            var (transcript, ledger) = await reader.AsOfAsync(envelope.Sequence, CancellationToken.None);

            Assert.Equal(envelope.Sequence, ledger.Last);
            Assert.Equal(events.Take((int)envelope.Sequence).Count(earlier => earlier.Event is ToolCallEnded { ChangedFile: not null }), ledger.Changes.Count);
            Assert.Equal(ledger.Changes.Select(change => change.Path).Order(), transcript.ChangedFiles.Order());
            Assert.All(transcript.Items, item => Assert.True(item.Sequence <= envelope.Sequence));
            Assert.Equal(transcript.Running is not null, ledger.Runs.Any(run => run.Outcome is null));
        }
    }

    [Fact]
    public async Task Reading_on_reads_only_what_is_new_and_ends_where_one_reading_would()
    {
        await using var core = await CoreHarness.StartAsync(CallingEngine.Create());
        var session = await RunAsync(core, "Write a.txt");
        var reader = new LedgerReader(core.Log, session.ConversationId);
        await reader.CatchUpAsync(CancellationToken.None);
        var before = reader.Ledger.Last;
        await session.SendAsync(Guid.CreateVersion7(), "Read a.txt", [], CancellationToken.None);
        await core.WaitAsync(session.ConversationId, t => t.Running is null && t.Items.OfType<Core.Conversations.Transcripts.RunEndedItem>().Count() == 2);

        await reader.CatchUpAsync(CancellationToken.None);

        Assert.True(reader.Ledger.Last > before);
        var fresh = new LedgerReader(core.Log, session.ConversationId);
        await fresh.CatchUpAsync(CancellationToken.None);
        Assert.Equal(fresh.Ledger.Marks, reader.Ledger.Marks);
        Assert.Equal(2, reader.Ledger.Runs.Count);
    }

    private static async Task<AgentSession> RunAsync(CoreHarness core, string prompt)
    {
        var session = await ApprovalTests.SendAsync(core, prompt);
        await ApprovalTests.AnswerAsync(session, await ApprovalTests.PendingAsync(core, session), ApprovalOutcome.AllowedForProject);
        if (prompt.Contains("b.txt", StringComparison.Ordinal))
        {
            await ApprovalTests.AnswerAsync(
                session, await ApprovalTests.PendingAsync(core, session, item => item.Title == "Write b.txt"), ApprovalOutcome.AllowedOnce);
        }

        await ApprovalTests.EndAsync(core, session);
        return session;
    }
}
