using Autocoder.Core.Projects;
using Autocoder.Core.Sessions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Autocoder.Web.Endpoints.Sessions;

/// <summary>The live sessions of the spec wizard, as the older tool had them. A project has at most one.</summary>
internal static class SpecSessionEndpoints
{
    public static void MapSpecSessions(this IEndpointRouteBuilder api)
    {
        var sessions = api.MapGroup("/spec/sessions").WithTags("Spec");
        sessions.MapGet("", ListAsync).WithSummary("Lists the open spec sessions of all projects.");
        sessions.MapGet("{project}", GetAsync)
            .WithSummary("Shows the open spec session of a project.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        sessions.MapDelete("{project}", CloseAsync)
            .WithSummary("Closes the spec session of a project: what runs is stopped, the conversation is kept.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Ok<IReadOnlyList<SessionView>>> ListAsync(SessionRegistry registry, CancellationToken cancellationToken) =>
        TypedResults.Ok(await LiveSessions.ListAsync<SpecSession>(registry, cancellationToken));

    private static async Task<Ok<SessionView>> GetAsync(
        string project, ProjectRegistry projects, SessionRegistry registry, CancellationToken cancellationToken)
    {
        var found = await projects.RequireAsync(project, cancellationToken);
        return TypedResults.Ok(await SessionView.OfAsync(LiveSessions.Require<SpecSession>(registry, found)[0], cancellationToken));
    }

    private static async Task<Ok<Done>> CloseAsync(
        string project, ProjectRegistry projects, SessionRegistry registry, CancellationToken cancellationToken) =>
        TypedResults.Ok(await LiveSessions.CloseAsync<SpecSession>(
            registry, await projects.RequireAsync(project, cancellationToken), cancellationToken));
}
