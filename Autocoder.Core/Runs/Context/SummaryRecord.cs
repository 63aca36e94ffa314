using System.Text;
using Autocoder.Core.Engines.Models;

namespace Autocoder.Core.Runs.Context;

/// <summary>The part of a conversation that is to be summarised, as a text that can be made shorter. Immutable.</summary>
/// <remarks>A text and not messages: calls without their tools are refused by models, and a record does not read as an order.</remarks>
internal sealed class SummaryRecord
{
    private const int LongestOutput = 4_000;
    private const int ShortestPiece = 200;

    private readonly IReadOnlyList<Piece> _pieces;

    private SummaryRecord(IReadOnlyList<Piece> pieces) => _pieces = pieces;

    private sealed record Piece(string Title, string Text, bool IsPersons);

    /// <summary>The record of entries, with the summary of what came before them.</summary>
    public static SummaryRecord Of(string earlierSummary, IEnumerable<ContextEntry> entries, ContextShown shown)
    {
        var pieces = new List<Piece>();
        if (earlierSummary.Length > 0)
        {
            pieces.Add(new Piece("Earlier summary", SummaryText.WithoutPersonsWords(earlierSummary), IsPersons: true));
        }

        pieces.AddRange(entries.SelectMany(entry => entry switch
        {
            PromptEntry prompt => [new Piece("The person", PlainText(prompt.Parts), IsPersons: true)],
            StepEntry step => OfStep(step, shown),
            _ => [],
        }));
        return new SummaryRecord(pieces);
    }

    /// <summary>The record in at most so many characters, titles not counted. A person's words are shortened last.</summary>
    public string Render(long characters)
    {
        var persons = _pieces.Where(piece => piece.IsPersons).Select(piece => piece.Text.Length).ToList();
        var others = _pieces.Where(piece => !piece.IsPersons).Select(piece => piece.Text.Length).ToList();
        var least = others.Sum(length => (long)Math.Min(length, ShortestPiece));
        var forOthers = Math.Max(characters - persons.Sum(length => (long)length), Math.Min(least, characters / 2));
        var longestOther = TextShortening.LongestFor(others, forOthers);
        var longestPersons = TextShortening.LongestFor(persons, characters - Math.Min(forOthers, others.Sum(length => (long)length)));

        var text = new StringBuilder();
        foreach (var piece in _pieces)
        {
            var shortened = TextShortening.Shorten(piece.Text, piece.IsPersons ? longestPersons : longestOther);
            text.Append("=== ").Append(piece.Title).Append('\n').Append(shortened).Append("\n\n");
        }

        return text.ToString();
    }

    /// <summary>How many characters it has uncut, titles not counted.</summary>
    public long Length => _pieces.Sum(piece => (long)piece.Text.Length);

    private static IEnumerable<Piece> OfStep(StepEntry step, ContextShown shown)
    {
        if (PlainText(step.Answer) is { Length: > 0 } text)
        {
            yield return new Piece("The agent", text, IsPersons: false);
        }

        foreach (var outcome in step.Outcomes)
        {
            var output = ContextView.ResultOf(outcome, shown).Output;
            yield return new Piece(
                $"Tool: {outcome.Call.Title} ({outcome.End?.Status.ToString() ?? "no result"})",
                outcome.IsAnswer ? output : TextShortening.Shorten(output, LongestOutput),
                outcome.IsAnswer);
        }
    }

    private static string PlainText(IEnumerable<ModelPart> parts) => string.Join('\n', parts.Select(part => part switch
    {
        ModelPart.Text text => text.Value,
        ModelPart.File file => $"[attached: {file.Attachment.Name}]",
        _ => "",
    }).Where(text => text.Length > 0));
}
