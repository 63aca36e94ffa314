using Autocoder.Core.Conversations;

namespace Autocoder.Core.Engines.Models.Scripted;

/// <summary>What the scripted model answers when a summary of the conversation is wanted.</summary>
/// <param name="Error">Breaks the answer off after its text; null for none.</param>
public sealed record ScenarioSummary(string Text, string Stop, TokenUsage Usage, ScenarioError? Error)
{
    /// <summary>For a scenario that has written none: a summary that says so under the headings it needs.</summary>
    public static ScenarioSummary Default { get; } = new(
        """
        ## Goal
        The scenario does not say; it has no summary of its own.

        ## Requirements
        None.

        ## Decisions
        None.

        ## Work state
        The scenario goes on where it was.

        ## Next
        The next step of the scenario.

        ## Files
        None.

        ## Open questions
        None.
        """,
        "end_turn", TokenUsage.None, Error: null);
}
