using System.Runtime.CompilerServices;
using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Engines;
using Autocoder.Core.Tools;
using Autocoder.Tests.TestSupport;

namespace Autocoder.Tests.Web.Endpoints;

/// <summary>An engine that does what the prompt says: <c>hang</c>, <c>ask</c>, or <c>tell 4 x 60</c>; anything else is repeated.</summary>
internal static class TalkingEngine
{
    public static FakeEngine Create() => new(RunAsync);

    /// <summary>The texts of <c>tell</c>, each with characters of one to four bytes.</summary>
    public static string Story(int number, int pieces) => string.Concat(Enumerable.Range(0, pieces).Select(piece => Piece(number, piece)));

    private static IAsyncEnumerable<EngineEvent> RunAsync(EngineRequest request, CancellationToken cancellationToken) =>
        request.Messages[^1].PlainText.Split(' ') switch
        {
            ["hang", ..] => HangAsync(cancellationToken),
            ["ask", ..] => AskAsync(request, cancellationToken),
            ["tell", var texts, "x", var pieces] => TellAsync(Number(texts), Number(pieces), 1),
            ["tell", var texts, "x", var pieces, "x", var repeats] => TellAsync(Number(texts), Number(pieces), Number(repeats)),
            _ => TellAsync(1, 1, 1),
        };

    private static string Piece(int number, int piece) => $"{number}.{piece} é😀\n";

    private static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static async IAsyncEnumerable<EngineEvent> HangAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new EngineEvent.TextDelta("Working");
        await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
    }

    private static async IAsyncEnumerable<EngineEvent> AskAsync(
        EngineRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new EngineEvent.StepStarted();
        using var arguments = JsonDocument.Parse(
            """{"questions":[{"id":"q1","header":"Colour","question":"Which?","options":[{"id":"red","label":"Red"},{"id":"blue","label":"Blue"}]}]}""");
        await request.Tools.ExecuteAsync(new ToolCall("ask", "AskUser", arguments.RootElement), cancellationToken);
        yield return new EngineEvent.StepEnded("tool_use", TokenUsage.None);
    }

    private static async IAsyncEnumerable<EngineEvent> TellAsync(int texts, int pieces, int repeats)
    {
        for (var number = 0; number < texts; number++)
        {
            yield return new EngineEvent.StepStarted();
            for (var piece = 0; piece < pieces; piece++)
            {
                yield return new EngineEvent.TextDelta(string.Concat(Enumerable.Repeat(Piece(number, piece), repeats)));
                await Task.Yield();
            }

            yield return new EngineEvent.TextEnded();
            yield return new EngineEvent.StepEnded("end_turn", TokenUsage.None);
        }
    }
}
