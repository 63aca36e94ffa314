using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Tools;
using FsCheck;
using FsCheck.Fluent;

namespace Autocoder.Tests.Tools;

/// <summary>P11: whatever updates come, each plan is exactly the list that was sent, revisions grow by one, at most one entry is in progress.</summary>
public sealed class PlanPropertyTests
{
    private static readonly string[] Statuses = ["pending", "in_progress", "completed", "failed", "skipped", "cancelled"];

    [Fact]
    public void Each_update_replaces_the_whole_plan_or_changes_nothing() => Prop
        .ForAll(Updates(), updates => RunAsync(updates).GetAwaiter().GetResult())
        .Check(Config.QuickThrowOnFailure.WithMaxTest(2500));

    private static Arbitrary<IReadOnlyList<IReadOnlyList<Entry>>> Updates()
    {
        var entry = from id in Gen.Choose(1, 12)
                    from text in Gen.Elements("Read", "Write", "Check", "  Look  ")
                    from status in Gen.Frequency((6, Gen.Constant("pending")), (4, Gen.Elements(Statuses)))
                    from evidence in Gen.Frequency((3, Gen.Elements<string?>("Saw it", "12 passed")), (1, Gen.Elements<string?>(null, " ")))
                    from priority in Gen.Elements(null, "high", "low")
                    from executor in Gen.Elements(null, "explorer")
                    select new Entry($"{id}", text, status, evidence, priority, executor);
        var update = from size in Gen.Choose(1, 5) from entries in entry.ListOf(size) select (IReadOnlyList<Entry>)[.. entries];
        return (from updates in update.ListOf() select (IReadOnlyList<IReadOnlyList<Entry>>)[.. updates]).ToArbitrary();
    }

    private static async Task RunAsync(IReadOnlyList<IReadOnlyList<Entry>> updates)
    {
        using var bench = new ToolBench();
        var tool = new UpdatePlanTool();
        foreach (var update in updates)
        {
            var before = bench.Run.Events.Cast<PlanUpdated>().ToList();
            var result = await bench.CallAsync(tool, new { entries = update.Select(entry => entry.ToArguments()) });
            var after = bench.Run.Events.Cast<PlanUpdated>().ToList();

            Assert.Equal(IsAcceptable(update), result.Succeeded);
            if (!result.Succeeded)
            {
                Assert.Equal(before.Count, after.Count);
                continue;
            }

            Assert.Equal(before.Count + 1, after[^1].Revision);
            Assert.Equal(update.Select(entry => (entry.Id, entry.Text.Trim())), after[^1].Entries.Select(entry => (entry.Id, entry.Text)));
            Assert.Equal(update.Select(entry => Array.IndexOf(Statuses, entry.Status)), after[^1].Entries.Select(entry => (int)entry.Status));
            Assert.True(after[^1].Entries.Count(entry => entry.Status is PlanEntryStatus.InProgress) <= 1);
            Assert.All(after[^1].Entries, entry => Assert.True(entry.Status is not PlanEntryStatus.Completed || entry.Evidence is not null));
        }
    }

    private static bool IsAcceptable(IReadOnlyList<Entry> update) =>
        update.Select(entry => entry.Id).Distinct().Count() == update.Count
        && update.Count(entry => entry.Status == "in_progress") <= 1
        && update.All(entry => entry.Status != "completed" || !string.IsNullOrWhiteSpace(entry.Evidence));

    private sealed record Entry(string Id, string Text, string Status, string? Evidence, string? Priority, string? Executor)
    {
        public Dictionary<string, string> ToArguments()
        {
            var arguments = new Dictionary<string, string> { ["id"] = Id, ["text"] = Text, ["status"] = Status };
            foreach (var (name, value) in (ReadOnlySpan<(string, string?)>)[("evidence", Evidence), ("priority", Priority), ("executor", Executor)])
            {
                if (value is not null)
                {
                    arguments[name] = value;
                }
            }

            return arguments;
        }
    }
}
