using System.Text.Json;
using System.Text.Json.Serialization;
using Autocoder.Web.Endpoints.Conversations;
using Autocoder.Web.Endpoints.Events;
using Autocoder.Web.Endpoints.Sessions;
using Autocoder.Web.Exports;
using Microsoft.AspNetCore.Mvc;

namespace Autocoder.Web.Endpoints;

/// <summary>The HTTP interface for scripts: everything under <c>/api</c>, and its description at <c>/openapi/v1.json</c>.</summary>
public static class ApiEndpoints
{
    /// <summary>The largest body, in bytes: the longest prompt, with every character escaped, has room in it.</summary>
    public const int LargestBody = 4 * 1024 * 1024;

    /// <summary>Adds what the endpoints need.</summary>
    public static void AddApi(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<ApiOptions>().BindConfiguration(ApiOptions.SectionName).ValidateDataAnnotations();
        services.AddSingleton<ConversationExport>();
        services.ConfigureHttpJsonOptions(options => Configure(options.SerializerOptions));

        // So that a body that does not fit reaches the one place that puts it into words.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddOpenApi("v1", options => options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Autocoder";
            document.Info.Description = "What the pages do, for scripts. Refusals are problem bodies (RFC 9457) with a stable `code`; see docs/http.md.";
            document.Info.Version = "1";
            return Task.CompletedTask;
        }));
    }

    /// <summary>Maps all of it.</summary>
    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi();
        var api = routes.MapGroup("/api")
            .WithMetadata(new RequestSizeLimitAttribute(LargestBody))
            .ProducesProblem(StatusCodes.Status500InternalServerError)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        api.MapSpecSessions();
        api.MapAssistantSessions();
        api.MapAssistantConversations();
        api.MapConversations();
        api.MapPrompts();
        api.MapAnswers();
        api.MapStops();
        api.MapEvents();
        api.MapExports();
    }

    // Strict: what is misspelt, missing, doubled or null is refused with its place, instead of being taken for a default.
    private static void Configure(JsonSerializerOptions options)
    {
        options.Converters.Add(new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false));
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.AllowDuplicateProperties = false;
    }
}
