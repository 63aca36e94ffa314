using Autocoder.Core.Conversations;
using Autocoder.Core.Sessions;
using Autocoder.Web.Endpoints.Problems;
using Autocoder.Web.Exports;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Autocoder.Web.Endpoints.Conversations;

/// <summary>Takes a conversation along as one file.</summary>
internal static class ExportEndpoints
{
    public static void MapExports(this IEndpointRouteBuilder api) => api.MapGet("/conversations/{id}/export", ExportAsync)
        .WithTags("Conversations")
        .WithSummary("Gives a conversation as one file: format=md to read, html to read offline, json for its events.")
        .Produces<string>(StatusCodes.Status200OK, "text/markdown", "application/json", "text/html")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound);

    // Always to be saved, never shown: what a model wrote is not a page of ours.
    private static async Task<PushStreamHttpResult> ExportAsync(
        Guid id, string? format, SessionRegistry registry, IConversationList list, ConversationExport export, CancellationToken cancellationToken)
    {
        var (chosen, mediaType) = format switch
        {
            "md" => (ExportFormat.Markdown, "text/markdown; charset=utf-8"),
            "json" => (ExportFormat.Json, "application/json"),
            "html" => (ExportFormat.Html, "text/html; charset=utf-8"),
            _ => throw RequestRefusedException.Invalid("format_invalid", "\"format\" should be md, json or html."),
        };
        var session = await registry.OpenAsync(id, cancellationToken);
        var conversation = await list.FindAsync(id, cancellationToken) ?? throw new ConversationNotFoundException(id);
        return TypedResults.Stream(
            to => export.WriteAsync(to, conversation, session.Project.Name.Value, chosen, cancellationToken),
            mediaType, ConversationExport.FileName(conversation.Title, chosen));
    }
}
