namespace Autocoder.Core.Runs;

/// <summary>What a run needs to know of itself.</summary>
/// <param name="Depth">0 for a conversation a person started, 1 for its sub-agents.</param>
internal sealed record RunTicket(Guid ConversationId, Guid RunId, Guid ProjectId, string Engine, string Profile, int Depth)
{
    /// <summary>The budget it draws on: that of the run that started it; null for a run of its own.</summary>
    public RunBudget? Budget { get; init; }
}
