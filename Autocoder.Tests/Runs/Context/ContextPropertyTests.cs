using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Engines;
using Autocoder.Core.Engines.Models;
using Autocoder.Core.Runs.Context;
using FsCheck;
using FsCheck.Fluent;

namespace Autocoder.Tests.Runs.Context;

/// <summary>P9: whatever a conversation holds and whatever the summariser does, the view is well-formed and fits, and compaction ends.</summary>
public sealed class ContextPropertyTests
{
    [Fact]
    public void The_view_is_well_formed_and_within_the_window_and_compaction_makes_progress() => Prop
        .ForAll(Conversations(), conversation => new Play(conversation).RunAsync().GetAwaiter().GetResult())
        .Check(Config.QuickThrowOnFailure.WithMaxTest(2500).WithEndSize(80));

    private static Arbitrary<Conversation> Conversations()
    {
        var conversation = from window in Gen.Elements(2_000, 6_000, 20_000, 60_000, 300_000)
                           from thinks in Gen.Choose(0, 3)
                           from counted in Gen.Elements(0, 70, 100, 150)
                           from mood in Gen.Choose(0, 6)
                           from choices in Gen.Choose(0, 1_000_000).ArrayOf()
                           select new Conversation(window, thinks, counted, mood, choices);
        return conversation.ToArbitrary();
    }

    /// <param name="Thinks">How many of four steps have a thought.</param>
    /// <param name="Counted">What the model counts, in hundredths of our estimate; 0 for nothing.</param>
    /// <param name="Mood">What the summariser does; beyond 5 whatever comes.</param>
    private sealed record Conversation(int Window, int Thinks, int Counted, int Mood, int[] Choices);

    private sealed record Said(string Marker, int Loop, bool HasThought);

    private sealed class Play(Conversation conversation)
    {
        private readonly ContextBench _bench = new();
        private readonly List<Said> _steps = [];
        private int _loop;
        private int _prompts;
        private int _answers;
        private int _choice;

        public async Task RunAsync()
        {
            foreach (var choice in conversation.Choices)
            {
                _choice = choice;
                await NextAsync(choice);
                CheckView((await _bench.ViewAsync()).ToList());
            }

            Assert.Equal(ContextBench.Show(_bench.Whole.View), ContextBench.Show(await _bench.ViewAsync()));
            Assert.Equal(_bench.Whole.Position, _bench.Keeper.Log.Position);
            Assert.Equal(new ConversationPosition(_prompts, _answers), _bench.Keeper.Log.Position);
            CheckRevert();
        }

        private async Task NextAsync(int choice)
        {
            switch (choice % 16)
            {
                case 0 when _bench.State.Run is not null:
                    _bench.EndRun(RunOutcome.Completed);
                    break;
                case 1 or 2 or 0:
                    Prompt(choice);
                    break;
                case 3:
                    _bench.Append(new CompactionRequested("person"));
                    break;
                case 4 when _bench.Events<CompactionCompleted>().ToList() is { Count: > 0 } done:
                    _bench.Append(new CompactionReverted(done[choice % done.Count].CompactionId));
                    break;
                case 5 when _bench.State.Run is not null:
                    await StepAsync(choice, stopped: true);
                    break;
                default:
                    await StepAsync(choice, stopped: false);
                    break;
            }
        }

        private void Prompt(int choice)
        {
            _bench.Prompt($"prompt-{_prompts} {new string('p', choice % 97 == 0 ? 6_000 : choice % 400)}");
            _prompts++;
            _answers = 0;
            _loop++;
        }

        private async Task StepAsync(int choice, bool stopped)
        {
            if (_bench.State.Run is null)
            {
                Prompt(choice);
            }

            if (await PrepareAsync() is not { } call)
            {
                _bench.EndRun(RunOutcome.ContextOverflow);
                return;
            }

            if (choice % 23 == 7)
            {
                _bench.BeginStep().EndStep(stopReason: IContextSummarizer.ContextOverflow);
                return;
            }

            Answer(choice, stopped, call);
        }

