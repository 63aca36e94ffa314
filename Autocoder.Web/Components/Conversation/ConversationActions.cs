using Autocoder.Core.Assistant;
using Autocoder.Core.Conversations;
using Autocoder.Core.Runs;
using Autocoder.Web.Rendering;

namespace Autocoder.Web.Components.Conversation;

/// <summary>What rows of a transcript may ask of the page they are on. Cascaded, fixed.</summary>
public sealed class ConversationActions
{
    /// <summary>Answers a request of questions.</summary>
    public Func<Guid, IReadOnlyList<Answer>, Task<AnswerReceipt>>? AnswerAsync { get; init; }

    /// <summary>Goes on after a run that was interrupted, stopped or failed.</summary>
    public Func<Task>? ContinueAsync { get; init; }

    /// <summary>Opens the conversation of a sub-agent for following.</summary>
    public Func<Guid, CancellationToken, Task<ITranscriptSource>>? OpenChildAsync { get; init; }

    /// <summary>Reads a tool's whole output; null when it is gone.</summary>
    public Func<string, CancellationToken, Task<string?>>? ReadOutputAsync { get; init; }

    /// <summary>Looks up the places an answer cites; null where answers do not rest on files.</summary>
    public Func<string, Task<IReadOnlyList<CheckedCitation>>>? CheckCitationsAsync { get; init; }

    /// <summary>Whether a pending card of questions stands above the composer instead of in the transcript.</summary>
    public bool QuestionsStandApart { get; init; }
}
