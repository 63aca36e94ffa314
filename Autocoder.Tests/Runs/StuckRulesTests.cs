using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Runs.Steps;
using Autocoder.Tests.TestSupport;

namespace Autocoder.Tests.Runs;

public sealed class StuckRulesTests
{
    private readonly EventLog.LoggedRun _run = new EventLog().Run("Go");
    private int _calls;

    [Fact]
    public void The_same_call_with_the_same_result_is_counted_whatever_the_order_of_its_arguments()
    {
        Use("Grep", new { pattern = "x", limit = 3 }, "none");
        Use("Grep", new { limit = 3, pattern = "x" }, "none");

        Assert.Equal(new Repetition("Grep", 2, WasNudged: false), StuckRules.Find(_run.Events));
    }

    [Fact]
    public void Another_result_another_call_or_a_word_of_the_person_begins_anew()
    {
        Use("Grep", new { pattern = "x" }, "none");
        Use("Grep", new { pattern = "x" }, "a.cs:1");
        Assert.Equal(1, StuckRules.Find(_run.Events).Times);
        Use("Grep", new { pattern = "x" }, "a.cs:1");
        Assert.Equal(2, StuckRules.Find(_run.Events).Times);
        Use("Read", new { path = "x" }, "a.cs:1");
        Assert.Equal(1, StuckRules.Find(_run.Events).Times);
        _run.Steer("Try b.cs");
        Assert.Equal(Repetition.None, StuckRules.Find(_run.Events));
    }

    [Fact]
    public void A_nudge_counts_for_its_own_repetition_only()
    {
        Use("Grep", new { pattern = "x" }, "none");
        _run.Add(new WarningRaised(StuckRules.NudgeCode, "T"));
        Assert.True(StuckRules.Find(_run.Events).WasNudged);
        Use("Grep", new { pattern = "x" }, "none");
        Assert.Equal(new Repetition("Grep", 2, WasNudged: true), StuckRules.Find(_run.Events));
        Use("Grep", new { pattern = "y" }, "none");
        Assert.False(StuckRules.Find(_run.Events).WasNudged);
    }

    private void Use(string tool, object arguments, string output)
    {
        var id = $"{++_calls}";
        _run.Call(id, tool, arguments).Ended(id, ToolCallStatus.Completed, output);
    }
}