        private void Answer(int choice, bool stopped, ContextCall call)
        {
            var marker = $"step-{_steps.Count};";
            var thinks = choice % 4 < conversation.Thinks;
            _bench.BeginStep($"{marker} {new string('t', choice % 700)}", thinks ? $"thought of {marker} {new string('h', choice % 300)}" : "");
            _steps.Add(new Said(marker, _loop, thinks));
            _answers++;
            var calls = Enumerable.Range(0, choice / 7 % 4).Select(_ => _bench.Call(choice % 31 == 3 ? FreeId() : null)).ToList();
            if (stopped)
            {
                calls.Take(choice % 3).ToList().ForEach(id => _bench.End(id, "done"));
                _bench.EndRun(choice % 2 == 0 ? RunOutcome.Stopped : RunOutcome.Interrupted);
                return;
            }

            foreach (var (id, index) in calls.Select((id, index) => (id, index)).OrderByDescending(pair => pair.index * (choice % 2)))
            {
                _bench.End(id, new string('o', choice / (index + 3) % 11 == 0 ? choice % 50_000 : choice % 900));
            }

            var input = TokenEstimate.Of(call.Messages) * conversation.Counted / 100;
            _bench.EndStep(input == 0 ? null : new TokenUsage(input, choice % 200), calls.Count > 0 ? "tool_use" : "end_turn");
        }

        // An id another run has used: legal, for an id is unique in its run only.
        private string? FreeId() => _bench.Events<ToolCallRequested>().Select(call => call.CallId)
            .FirstOrDefault(id => !_bench.State.Run!.CallIds.Contains(id));

        private async Task<ContextCall?> PrepareAsync()
        {
            var before = _bench.Log.ToList();
            var call = await _bench.PrepareAsync(new FakeSummarizer(conversation.Window, Summarise));
            CheckCompactions(before);
            if (call is not null)
            {
                Assert.True(call.Tokens <= conversation.Window, $"A call of {call.Tokens} tokens for a window of {conversation.Window}.");
                Assert.True(conversation.Counted != 0 || TokenEstimate.Of(call.Messages) <= conversation.Window, "The view is above the window.");
            }

            return call;
        }

        private (string, string) Summarise(string record) => (conversation.Mood <= 5 ? conversation.Mood : _choice % 6) switch
        {
            0 => (FakeSummarizer.Good, "end_turn"),
            1 => ("I cannot do that.", "end_turn"),
            2 => (FakeSummarizer.Good, "max_tokens"),
            3 => record.Length > _choice % 20_000 ? FakeSummarizer.Overflow() : (FakeSummarizer.Good, "end_turn"),
            4 => (FakeSummarizer.Good + record + record, "end_turn"),
            _ => throw new EngineException("overloaded", "The model is busy."),
        };

        private void CheckCompactions(List<EventEnvelope> before)
        {
            Assert.Equal(before, _bench.Log.Take(before.Count));
            var added = _bench.Log.Skip(before.Count).ToList();
            Assert.All(added, envelope => Assert.True(
                envelope.Event is CompactionStarted or CompactionCompleted or CompactionFailed, $"{envelope.Event} is no part of a compaction."));
            Assert.True(added.Count(envelope => envelope.Event is CompactionStarted) <= 3, "Compaction went on and on.");
            foreach (var completed in added.Where(envelope => envelope.Event is CompactionCompleted))
            {
                var was = TokenEstimate.Of(ContextLog.Of(_bench.Log.Take((int)completed.Sequence - 1)).View);
                var now = TokenEstimate.Of(ContextLog.Of(_bench.Log.Take((int)completed.Sequence)).View);
                Assert.True(now < was, $"A compaction took the view from {was} tokens to {now}.");
            }

            CheckBound();
            var view = _bench.Whole.View;
            CheckLoops(view);
            if (added.Any(envelope => envelope.Event is CompactionCompleted { ThroughSequence: > 0 }))
            {
                BeginNewTrain(view);
            }
        }

