using System.Text.Json;

namespace Autocoder.Core.Conversations.Ledgers;

/// <summary>A change of a file.</summary>
/// <param name="Sequence">The end of the call that made it.</param>
/// <param name="Path">Inside the project, with <c>/</c>.</param>
/// <param name="Arguments">Those of the call: what was written is in them.</param>
public sealed record LedgerChange(long Sequence, DateTimeOffset At, Guid? RunId, string Path, string Tool, JsonElement Arguments);
