using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Runs;
using Autocoder.Tests.TestSupport;

namespace Autocoder.Tests.Runs;

public sealed class RunTimeTests
{
    private readonly EventLog _log = new();

    [Fact]
    public void Waiting_for_the_person_is_not_work_even_when_two_things_are_waited_for()
    {
        var run = _log.Run("Go");
        var (question, approval) = (Guid.NewGuid(), Guid.NewGuid());
        After(minutes: 2, run, new QuestionsAsked(question, "1", []));
        After(minutes: 10, run, new ApprovalRequested(approval, "plan", ApprovalSubject.Plan, "T", "R", "h"));
        After(minutes: 10, run, new QuestionsAnswered(question, []));
        After(minutes: 10, run, new ApprovalResolved(approval, ApprovalOutcome.AllowedOnce));

        Assert.Equal(TimeSpan.FromMinutes(5), RunTime.Worked(run.Events, _log.Now.AddMinutes(3)));
    }

    [Fact]
    public void While_something_is_open_the_time_stands_still()
    {
        var run = _log.Run("Go");
        After(minutes: 4, run, new QuestionsAsked(Guid.NewGuid(), "1", []));

        Assert.Equal(TimeSpan.FromMinutes(4), RunTime.Worked(run.Events, _log.Now.AddDays(9)));
        Assert.Equal(TimeSpan.Zero, RunTime.Worked([], _log.Now));
    }

    private void After(int minutes, EventLog.LoggedRun run, ConversationEvent next)
    {
        _log.Now = _log.Now.AddMinutes(minutes);
        run.Add(next);
    }
}