        // What is left of a train of thought after a summary, and what is thought from then on, is a train of its own.
        private void BeginNewTrain(IReadOnlyList<ModelMessage> view)
        {
            var said = SaidIn(view);
            for (var index = _steps.Count - 1; index >= 0 && _steps[index].Loop == _loop; index--)
            {
                if (said.Contains(_steps[index].Marker, StringComparison.Ordinal))
                {
                    _steps[index] = _steps[index] with { Loop = _loop + 1 };
                }
            }

            _loop++;
        }

        // Counted from the log alone: after a failure nothing is tried again by itself, and successes in a row have an end.
        private void CheckBound()
        {
            var (failures, inARow, since) = (0, 0, false);
            var automatic = new HashSet<Guid>();
            foreach (var next in _bench.Log.Select(envelope => envelope.Event))
            {
                switch (next)
                {
                    case RunStarted:
                        (failures, inARow, since) = (0, 0, false);
                        break;
                    case CompactionStarted { Reason: not CompactionReason.Person } started:
                        Assert.True(failures == 0, "A compaction was tried again by itself after one had failed.");
                        automatic.Add(started.CompactionId);
                        break;
                    case CompactionFailed failed when automatic.Contains(failed.CompactionId):
                        failures++;
                        break;
                    case CompactionCompleted completed when automatic.Contains(completed.CompactionId):
                        (inARow, since) = (inARow + 1, true);
                        Assert.True(inARow <= 5, "Automatic compactions in a row have no end.");
                        break;
                    case StepEnded { StopReason: not IContextSummarizer.ContextOverflow }:
                        (inARow, since) = (since ? inARow : 0, false);
                        break;
                }
            }
        }

        private void CheckView(List<ModelMessage> view)
        {
            Assert.True(view.Count == 0 || view[0].Role is ModelRole.User, "The first message is not a person's.");
            Assert.All(view, message => Assert.NotEmpty(message.Parts));
            for (var index = 1; index < view.Count; index++)
            {
                Assert.True(view[index].Role != view[index - 1].Role, "Two messages of one side follow each other.");
            }

            var ids = new HashSet<string>();
            for (var index = 0; index < view.Count; index++)
            {
                var calls = view[index].Parts.OfType<ModelPart.ToolCall>().Select(call => call.CallId).ToList();
                var results = (index + 1 < view.Count ? view[index + 1].Parts : []).OfType<ModelPart.ToolResult>().Select(result => result.CallId);
                Assert.True(view[index].Role is ModelRole.User || calls.SequenceEqual(results), "A call lacks its result, or a result its call.");
                Assert.All(calls, id => Assert.True(ids.Add(id), $"The id {id} comes twice."));
            }

            Assert.DoesNotContain(view.Take(1).SelectMany(message => message.Parts), part => part is ModelPart.ToolResult);
            CheckLoops(view);
        }

        private void CheckLoops(IReadOnlyList<ModelMessage> view)
        {
            var said = SaidIn(view);
            foreach (var loop in _steps.GroupBy(step => step.Loop).Where(loop => loop.Any(step => step.HasThought)))
            {
                var seen = loop.Count(step => said.Contains(step.Marker, StringComparison.Ordinal));
                Assert.True(seen == 0 || seen == loop.Count(), "A train of thought was torn apart.");
            }
        }

        private static string SaidIn(IReadOnlyList<ModelMessage> view) =>
            string.Concat(view.Where(message => message.Role is ModelRole.Assistant).Select(message => message.PlainText));

        private void CheckRevert()
        {
            var untouched = ContextLog.Of(_bench.Log.Where(envelope => envelope.Event is not CompactionCompleted)).View;
            foreach (var completed in _bench.Events<CompactionCompleted>().ToList())
            {
                _bench.Append(new CompactionReverted(completed.CompactionId));
            }

            Assert.Equal(ContextBench.Show(untouched), ContextBench.Show(_bench.Whole.View));
        }
    }
}
