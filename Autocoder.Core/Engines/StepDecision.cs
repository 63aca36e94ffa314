using Autocoder.Core.Conversations;
using Autocoder.Core.Engines.Models;
using Autocoder.Core.Profiles;
using Autocoder.Core.Tools;

namespace Autocoder.Core.Engines;

/// <summary>What happens next in a run. The hierarchy is closed.</summary>
public abstract record StepDecision
{
    private StepDecision()
    {
    }

    /// <summary>A model call.</summary>
    /// <param name="Profile">The profile, which may have been switched since the last call.</param>
    /// <param name="Instructions">The system prompt: the profile's, and what steers this run.</param>
    /// <param name="Messages">What the model is shown, each tool call followed by its result.</param>
    /// <param name="Tools">The tools this call may ask for.</param>
    public sealed record Call(
        Profile Profile,
        string Instructions,
        IReadOnlyList<ModelMessage> Messages,
        IReadOnlyList<ToolDefinition> Tools,
        ConversationPosition Position) : StepDecision;

    /// <summary>The run is over.</summary>
    public sealed record End(RunOutcome Outcome) : StepDecision;
}
