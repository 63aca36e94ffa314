using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Transcripts;
using FsCheck;
using FsCheck.Fluent;

namespace Autocoder.Tests.Conversations.Transcripts;

/// <summary>Whatever a log holds, and wherever one stops reading it, a conversation does exactly one thing.</summary>
public sealed class RunLivenessProperties
{
    private static readonly DateTimeOffset At = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Every_prefix_of_a_log_is_in_the_one_state_that_its_events_say() =>
        Prop.ForAll(Gen.Choose(0, 1_000_000).ArrayOf().ToArbitrary(), choices =>
        {
            var (transcript, player) = (new Transcript(), new LivenessPlayer());
            for (var index = 0; index < choices.Length; index++)
            {
                var (next, runId) = player.Next(choices[index]);
                transcript.Apply(new EventEnvelope(Guid.Empty, index + 1, Guid.NewGuid(), runId, At.AddSeconds(index), next));
                Assert.Equal(player.Expected, RunLiveness.Of(transcript).GetType());
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    [Fact]
    public void Events_that_make_no_sense_together_do_not_break_it()
    {
        Guid?[] runs = [Guid.NewGuid(), Guid.NewGuid(), null];
        Prop.ForAll(EventGenerator.All().Generator.ArrayOf().ToArbitrary(), events =>
        {
            var transcript = new Transcript();
            for (var index = 0; index < events.Length; index++)
            {
                transcript.Apply(new EventEnvelope(Guid.Empty, index + 1, Guid.NewGuid(), runs[index % 3], At.AddSeconds(index), events[index]));
                Assert.NotNull(RunLiveness.Of(transcript));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }
}
