using Autocoder.Core.Conversations;
using Autocoder.Core.Engines;
using Autocoder.Core.Projects;
using Autocoder.Core.Sessions;
using Autocoder.Web.Endpoints.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Autocoder.Web.Endpoints.Conversations;

/// <summary>Conversations of any surface: make one, and look at one.</summary>
internal static class ConversationEndpoints
{
    private const int LongestTitle = 200;

    public static void MapConversations(this IEndpointRouteBuilder api)
    {
        var conversations = api.MapGroup("/conversations").WithTags("Conversations");
        conversations.MapPost("", CreateAsync)
            .WithSummary("Makes a conversation of the assistant or of an agent; for Spec, gives the one the project has.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        conversations.MapGet("{id}", GetAsync)
            .WithSummary("Shows what a conversation is now: what runs, what waits, what is asked, and the cursor to follow from.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    /// <summary>Makes a conversation, after looking whether its title and engine can be used.</summary>
    public static async Task<ConversationSummaryView> MakeAsync(
        Project project, ConversationKind surface, string? engine, string? title,
        SessionRegistry registry, IConversationList list, EngineCatalog engines, CancellationToken cancellationToken)
    {
        if (title?.Length > LongestTitle)
        {
            throw RequestRefusedException.Unprocessable("title_too_long", $"A title has at most {LongestTitle} characters; this one has {title.Length}. Nothing was made.");
        }

        if (engine is not null)
        {
            engines.Resolve(engine);
        }

        var trimmed = string.IsNullOrWhiteSpace(title) ? null : title.Trim();
        var id = await registry.CreateAsync(project.Id, surface, engine, trimmed, cancellationToken);
        return ConversationSummaryView.Of((await list.FindAsync(id, cancellationToken))!, project.Name.Value);
    }

    private static async Task<Results<Created<ConversationSummaryView>, Ok<ConversationSummaryView>>> CreateAsync(
        NewConversationBody body, ProjectRegistry projects, SessionRegistry registry, IConversationList list, EngineCatalog engines,
        CancellationToken cancellationToken)
    {
        var project = await projects.RequireAsync(body.Project, cancellationToken);
        if (body.Surface is not ConversationKind.Spec)
        {
            var made = await MakeAsync(project, body.Surface, body.Engine, body.Title, registry, list, engines, cancellationToken);
            return TypedResults.Created($"/api/conversations/{made.Id}", made);
        }

        if (body.Engine is not null || body.Title is not null)
        {
            throw RequestRefusedException.Unprocessable(
                "spec_has_no_choice", "A project has one specification, with the configured engine and its own title. Leave both out.");
        }

        var spec = await registry.OpenSpecAsync(project.Id, cancellationToken);
        return TypedResults.Ok(ConversationSummaryView.Of(
            (await list.FindAsync(spec.ConversationId, cancellationToken))!, project.Name.Value));
    }

    private static async Task<Ok<ConversationView>> GetAsync(
        Guid id, SessionRegistry registry, IConversationList list, CancellationToken cancellationToken)
    {
        var session = await registry.OpenAsync(id, cancellationToken);
        var summary = await list.FindAsync(id, cancellationToken) ?? throw new ConversationNotFoundException(id);
        return TypedResults.Ok(ConversationView.Of(
            ConversationSummaryView.Of(summary, session.Project.Name.Value), await session.GetAsync(cancellationToken), session.Viewers));
    }
}
