using Autocoder.Core.Conversations;
using Autocoder.Core.Sessions;
using Autocoder.Web.Endpoints.Problems;
using Autocoder.Web.Exports;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Autocoder.Web.Endpoints.Conversations;

/// <summary>Takes a conversation along as one file.</summary>
internal static class ExportEndpoints
{
    public static void MapExports(this IEndpointRouteBuilder api)
    {
        api.MapGet("/conversations/{id}/export", ExportAsync)
            .WithTags("Conversations")
            .WithSummary("Gives a conversation as one file: format=md to read, html to read offline, json for its events.")
            .Produces<string>(StatusCodes.Status200OK, "text/markdown", "application/json", "text/html")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/conversations/{id}/runs/{runId}/report", ReportAsync)
            .WithTags("Conversations")
            .WithSummary("Gives one run as a page to read offline: what was asked, what came of it, what it cost, and all it did.")
            .Produces<string>(StatusCodes.Status200OK, "text/html")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<FileContentHttpResult> ReportAsync(
        Guid id, Guid runId, SessionRegistry registry, IConversationList list, ConversationExport export, CancellationToken cancellationToken)
    {
        var session = await registry.OpenAsync(id, cancellationToken);
        var conversation = await list.FindAsync(id, cancellationToken) ?? throw new ConversationNotFoundException(id);
        using var page = new MemoryStream();
        return await export.WriteReportAsync(page, conversation, session.Project.Name.Value, runId, cancellationToken)
            ? TypedResults.File(page.ToArray(), "text/html; charset=utf-8", ConversationExport.FileName($"run {conversation.Title}", ExportFormat.Html))
            : throw RequestRefusedException.NotFound("run_not_found", "This conversation has no such run.");
    }

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
