using Autocoder.Core.Sessions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Autocoder.Web.Endpoints.Conversations;

/// <summary>Stops runs. By run id, so that a slow or repeated request never stops the next one.</summary>
internal static class StopEndpoints
{
    public static void MapStops(this IEndpointRouteBuilder api)
    {
        api.MapPost("/sessions/{id}/stop", StopActiveAsync)
            .WithTags("Conversations")
            .WithSummary("Stops the run of a conversation: the one named, or the one at work now. Answers when it has ended.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
        api.MapPost("/conversations/{id}/runs/{runId}/stop", StopRunAsync)
            .WithTags("Conversations")
            .WithSummary("Stops a run. Harmless when it has ended. Answers when it has ended.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
    }

    private static Task<Ok<StopAnswer>> StopActiveAsync(
        Guid id, Guid? runId, StopBody? body, SessionRegistry registry, CancellationToken cancellationToken) =>
        StopAsync(id, body?.RunId ?? runId, registry, cancellationToken);

    private static Task<Ok<StopAnswer>> StopRunAsync(
        Guid id, Guid runId, SessionRegistry registry, CancellationToken cancellationToken) =>
        StopAsync(id, runId, registry, cancellationToken);

    private static async Task<Ok<StopAnswer>> StopAsync(
        Guid id, Guid? runId, SessionRegistry registry, CancellationToken cancellationToken)
    {
        var session = await registry.OpenAsync(id, cancellationToken);
        var active = (await session.GetAsync(cancellationToken)).State.Run?.RunId;
        if (active is not { } run || (runId is { } named && named != run))
        {
            return TypedResults.Ok(new StopAnswer(false, "no active run"));
        }

        await session.StopAsync(run, cancellationToken);
        return TypedResults.Ok(new StopAnswer(true, RunId: run));
    }
}
