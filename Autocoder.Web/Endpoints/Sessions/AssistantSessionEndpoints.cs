using Autocoder.Core.Projects;
using Autocoder.Core.Sessions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Autocoder.Web.Endpoints.Sessions;

/// <summary>The live sessions of the assistant, as the older tool had them; a project may have several here.</summary>
internal static class AssistantSessionEndpoints
{
    public static void MapAssistantSessions(this IEndpointRouteBuilder api)
    {
        var sessions = api.MapGroup("/assistant/sessions").WithTags("Assistant");
        sessions.MapGet("", ListAsync).WithSummary("Lists the open assistant sessions of all projects.");
        sessions.MapGet("{project}", GetAsync)
            .WithSummary("Lists the open assistant sessions of a project, the one opened last first.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        sessions.MapDelete("{project}", CloseAsync)
            .WithSummary("Closes the assistant sessions of a project: what runs is stopped, the conversations are kept.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Ok<IReadOnlyList<SessionView>>> ListAsync(SessionRegistry registry, CancellationToken cancellationToken) =>
        TypedResults.Ok(await LiveSessions.ListAsync<AssistantSession>(registry, cancellationToken));

    private static async Task<Ok<IReadOnlyList<SessionView>>> GetAsync(
        string project, ProjectRegistry projects, SessionRegistry registry, CancellationToken cancellationToken)
    {
        var found = await projects.RequireAsync(project, cancellationToken);
        LiveSessions.Require<AssistantSession>(registry, found);
        return TypedResults.Ok(await LiveSessions.ListAsync<AssistantSession>(registry, cancellationToken, found.Id));
    }

    private static async Task<Ok<Done>> CloseAsync(
        string project, ProjectRegistry projects, SessionRegistry registry, CancellationToken cancellationToken) =>
        TypedResults.Ok(await LiveSessions.CloseAsync<AssistantSession>(
            registry, await projects.RequireAsync(project, cancellationToken), cancellationToken));
}
