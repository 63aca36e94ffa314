namespace Autocoder.Core.Runs.Approvals;

/// <summary>What a new rule would have decided in the past of a project.</summary>
/// <param name="Conversations">How many conversations were read.</param>
/// <param name="Calls">How many calls of tools were judged.</param>
/// <param name="Matched">How many of them the new rule speaks of.</param>
/// <param name="IsCut">Whether there were more calls than are judged at once; the newest conversations come first.</param>
/// <param name="Changes">The calls that would be decided otherwise, the most frequent first.</param>
public sealed record PolicyOutcome(int Conversations, int Calls, int Matched, bool IsCut, IReadOnlyList<PolicyChange> Changes);
