using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Core.Runs.Context;

namespace Autocoder.Tests.Runs.Context;

public sealed class CompactionLedgerTests
{
    private static readonly TokenUsage Cost = new(Input: 50, Output: 5);
    private readonly ContextBench _bench = new();

    [Fact]
    public void The_ledger_says_what_was_summarised_and_what_stands_for_it()
    {
        _bench.Prompt("One").Step("Text", "", null, "a", "b").Step("More").EndRun();
        var through = _bench.Log[^1].Sequence;
        _bench.Prompt("Two");
        var id = Complete(through, "S", []);

        var entry = Assert.Single(CompactionLedger.Of(_bench.Log));

        Assert.Equal((id, CompactionStatus.Completed, CompactionMethod.Summary), (entry.CompactionId, entry.Status, entry.Method));
        Assert.Equal((1, through, 1, 2, 2), (entry.FromSequence, entry.ThroughSequence, entry.Prompts, entry.Answers, entry.ToolCalls));
        Assert.Equal((1_000, 100, "S", Cost), (entry.TokensBefore, entry.TokensAfter, entry.Summary, entry.Usage));
    }

    [Fact]
    public void A_second_summary_counts_only_what_the_first_had_left()
    {
        _bench.Prompt("One").Step("Text").EndRun();
        var first = _bench.Log[^1].Sequence;
        _bench.Prompt("Two");
        Complete(first, "S1", []);
        _bench.Step("More").EndRun();
        var second = _bench.Log[^1].Sequence;
        _bench.Prompt("Three");
        Complete(second, "S2", []);

        var entry = CompactionLedger.Of(_bench.Log)[1];

        Assert.Equal((first + 1, second, 1, 1), (entry.FromSequence, entry.ThroughSequence, entry.Prompts, entry.Answers));
    }

    [Fact]
    public void The_ledger_names_every_output_that_was_left_out()
    {
        _bench.Prompt("One").BeginStep();
        var end = _bench.End(_bench.Call(), "12345", blob: "ab");
        _bench.EndStep();
        Complete(0, "", [end]);

        var entry = Assert.Single(CompactionLedger.Of(_bench.Log));

        Assert.Equal([new MaskedOutput(end, "call-1", "Read", "Read call-1.cs", 5, "ab")], entry.Masked);
        Assert.Equal((0, 0), (entry.FromSequence, entry.ThroughSequence));
    }

    [Fact]
    public void A_failure_and_a_compaction_that_was_taken_back_say_so()
    {
        _bench.Prompt("One");
        var failed = Guid.CreateVersion7();
        _bench.Append(new CompactionStarted(failed, CompactionMethod.Summary, CompactionReason.Automatic, 9));
        Assert.Equal(CompactionStatus.Working, Assert.Single(CompactionLedger.Of(_bench.Log)).Status);
        _bench.Append(new CompactionFailed(failed, "Junk.", Cost));
        _bench.Append(new CompactionReverted(Complete(1, "S", [])));

        var entries = CompactionLedger.Of(_bench.Log);

        Assert.Equal((CompactionStatus.Failed, "Junk.", Cost), (entries[0].Status, entries[0].Failure, entries[0].Usage));
        Assert.Equal(CompactionStatus.Reverted, entries[1].Status);
    }

    [Fact]
    public void The_gauge_shows_the_latest_call_and_never_the_sum()
    {
        _bench.Prompt("One");
        Assert.Null(Gauge());
        Step(300);
        Step(500);
        Assert.Equal(new ContextGauge(500, 1_000), Gauge());
        Assert.Equal(0.5, Gauge()!.Share);

        Complete(1, "S", []);

        Assert.Equal(new ContextGauge(100, 1_000, IsEstimate: true), Gauge());
    }

    private void Step(long tokens)
    {
        _bench.BeginStep("ok");
        _bench.Append(new StepEnded(_bench.State.Run!.OpenStep!.Value, "tool_use", new TokenUsage(tokens - 1, 1), Window: 1_000));
    }

    private ContextGauge? Gauge()
    {
        var transcript = new Transcript();
        foreach (var envelope in _bench.Log)
        {
            transcript.Apply(envelope);
        }

        return transcript.Gauge;
    }

    private Guid Complete(long through, string summary, IReadOnlyList<long> masked)
    {
        var id = Guid.CreateVersion7();
        _bench.Append(new CompactionStarted(id, CompactionMethod.Summary, CompactionReason.Automatic, 1_000));
        _bench.Append(new CompactionCompleted(id, CompactionMethod.Summary, through, summary, masked, 1_000, 100, Cost));
        return id;
    }
}
