using Autocoder.Core.Conversations;
using Autocoder.Core.Engines;
using Autocoder.Core.Projects;
using Autocoder.Core.Sessions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Autocoder.Web.Endpoints.Conversations;

/// <summary>The conversations of the assistant, as the older tool had them.</summary>
internal static class AssistantConversationEndpoints
{
    public static void MapAssistantConversations(this IEndpointRouteBuilder api)
    {
        var conversations = api.MapGroup("/assistant/conversations/{project}")
            .WithTags("Assistant")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        conversations.MapGet("", ListAsync).WithSummary("Lists the conversations of a project, the newest change first, without the trash.");
        conversations.MapPost("", CreateAsync)
            .WithSummary("Makes a conversation.")
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        conversations.MapGet("{id}", GetAsync).WithSummary("Shows a conversation with its messages.");
        conversations.MapDelete("{id}", TrashAsync)
            .WithSummary("Stops what runs in a conversation and moves it to the trash, from where it can be restored.");
    }

    private static async Task<Ok<IReadOnlyList<ConversationSummaryView>>> ListAsync(
        string project, ProjectRegistry projects, IConversationList list, CancellationToken cancellationToken)
    {
        var found = await projects.RequireAsync(project, cancellationToken);
        var summaries = await list.ListAsync(found.Id, ConversationKind.Assistant, trashed: false, cancellationToken);
        return TypedResults.Ok<IReadOnlyList<ConversationSummaryView>>(
            [.. summaries.Select(summary => ConversationSummaryView.Of(summary, found.Name.Value))]);
    }

    // 200, not 201: scripts written for the older tool look at the status.
    private static async Task<Ok<ConversationSummaryView>> CreateAsync(
        string project, NewAssistantConversationBody? body,
        ProjectRegistry projects, SessionRegistry registry, IConversationList list, EngineCatalog engines, CancellationToken cancellationToken)
    {
        var found = await projects.RequireAsync(project, cancellationToken);
        return TypedResults.Ok(await ConversationEndpoints.MakeAsync(
            found, ConversationKind.Assistant, engine: null, body?.Title, registry, list, engines, cancellationToken));
    }

    private static async Task<Ok<ConversationDetail>> GetAsync(
        string project, Guid id, ProjectRegistry projects, IConversationList list, IConversationLog log, CancellationToken cancellationToken)
    {
        var (found, summary) = await RequireAsync(project, id, projects, list, cancellationToken);
        return TypedResults.Ok(ConversationDetail.Of(
            ConversationSummaryView.Of(summary, found.Name.Value), await log.ReadAsync(id, 0, int.MaxValue, cancellationToken)));
    }

    private static async Task<Ok<Done>> TrashAsync(
        string project, Guid id, ProjectRegistry projects, SessionRegistry registry, IConversationList list, CancellationToken cancellationToken)
    {
        var (_, summary) = await RequireAsync(project, id, projects, list, cancellationToken);
        var session = await registry.OpenAssistantAsync(summary.Id, cancellationToken);
        await session.TrashAsync(cancellationToken);
        await registry.CloseAsync(session, cancellationToken);
        return TypedResults.Ok(new Done(true, "Moved to the trash. Nothing of it is lost: restore it from there to go on."));
    }

    private static async Task<(Project Project, ConversationSummary Summary)> RequireAsync(
        string project, Guid id, ProjectRegistry projects, IConversationList list, CancellationToken cancellationToken)
    {
        var found = await projects.RequireAsync(project, cancellationToken);
        return await list.FindAsync(id, cancellationToken) is { Surface: ConversationKind.Assistant } summary && summary.ProjectId == found.Id
            ? (found, summary)
            : throw new ConversationNotFoundException(id);
    }
}
