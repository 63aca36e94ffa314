using Autocoder.Core.Conversations;

namespace Autocoder.Core.Runs.Context;

/// <summary>One compaction in the ledger: what went, and what stands for it.</summary>
/// <param name="Sequence">The event it began with.</param>
/// <param name="TokensBefore">What the model would have been shown, estimated.</param>
public sealed record CompactionRecord(
    Guid CompactionId, long Sequence, DateTimeOffset At, Guid? RunId, CompactionMethod Method, CompactionReason Reason, long TokensBefore)
{
    /// <summary>What has become of it.</summary>
    public CompactionStatus Status { get; init; }

    /// <summary>What the model is shown afterwards, estimated; 0 unless it was completed.</summary>
    public long TokensAfter { get; init; }

    /// <summary>The first event the summary replaces, beside those an earlier summary had replaced; 0 for none.</summary>
    public long FromSequence { get; init; }

    /// <summary>The last event the summary replaces; 0 for none.</summary>
    public long ThroughSequence { get; init; }

    /// <summary>Messages of the person among the replaced events.</summary>
    public int Prompts { get; init; }

    /// <summary>Texts of the model among the replaced events.</summary>
    public int Answers { get; init; }

    /// <summary>Tool calls among the replaced events.</summary>
    public int ToolCalls { get; init; }

    /// <summary>What stands for the replaced events; empty when nothing was summarised.</summary>
    public string Summary { get; init; } = "";

    /// <summary>The tool output that was left out.</summary>
    public IReadOnlyList<MaskedOutput> Masked { get; init; } = [];

    /// <summary>What making it cost.</summary>
    public TokenUsage Usage { get; init; } = TokenUsage.None;

    /// <summary>Why nothing was changed; null unless it failed.</summary>
    public string? Failure { get; init; }
}
