using Autocoder.Core.Conversations;
using Autocoder.Core.Engines.Models;
using Autocoder.Core.Engines.Models.Anthropic;
using FsCheck;
using FsCheck.Fluent;

namespace Autocoder.Tests.Engines.Anthropic;

/// <summary>A call that breaks off and is made again, as often as it may be, and whatever the repeats say.</summary>
public sealed class AnsweredSoFarTests
{
    private static readonly string[] Words = ["one ", "two ", "o", "ne ", "three ", "é🚀"];

    [Fact]
    public void What_stands_at_the_end_is_what_the_last_call_said_once() => Prop
        .ForAll(Attempts().ToArbitrary(), attempts =>
        {
            var answered = new AnsweredSoFar();
            var shown = new List<(bool IsThought, string Text)>();
            foreach (var attempt in attempts)
            {
                answered.Repeat();
                foreach (var piece in attempt)
                {
                    Show(shown, answered.Pass(piece));
                }
            }

            Show(shown, answered.Pass(new ModelEvent.Completed("end_turn", TokenUsage.None)));
            Assert.Equal(Said(attempts[^1]), shown);
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));

    [Fact]
    public void A_repeat_that_says_the_same_takes_nothing_back() => Prop
        .ForAll(Attempt().ToArbitrary(), Gen.Choose(0, 12).ToArbitrary(), (attempt, cut) =>
        {
            var answered = new AnsweredSoFar();
            var passed = attempt.Take(cut).SelectMany(answered.Pass).ToList();
            answered.Repeat();
            passed.AddRange(attempt.SelectMany(answered.Pass));

            Assert.DoesNotContain(passed, piece => piece is ModelEvent.Withdrawn);
            Assert.Equal(Said(attempt), Said(passed));
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    private static Gen<ModelEvent[]> Attempt() => Gen.Elements(Words).Zip(Gen.Choose(0, 4))
        .Select(choice => choice.Item2 == 0 ? (ModelEvent)new ModelEvent.ReasoningDelta(choice.Item1) : new ModelEvent.TextDelta(choice.Item1))
        .ArrayOf();

    // Most repeats begin like one another, as a server's do that only lost its connection.
    private static Gen<ModelEvent[][]> Attempts() =>
        from whole in Attempt()
        from others in Attempt().ArrayOf()
        from cuts in Gen.Choose(0, 9).NonEmptyListOf()
        select (ModelEvent[][])[.. cuts.Select((cut, index) => cut > 7 && others.Length > 0 ? others[index % others.Length] : [.. whole.Take(cut)]), whole];

    private static void Show(List<(bool, string)> shown, IEnumerable<ModelEvent> pieces)
    {
        foreach (var piece in pieces)
        {
            if (piece is ModelEvent.Withdrawn)
            {
                shown.Clear();
            }

            Add(shown, piece);
        }
    }

    private static List<(bool IsThought, string Text)> Said(IEnumerable<ModelEvent> pieces)
    {
        var said = new List<(bool, string)>();
        foreach (var piece in pieces)
        {
            Add(said, piece);
        }

        return said;
    }

    private static void Add(List<(bool IsThought, string Text)> said, ModelEvent piece)
    {
        var (isThought, text) = piece switch
        {
            ModelEvent.TextDelta delta => (false, delta.Text),
            ModelEvent.ReasoningDelta delta => (true, delta.Text),
            _ => (false, ""),
        };
        if (text.Length > 0 && said.Count > 0 && said[^1].IsThought == isThought)
        {
            said[^1] = (isThought, said[^1].Text + text);
        }
        else if (text.Length > 0)
        {
            said.Add((isThought, text));
        }
    }
}
