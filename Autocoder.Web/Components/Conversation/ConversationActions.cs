using Autocoder.Core.Assistant;
using Autocoder.Core.Checkpoints;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Core.Runs;
using Autocoder.Core.Runs.Approvals;
using Autocoder.Web.Rendering;

namespace Autocoder.Web.Components.Conversation;

/// <summary>What rows of a transcript may ask of the page they are on. Cascaded, fixed.</summary>
public sealed class ConversationActions
{
    /// <summary>Answers a request of questions.</summary>
    public Func<Guid, IReadOnlyList<Answer>, Task<AnswerReceipt>>? AnswerAsync { get; init; }

    /// <summary>Answers a request for approval.</summary>
    public Func<Guid, ApprovalAnswer, Task<ApprovalReceipt>>? ApproveAsync { get; init; }

    /// <summary>Goes on after a run that ended before its work was done.</summary>
    /// <returns>Why that is not possible; null when it was begun.</returns>
    public Func<RunEndedItem, Task<string?>>? ContinueAsync { get; init; }

    /// <summary>Shows the model the original again, after a compaction.</summary>
    public Func<Guid, Task>? RevertCompactionAsync { get; init; }

    /// <summary>Opens the conversation of a sub-agent for following.</summary>
    public Func<Guid, CancellationToken, Task<ITranscriptSource>>? OpenChildAsync { get; init; }

    /// <summary>The address of a sub-agent's conversation; null where there is no page for it.</summary>
    public Func<Guid, string>? AddressOfChild { get; init; }

    /// <summary>Finds a tool call of a sub-agent; null when it is not there.</summary>
    public Func<Guid, string, CancellationToken, Task<ToolCallItem?>>? FindChildCallAsync { get; init; }

    /// <summary>Reads a text file of the project as it is now.</summary>
    public Func<string, CancellationToken, Task<FileNow>>? ReadFileAsync { get; init; }

    /// <summary>Reads a tool's whole output; null when it is gone.</summary>
    public Func<string, CancellationToken, Task<string?>>? ReadOutputAsync { get; init; }

    /// <summary>Looks up the places an answer cites; null where answers do not rest on files.</summary>
    public Func<TextItem, CancellationToken, Task<IReadOnlyList<CheckedCitation>>>? CheckCitationsAsync { get; init; }

    /// <summary>The address at which a person can look at lines of a file.</summary>
    public Func<string, int, int, string>? AddressOfLines { get; init; }

    /// <summary>The tool calls of a run that the page has, oldest first.</summary>
    public Func<Guid, IReadOnlyList<ToolCallItem>>? CallsOf { get; init; }

    /// <summary>Makes a feature of a text, and says what was done; null where answers are not handed on.</summary>
    public Func<string, Task<string?>>? MakeFeatureAsync { get; init; }

    /// <summary>Hands a text to the agent; null where answers are not handed on.</summary>
    public Func<string, Task<string?>>? SendToAgentAsync { get; init; }

    /// <summary>Shows what taking changes back would do, or putting them in again, and does it when the person says so.</summary>
    public Func<UndoTarget, Task>? UndoAsync { get; init; }

    /// <summary>Whether what waits for the person stands above the composer instead of in the transcript.</summary>
    public bool QuestionsStandApart { get; init; }
}
