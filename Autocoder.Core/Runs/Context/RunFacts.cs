using System.Collections.Immutable;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Engines;

namespace Autocoder.Core.Runs.Context;

/// <summary>What the latest run has done that decides about further compactions. A pure fold.</summary>
internal sealed record RunFacts
{
    public static RunFacts None { get; } = new();

    /// <summary>How many steps were started.</summary>
    public int Steps { get; init; }

    /// <summary>How many calls in a row were too long for the model.</summary>
    public int Overflows { get; init; }

    /// <summary>Whether an automatic compaction has failed: no other is tried in this run.</summary>
    public bool HasFailed { get; init; }

    /// <summary>Automatic compactions with no ordinary step between them.</summary>
    public int InARow { get; init; }

    /// <summary>The ids of its tool calls.</summary>
    public ImmutableHashSet<string> CallIds { get; init; } = [];

    private CompactionStarted? Open { get; init; }

    private bool CompactedSinceStep { get; init; }

    /// <summary>Whether room may be made without a person asking for it.</summary>
    public bool MayCompact => !HasFailed && InARow < ContextLimits.MostInARow;

    public RunFacts After(ConversationEvent next) => next switch
    {
        RunStarted => None,
        StepStarted => this with { Steps = Steps + 1 },
        StepEnded { StopReason: IContextSummarizer.ContextOverflow } => this with { Overflows = Overflows + 1 },
        StepEnded => this with { Overflows = 0, InARow = CompactedSinceStep ? InARow : 0, CompactedSinceStep = false },
        ToolCallRequested call => this with { CallIds = CallIds.Add(call.CallId) },
        CompactionStarted started => this with { Open = started },
        CompactionCompleted when Open is { Reason: not CompactionReason.Person } =>
            this with { Open = null, InARow = InARow + 1, CompactedSinceStep = true },
        CompactionFailed when Open is { Reason: not CompactionReason.Person } => this with { Open = null, HasFailed = true },
        CompactionCompleted or CompactionFailed => this with { Open = null },
        _ => this,
    };
}
