using Autocoder.Core.Conversations;
using Autocoder.Core.Engines;
using Autocoder.Core.Engines.Models;

namespace Autocoder.Tests.Runs.Context;

/// <summary>Makes summaries as a test says, and keeps what it was asked.</summary>
internal sealed class FakeSummarizer(int? window, Func<string, (string Summary, string StopReason)> answer) : IContextSummarizer
{
    public const string Good = """
        ## Goal
        Build it.
        ## Requirements
        None.
        ## Decisions
        None.
        ## Work state
        Half done.
        ## Next
        The other half.
        ## Files
        None.
        ## Open questions
        None.
        """;

    public FakeSummarizer(int? window, string summary = Good)
        : this(window, _ => (summary, "end_turn"))
    {
    }

    public int? ContextWindow { get; } = window;

    public List<string> Asked { get; } = [];

    public List<int> Numbers { get; } = [];

    public static (string Summary, string StopReason) Overflow() =>
        throw new EngineException(IContextSummarizer.ContextOverflow, "Too long.");

    public Task<(string Summary, string StopReason, TokenUsage Usage)> SummarizeAsync(
        IReadOnlyList<ModelMessage> messages, string instructions, int number, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Numbers.Add(number);
        Asked.Add(Assert.Single(messages).PlainText);
        var (summary, stopReason) = answer(Asked[^1]);
        return Task.FromResult((summary, stopReason, new TokenUsage(Input: 7, Output: 3)));
    }
}
