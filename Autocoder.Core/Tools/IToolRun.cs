using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;

namespace Autocoder.Core.Tools;

/// <summary>What a run offers to the tools it executes. Implemented by <c>Runs</c>; safe to use from parallel calls.</summary>
public interface IToolRun
{
    /// <summary>The run. Programs that a tool starts are its own, and end with it.</summary>
    Guid RunId { get; }

    /// <summary>What the model of the conversation knows of files.</summary>
    SeenFiles Seen { get; }

    /// <summary>Commits an event of the run: a plan, a draft, a warning. When this returns, it is on disk.</summary>
    /// <exception cref="IllegalEventException">The run has ended.</exception>
    Task RecordAsync(ConversationEvent conversationEvent, CancellationToken cancellationToken);

    /// <summary>Commits an event that depends on what the conversation is now; null commits nothing.</summary>
    Task RecordAsync(Func<ConversationState, ConversationEvent?> decide, CancellationToken cancellationToken);

    /// <summary>Keeps bytes for as long as the conversation is kept. When this returns, they are on disk.</summary>
    /// <exception cref="IOException">The disk refuses; nothing was kept.</exception>
    Task<FileVersion> KeepAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Asks the person and waits, for ever if need be. The first answer of any tab wins.</summary>
    /// <exception cref="OperationCanceledException">The run was stopped before anyone answered.</exception>
    Task<IReadOnlyList<Answer>> AskAsync(string callId, IReadOnlyList<Question> questions, CancellationToken cancellationToken);

    /// <summary>Asks a person to allow something and waits, for ever if need be. The first answer of any tab wins.</summary>
    /// <param name="request">With an id of its own; recorded as it is.</param>
    /// <returns>How it was resolved; never a rejection without comment, which ends the run.</returns>
    /// <exception cref="OperationCanceledException">The run was stopped before anyone answered, or by the answer.</exception>
    Task<ApprovalResolved> ApproveAsync(ApprovalRequested request, CancellationToken cancellationToken);

    /// <summary>
    /// Cancelled when a stop has become urgent. The token of a call is cancelled as soon as a stop is asked for; a tool that must not
    /// be cut in the middle finishes what it has begun under this one.
    /// </summary>
    CancellationToken HardStop { get; }

    /// <summary>Keeps a stop from becoming urgent while a call is at work that needs more time to finish, until it is disposed.</summary>
    /// <param name="grace">How much time it needs at most after the request to stop.</param>
    IDisposable HoldOffStop(TimeSpan grace);

    /// <summary>Runs a sub-agent in a conversation of its own and waits for its end.</summary>
    /// <param name="agent">Which agent: a name the engine knows.</param>
    /// <param name="task">The prompt it gets.</param>
    Task<SubAgentResult> RunSubAgentAsync(string callId, string agent, string task, CancellationToken cancellationToken);
}
