using Autocoder.Core.Conversations;
using Autocoder.Core.Engines.Models;

namespace Autocoder.Core.Engines.ClaudeCode;

/// <summary>Claude Code keeps its own memory, and shortens it itself: nothing is summarised for it.</summary>
internal sealed class NoSummary : IContextSummarizer
{
    /// <inheritdoc/>
    public int? ContextWindow => null;

    /// <inheritdoc/>
    public Task<(string Summary, string StopReason, TokenUsage Usage)> SummarizeAsync(
        IReadOnlyList<ModelMessage> messages, string instructions, int number, CancellationToken cancellationToken) =>
        throw new EngineException("compaction_unavailable", "Claude Code shortens what it remembers by itself. Nothing was changed.");
}
