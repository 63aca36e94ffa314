using System.Collections.Immutable;
using Autocoder.Core.Conversations;

namespace Autocoder.Tests.Runs.Model;

/// <summary>What everybody can see of a conversation. The model predicts one, the log gives one, and they must be the same.</summary>
internal sealed record RunPicture
{
    public bool IsTrashed { get; init; }

    /// <summary>The prompts that wait, by their numbers.</summary>
    public ImmutableList<int> Queue { get; init; } = [];

    public ImmutableList<PictureOfRun> Runs { get; init; } = [];

    public override string ToString() =>
        $"{(IsTrashed ? "trashed " : "")}queue [{string.Join(' ', Queue)}]{string.Concat(Runs.Select((run, index) => $"; run {index} {run}"))}";
}

/// <param name="Prompt">The number of the prompt it answers.</param>
/// <param name="Outcome">Null while it has no end.</param>
/// <param name="Text">What it said, each finished text closed by a bar.</param>
internal sealed record PictureOfRun(int Prompt, RunOutcome? Outcome, string Text)
{
    public ImmutableList<PictureOfCall> Calls { get; init; } = [];

    public override string ToString() => $"of {Prompt} {Outcome?.ToString() ?? "at work"} says '{Text}' calls [{string.Join(' ', Calls)}]";
}

/// <param name="Status">Null while it has no end.</param>
/// <param name="Approval">How its request for approval was resolved; null while it was not, or when there is none.</param>
internal sealed record PictureOfCall(CallKind Kind, ToolCallStatus? Status, ApprovalOutcome? Approval = null)
{
    public override string ToString() => $"{Kind}:{Status?.ToString() ?? "open"}{(Approval is null ? "" : $"/{Approval}")}";
}

internal enum CallKind
{
    /// <summary>Does something, for as long as it is told to.</summary>
    Tool,

    /// <summary>Asks the person.</summary>
    Question,

    /// <summary>Does something the moment a person allows it.</summary>
    Guarded,
}
