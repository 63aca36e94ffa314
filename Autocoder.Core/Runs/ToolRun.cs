using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Tools;

namespace Autocoder.Core.Runs;

/// <summary>What a run offers to its tools.</summary>
internal sealed class ToolRun(RunActor actor, RunServices services, SeenFiles seen) : IToolRun
{
    public Guid RunId => actor.Ticket.RunId;

    public SeenFiles Seen { get; } = seen;

    public Task RecordAsync(ConversationEvent conversationEvent, CancellationToken cancellationToken) =>
        actor.AppendAsync(_ => conversationEvent);

    public Task RecordAsync(Func<ConversationState, ConversationEvent?> decide, CancellationToken cancellationToken) =>
        actor.AppendAsync(decide);

    public async Task<FileVersion> KeepAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        new(await services.Blobs.SaveAsync(content, cancellationToken).ConfigureAwait(false), content.Length);

    public async Task<IReadOnlyList<Answer>> AskAsync(
        string callId, IReadOnlyList<Question> questions, CancellationToken cancellationToken)
    {
        var requestId = Guid.CreateVersion7();

        // Before the question is in the log: an answer may come the moment it is.
        var answered = new TaskCompletionSource<IReadOnlyList<Answer>>(TaskCreationOptions.RunContinuationsAsynchronously);
        actor.Waiting[requestId] = answered;
        try
        {
            await actor.AppendAsync(_ => new QuestionsAsked(requestId, callId, questions)).ConfigureAwait(false);
            return await WaitAsync(answered.Task, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            actor.Waiting.TryRemove(requestId, out _);
        }
    }

    public async Task<ApprovalResolved> ApproveAsync(ApprovalRequested request, CancellationToken cancellationToken)
    {
        // Before the request is in the log: an answer may come the moment it is.
        var resolved = new TaskCompletionSource<ApprovalResolved>(TaskCreationOptions.RunContinuationsAsynchronously);
        actor.WaitingApprovals[request.ApprovalId] = resolved;
        try
        {
            await actor.AppendAsync(_ => request).ConfigureAwait(false);
            await services.Mirrors.OpenAsync(actor.Ticket, request, cancellationToken).ConfigureAwait(false);
            return await WaitAsync(resolved.Task, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            actor.WaitingApprovals.TryRemove(request.ApprovalId, out _);
        }
    }

    public CancellationToken HardStop => actor.HardStop;

    public IDisposable HoldOffStop(TimeSpan grace) => actor.HoldOffStop(grace);

    public Task<SubAgentResult> RunSubAgentAsync(string callId, string agent, string task, CancellationToken cancellationToken) =>
        services.StartSubAgent(actor.Ticket, callId, agent, task, cancellationToken);

    // A caller that passes on no token would wait for a person long after its run.
    private async Task<T> WaitAsync<T>(Task<T> answer, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, HardStop);
        return await answer.WaitAsync(either.Token).ConfigureAwait(false);
    }
}
