using Autocoder.Core.Conversations;
using Autocoder.Core.Runs;
using Autocoder.Core.Runs.Approvals;
using Autocoder.Core.Sessions;
using Autocoder.Web.Endpoints.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Autocoder.Web.Endpoints.Conversations;

/// <summary>Takes answers to questions and to requests for approval. The first one from anywhere wins; later ones are told so.</summary>
internal static class AnswerEndpoints
{
    public static void MapAnswers(this IEndpointRouteBuilder api)
    {
        var conversation = api.MapGroup("/conversations/{id}")
            .WithTags("Conversations")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        conversation.MapPost("answers", AnswerAsync).WithSummary("Answers questions of a run. The first answer wins.");
        conversation.MapPost("approvals/{approvalId}", ApproveAsync)
            .WithSummary("Allows or refuses what a run asks to be allowed. The first answer wins.");
    }

    private static async Task<Ok<Done>> AnswerAsync(
        Guid id, AnswersBody body, SessionRegistry registry, CancellationToken cancellationToken)
    {
        var session = await registry.OpenAsync(id, cancellationToken);
        var answers = body.Answers.RequireItems("answers").Select(ToAnswer).ToList();
        var receipt = await session.AnswerAsync(body.RequestId, answers, cancellationToken);
        return receipt.Status switch
        {
            AnswerStatus.Accepted => TypedResults.Ok(new Done(true, "Answered. The run goes on.")),
            AnswerStatus.TooLate => throw RequestRefusedException.Conflict("answer_too_late", receipt.Reason!),
            _ => throw RequestRefusedException.Unprocessable("answer_invalid", receipt.Reason!),
        };
    }

    private static async Task<Ok<Done>> ApproveAsync(
        Guid id, Guid approvalId, ApprovalBody body, SessionRegistry registry, CancellationToken cancellationToken)
    {
        if (body.Outcome is ApprovalOutcome.Expired)
        {
            throw RequestRefusedException.Unprocessable("approval_invalid", "\"Expired\" is not an answer: it is what becomes of a request nobody answers.");
        }

        var session = await registry.OpenAsync(id, cancellationToken);
        var receipt = await session.ApproveAsync(approvalId, new ApprovalAnswer(body.Outcome, body.Comment), cancellationToken);
        return receipt.Status switch
        {
            ApprovalStatus.Accepted => TypedResults.Ok(new Done(true, receipt.Reason ?? "Answered.")),
            ApprovalStatus.TooLate => throw RequestRefusedException.Conflict("approval_too_late", receipt.Reason!),
            ApprovalStatus.Unknown => throw RequestRefusedException.NotFound("approval_unknown", receipt.Reason!),
            _ => throw RequestRefusedException.Unprocessable("approval_invalid", receipt.Reason!),
        };
    }

    private static Answer ToAnswer(AnswerBody body, int index) => new(
        body.QuestionId, (body.OptionIds ?? []).RequireItems($"answers[{index}].optionIds"), body.Text);
}
