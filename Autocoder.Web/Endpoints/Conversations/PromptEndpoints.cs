using Autocoder.Core.Attachments;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Runs;
using Autocoder.Core.Sessions;
using Autocoder.Web.Endpoints.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Autocoder.Web.Endpoints.Conversations;

/// <summary>Sends prompts, and takes back those that wait.</summary>
internal static class PromptEndpoints
{
    public static void MapPrompts(this IEndpointRouteBuilder api)
    {
        var prompts = api.MapGroup("/conversations/{id}/prompts")
            .WithTags("Conversations")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        prompts.MapPost("", SendAsync)
            .WithSummary("Sends a prompt. It is kept when this answers; its run starts now or after the one at work.")
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        prompts.MapDelete("{promptId}", WithdrawAsync)
            .WithSummary("Takes back a prompt that waits.")
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Accepted<PromptAccepted>, Ok<PromptAccepted>>> SendAsync(
        Guid id, PromptBody body, SessionRegistry registry, AttachmentIntake intake, CancellationToken cancellationToken)
    {
        if (body.PromptId == Guid.Empty)
        {
            throw RequestRefusedException.Unprocessable("prompt_id_empty", "Every prompt has an id of its own, made by the client. Nothing was sent.");
        }

        var session = await registry.OpenAsync(id, cancellationToken);
        var attachments = await FindAsync(body.Attachments ?? [], intake, cancellationToken);
        var receipt = await session.SendAsync(
            new PromptAdmitted(body.PromptId, body.Text, attachments, Delivery: body.Delivery, PlanFirst: body.PlanFirst), cancellationToken);
        var answer = new PromptAccepted(body.PromptId, receipt.Status);
        return receipt.Status switch
        {
            PromptStatus.Refused => throw RequestRefusedException.Unprocessable("prompt_refused", receipt.Reason!),
            PromptStatus.AlreadySent => TypedResults.Ok(answer),
            _ => TypedResults.Accepted($"/api/conversations/{id}/events", answer),
        };
    }

    private static async Task<NoContent> WithdrawAsync(
        Guid id, Guid promptId, SessionRegistry registry, CancellationToken cancellationToken)
    {
        var session = await registry.OpenAsync(id, cancellationToken);
        if (await session.WithdrawAsync(promptId, cancellationToken))
        {
            return TypedResults.NoContent();
        }

        throw (await session.GetAsync(cancellationToken)).State.PromptIds.Contains(promptId)
            ? RequestRefusedException.Conflict("prompt_not_waiting", "This prompt does not wait any more: a run has it, or it was taken back before.")
            : RequestRefusedException.NotFound("prompt_unknown", "No prompt with this id was ever sent here.");
    }

    // By hash only: what a client calls a file is never a path here, and what it is follows from its bytes.
    private static async Task<IReadOnlyList<Attachment>> FindAsync(
        IReadOnlyList<AttachmentBody> wanted, AttachmentIntake intake, CancellationToken cancellationToken)
    {
        var found = new List<Attachment>();
        foreach (var upload in wanted.RequireItems("attachments"))
        {
            var result = await intake.FindAsync(upload.Name, upload.BlobHash, found, cancellationToken);
            found.Add(result.Accepted ?? throw RequestRefusedException.Unprocessable("attachment_refused", $"{result.Refusal} Nothing was sent."));
        }

        return found;
    }
}
