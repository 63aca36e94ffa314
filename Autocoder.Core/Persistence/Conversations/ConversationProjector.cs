using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Microsoft.EntityFrameworkCore;

namespace Autocoder.Core.Persistence.Conversations;

/// <summary>Brings the projections up to date, in the transaction that writes the events.</summary>
internal sealed class ConversationProjector(AutocoderDbContext context)
{
    private readonly Dictionary<Guid, ConversationRow> _rows = [];
    private readonly SearchIndex _search = new(context);

    public async Task ApplyAsync(EventEnvelope envelope, CancellationToken cancellationToken)
    {
        var row = await RowAsync(envelope, cancellationToken).ConfigureAwait(false);
        row.HeadSequence = envelope.Sequence;
        switch (envelope.Event)
        {
            case PromptAdmitted or PromptDelivered or PromptWithdrawn:
                await ApplyPromptAsync(row, envelope, cancellationToken).ConfigureAwait(false);
                break;
            case RunStarted or RunEnded:
                await ApplyRunAsync(row, envelope, cancellationToken).ConfigureAwait(false);
                break;
            case TextCompleted completed:
                await CloseTextAsync(completed.ItemId, cancellationToken).ConfigureAwait(false);
                break;
            case ReasoningCompleted completed:
                await CloseTextAsync(completed.ItemId, cancellationToken).ConfigureAwait(false);
                break;
            default:
                ApplySummary(row, envelope);
                break;
        }

        await _search.ApplyAsync(envelope, cancellationToken).ConfigureAwait(false);
    }

    private static void ApplySummary(ConversationRow row, EventEnvelope envelope)
    {
        switch (envelope.Event)
        {
            case ConversationRenamed renamed:
                row.Title = renamed.Title;
                break;
            case EngineSwitched switched:
                row.Engine = switched.Engine;
                break;
            case ConversationTrashed:
                row.TrashedAt = envelope.At;
                break;
            case ConversationRestored:
                row.TrashedAt = null;
                break;
            case ConversationPinChanged changed:
                row.IsPinned = changed.IsPinned;
                break;
            case ConversationArchiveChanged changed:
                row.IsArchived = changed.IsArchived;
                break;
            case ConversationDeleted:
                row.DeletedAt = envelope.At;
                break;
            case QuestionsAsked or ApprovalRequested:
                row.OpenQuestions++;
                row.UpdatedAt = envelope.At;
                break;
            case QuestionsAnswered or QuestionsExpired or ApprovalResolved:
                row.OpenQuestions--;
                row.UpdatedAt = envelope.At;
                break;
            case SpecApproved:
                row.UpdatedAt = envelope.At;
                break;
        }
    }

    private async Task ApplyPromptAsync(ConversationRow row, EventEnvelope envelope, CancellationToken cancellationToken)
    {
        switch (envelope.Event)
        {
            case PromptAdmitted admitted:
                row.Prompts++;
                row.UpdatedAt = envelope.At;
                context.Add(new PromptRow { Id = admitted.PromptId, ConversationId = row.Id, AdmittedAt = envelope.At });
                break;
            case PromptDelivered delivered:
                (await FindAsync<PromptRow>(delivered.PromptId, cancellationToken).ConfigureAwait(false)).RunId = envelope.RunId;
                break;
            case PromptWithdrawn withdrawn:
                (await FindAsync<PromptRow>(withdrawn.PromptId, cancellationToken).ConfigureAwait(false)).Withdrawn = true;
                break;
        }
    }

    private async Task ApplyRunAsync(ConversationRow row, EventEnvelope envelope, CancellationToken cancellationToken)
    {
        row.UpdatedAt = envelope.At;
        switch (envelope.Event)
        {
            case RunStarted started:
                row.ActiveRunId = started.RunId;
                context.Add(new RunRow
                {
                    Id = started.RunId,
                    ConversationId = row.Id,
                    PromptId = started.PromptId,
                    Profile = started.Profile,
                    ProfileVersion = started.ProfileVersion,
                    Engine = started.Engine,
                    Model = started.Model,
                    StartedAt = envelope.At,
                });
                break;
            case RunEnded ended:
                row.ActiveRunId = null;
                row.LastOutcome = ended.Outcome;
                var run = await FindAsync<RunRow>(envelope.RunId!.Value, cancellationToken).ConfigureAwait(false);
                run.Outcome = ended.Outcome;
                run.Error = ended.Error?.Code;
                run.Tokens = ended.Usage.Total;
                run.ToolCalls = ended.ToolCalls;
                run.FilesChanged = ended.FilesChanged;
                run.EndedAt = envelope.At;

                // Written at once: the next run of the same batch is checked against the unique index.
                await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
                break;
        }
    }

    private Task<int> CloseTextAsync(Guid itemId, CancellationToken cancellationToken) =>
        context.Set<OpenTextRow>().Where(piece => piece.ItemId == itemId).ExecuteDeleteAsync(cancellationToken);

    private async Task<ConversationRow> RowAsync(EventEnvelope envelope, CancellationToken cancellationToken)
    {
        if (!_rows.TryGetValue(envelope.ConversationId, out var row))
        {
            row = envelope.Event is ConversationCreated created
                ? Add(created, envelope)
                : await FindAsync<ConversationRow>(envelope.ConversationId, cancellationToken).ConfigureAwait(false);
            _rows[envelope.ConversationId] = row;
        }

        return row;
    }

    private ConversationRow Add(ConversationCreated created, EventEnvelope envelope) => context.Add(new ConversationRow
    {
        Id = envelope.ConversationId,
        ProjectId = created.ProjectId,
        ParentId = created.ParentId,
        Surface = created.Surface,
        Title = created.Title,
        Engine = created.Engine,
        CreatedAt = envelope.At,
        UpdatedAt = envelope.At,
    }).Entity;

    private async Task<T> FindAsync<T>(Guid id, CancellationToken cancellationToken) where T : class =>
        await context.Set<T>().FindAsync([id], cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException($"The projection {typeof(T).Name} {id} is missing.");
}
