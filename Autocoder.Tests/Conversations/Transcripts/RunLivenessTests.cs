using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Tests.Web.Conversation;

namespace Autocoder.Tests.Conversations.Transcripts;

public sealed class RunLivenessTests
{
    private static readonly PermissionRule Rule = new("Write", "**", PermissionEffect.Allow);
    private readonly Recording _log = new();

    private RunLiveness Now => RunLiveness.Of(_log.Fold());

    [Fact]
    public void Before_anything_ran_it_is_ready() => Assert.IsType<RunLiveness.Ready>(Now);

    [Fact]
    public void A_called_model_thinks_since_the_call_began()
    {
        _log.Begin();
        Assert.Equal(new RunLiveness.Thinking(_log.Fold().Running!.StartedAt), Now);

        _log.Add(new StepStarted(Guid.CreateVersion7(), 1));
        Assert.Equal(new RunLiveness.Thinking(_log.Latest), Now);
    }

    [Fact]
    public void A_thought_is_thinking_and_a_text_is_writing()
    {
        _log.Begin().Add(new ReasoningStarted(Guid.CreateVersion7()));
        Assert.IsType<RunLiveness.Thinking>(Now);

        _log.Add(new TextStarted(Guid.CreateVersion7()));
        Assert.Equal(new RunLiveness.Writing(_log.Latest), Now);
    }

    [Fact]
    public void A_tool_at_work_says_its_name_and_since_when()
    {
        _log.Begin().Tool("a", "Grep", "Search “tax”", status: null);

        Assert.Equal(new RunLiveness.ToolRunning("Grep", "Search “tax”", _log.Latest), Now);
    }

    [Theory]
    [InlineData(ApprovalSubject.ToolCall, WaitingFor.Approval)]
    [InlineData(ApprovalSubject.Plan, WaitingFor.Plan)]
    public void What_waits_for_the_person_comes_before_the_tool_beside_it(ApprovalSubject subject, WaitingFor wanted)
    {
        _log.Begin().Tool("a", "Agent", "Ask the explorer", status: null)
            .Add(new ApprovalRequested(Guid.CreateVersion7(), "b", subject, "Write x", "no rule", "hash", Rule));

        Assert.Equal(new RunLiveness.WaitingForYou(wanted, _log.Latest), Now);
    }

    [Fact]
    public void A_question_waits_until_it_is_answered()
    {
        var request = Guid.CreateVersion7();
        _log.Begin().Add(new QuestionsAsked(request, "q", []));
        Assert.Equal(new RunLiveness.WaitingForYou(WaitingFor.Question, _log.Latest), Now);

        _log.Add(new QuestionsAnswered(request, []));
        Assert.IsType<RunLiveness.Thinking>(Now);
    }

    [Fact]
    public void A_busy_model_counts_down_until_something_is_heard_again()
    {
        _log.Begin().Add(new ModelCallRetried(1, 6000, "overloaded", "The model is overloaded."));
        Assert.Equal(new RunLiveness.WaitingForLimit(_log.Latest.AddSeconds(6), "The model is overloaded."), Now);

        _log.Add(new TextStarted(Guid.CreateVersion7()));
        Assert.IsType<RunLiveness.Writing>(Now);
    }

    [Fact]
    public void Silence_is_stalled_since_it_began()
    {
        _log.Begin().Add(new RunStalled(120_000));

        Assert.Equal(new RunLiveness.Stalled(_log.Latest.AddMinutes(-2)), Now);
    }

    [Fact]
    public void Making_room_is_said_until_it_is_done()
    {
        var id = Guid.CreateVersion7();
        _log.Begin().Add(new CompactionStarted(id, CompactionMethod.Summary, CompactionReason.Automatic, 9000));
        Assert.Equal(new RunLiveness.Compacting(_log.Latest), Now);

        _log.Add(new CompactionFailed(id, "The summary was longer."));
        Assert.IsType<RunLiveness.Thinking>(Now);
    }

    [Fact]
    public void A_stop_counts_from_the_first_time_it_was_asked_for()
    {
        _log.Begin().Add(new QuestionsAsked(Guid.CreateVersion7(), "q", []), new StopRequested("person"));
        var asked = _log.Latest;
        _log.Add(new StopRequested("person"));

        Assert.Equal(new RunLiveness.Stopping(asked), Now);
    }

    [Theory]
    [InlineData(RunOutcome.Completed)]
    [InlineData(RunOutcome.TimeLimit)]
    public void An_end_says_how(RunOutcome outcome)
    {
        _log.Begin().Add(Recording.End(outcome));

        Assert.Equal(new RunLiveness.Ended(outcome), Now);
    }
}
