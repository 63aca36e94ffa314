using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Engines.Models;

namespace Autocoder.Core.Runs.Context;

/// <summary>A piece of the conversation that is shown to a model whole or not at all.</summary>
/// <param name="First">Its first event.</param>
/// <param name="Sequence">The event it was complete with. A compaction that goes through it replaces the entry.</param>
internal abstract record ContextEntry(long First, long Sequence);

/// <summary>What a person sent.</summary>
internal sealed record PromptEntry(long First, long Sequence, PromptAdmitted Prompt) : ContextEntry(First, Sequence)
{
    public IReadOnlyList<ModelPart> Parts { get; } = PromptParts.Of(Prompt);
}

/// <summary>One answer of the model with the results of its tool calls, in the order of the calls.</summary>
internal sealed record StepEntry(long First, long Sequence, IReadOnlyList<ModelPart> Answer, IReadOnlyList<ToolOutcome> Outcomes)
    : ContextEntry(First, Sequence)
{
    /// <summary>Whether it begins or goes on with a train of thought that a model must be shown whole.</summary>
    public bool HasThought { get; } = Answer.Any(part => part is ModelPart.Reasoning);
}
