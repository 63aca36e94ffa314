using Autocoder.Core.Conversations.Events;

namespace Autocoder.Core.Conversations.Ledgers;

/// <summary>A change of a file.</summary>
/// <param name="Sequence">The end of the call that made it.</param>
/// <param name="Path">Inside the project, with <c>/</c>.</param>
/// <param name="Kept">What the file held before and after; null where that was not kept.</param>
public sealed record LedgerChange(long Sequence, DateTimeOffset At, Guid? RunId, string Path, string Tool, FileCheckpointed? Kept);
