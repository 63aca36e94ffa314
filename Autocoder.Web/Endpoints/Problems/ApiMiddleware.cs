using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Engines;
using Autocoder.Core.Persistence;
using Autocoder.Core.Projects;

namespace Autocoder.Web.Endpoints.Problems;

/// <summary>The edge of the HTTP interface: whatever goes wrong behind it leaves as a problem body with words and a code.</summary>
/// <remarks>
/// It also refuses a POST that is not JSON. A form on another site can post without asking, but not as JSON; the check of host
/// and origin comes first, this is the second wall.
/// </remarks>
public sealed partial class ApiMiddleware(RequestDelegate next, ILogger<ApiMiddleware> logger)
{
    private static readonly PathString Root = new("/api");

    /// <summary>Does nothing for what is not under <c>/api</c>.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Request.Path.StartsWithSegments(Root) ? GuardAsync(context) : next(context);
    }

    private async Task GuardAsync(HttpContext context)
    {
        try
        {
            if (HttpMethods.IsPost(context.Request.Method) && !context.Request.HasJsonContentType())
            {
                throw new RequestRefusedException(
                    StatusCodes.Status415UnsupportedMediaType,
                    "content_type_not_json",
                    "Send it as JSON, with the header Content-Type: application/json; {} where there is nothing to say. Nothing was done.");
            }

            // Before anything is read: reading a body that is refused half way confuses the connection it comes on.
            if (context.Request.ContentLength > ApiEndpoints.LargestBody)
            {
                throw OfStatus(StatusCodes.Status413PayloadTooLarge);
            }

            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null })
            {
                await WriteAsync(context, OfStatus(context.Response.StatusCode));
            }
        }
        catch (Exception exception) when (context.Response.HasStarted || context.RequestAborted.IsCancellationRequested)
        {
            // Too late for words: the client is gone, or has part of an answer. Only what nobody intended is worth a line.
            if (exception is not (OperationCanceledException or IOException))
            {
                LogBrokenOff(exception, context.TraceIdentifier);
                context.Abort();
            }
        }
        catch (Exception exception)
        {
            await WriteAsync(context, Translate(exception, context));
        }
    }

    private RequestRefusedException Translate(Exception exception, HttpContext context)
    {
        switch (exception)
        {
            case RequestRefusedException refusal:
                return refusal;
            case BadHttpRequestException { InnerException: JsonException json }:
                return RequestRefusedException.Invalid("body_invalid", BodyProblem.Describe(json));
            case BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest } bad:
                return RequestRefusedException.Invalid("request_invalid", BodyProblem.Describe(bad));
            case BadHttpRequestException bad:
                return OfStatus(bad.StatusCode);
            case ConversationNotFoundException:
                return RequestRefusedException.NotFound("conversation_unknown", "There is no such conversation. It may have been deleted.");
            case ProjectNotFoundException missing:
                return RequestRefusedException.NotFound("project_unknown", missing.Message);
            case EngineException engine:
                return RequestRefusedException.Unprocessable(engine.Code, engine.Message);
            case StorageException storage:
                return new RequestRefusedException(StatusCodes.Status503ServiceUnavailable, storage.Code, storage.Message);
            default:
                // Neither the message nor the stack leaves: they may name what is nobody's business. The id finds both in the log.
                LogFailed(exception, context.Request.Method, context.Request.Path, context.TraceIdentifier);
                return new RequestRefusedException(
                    StatusCodes.Status500InternalServerError,
                    "internal_error",
                    $"Something went wrong inside Autocoder. What was recorded before is safe. The server's log names it {context.TraceIdentifier}.");
        }
    }

    private static RequestRefusedException OfStatus(int status) => status switch
    {
        StatusCodes.Status404NotFound => new(status, "not_found", "There is nothing at this address. /openapi/v1.json lists what there is."),
        StatusCodes.Status405MethodNotAllowed => new(status, "method_not_allowed", "This address does not take this method. /openapi/v1.json lists what there is."),
        StatusCodes.Status413PayloadTooLarge => new(status, "body_too_large", $"The body is too large: at most {ApiEndpoints.LargestBody / 1024 / 1024} MB. Nothing was done."),
        StatusCodes.Status415UnsupportedMediaType => new(status, "content_type_not_json", "Send it as JSON, with the header Content-Type: application/json. Nothing was done."),
        _ => new(status, "request_invalid", "The request cannot be understood. Nothing was done."),
    };

    private static Task WriteAsync(HttpContext context, RequestRefusedException refusal)
    {
        context.Response.ContentLength = null;
        var problem = TypedResults.Problem(
            refusal.Message,
            statusCode: refusal.Status,
            extensions: [new("code", refusal.Code), new("correlationId", context.TraceIdentifier), .. refusal.More ?? new Dictionary<string, object?>()]);
        return problem.ExecuteAsync(context);
    }

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed ({CorrelationId}).")]
    private partial void LogFailed(Exception exception, string method, string path, string correlationId);

    [LoggerMessage(LogLevel.Error, "An answer broke off ({CorrelationId}).")]
    private partial void LogBrokenOff(Exception exception, string correlationId);
}
