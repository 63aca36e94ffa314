using Autocoder.Core.Conversations;
using Autocoder.Core.Sessions;
using Autocoder.Web.Endpoints.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Autocoder.Web.Endpoints.Events;

/// <summary>The log of a conversation over HTTP: as pages, or as a stream that never ends.</summary>
internal static class EventEndpoints
{
    private const string EventStreamType = "text/event-stream";
    private const int DefaultLimit = 200;
    private const int MostEvents = 500;

    // By bytes too: an event may be large, and five hundred of them are not one answer.
    private const int MostBytes = 4 * 1024 * 1024;

    public static void MapEvents(this IEndpointRouteBuilder api) =>
        api.MapGet("/conversations/{id}/events", GetAsync)
            .WithTags("Conversations")
            .WithSummary("Gives the events after a cursor: a page of JSON, or with Accept: text/event-stream a stream of them for ever.")
            .WithDescription(
                "The stream's events are `recorded` (with an id: the cursor, which `Last-Event-ID` takes up again), `text` (more of a growing text), "
                + "`synced`, `heartbeat` and `expired`.")
            .Produces<EventPage>(StatusCodes.Status200OK, "application/json", EventStreamType)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status410Gone)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);

    private static async Task<IResult> GetAsync(
        Guid id,
        string? after,
        int? limit,
        [FromHeader(Name = "Last-Event-ID")] string? lastEventId,
        HttpContext context,
        SessionRegistry registry,
        IConversationLog log,
        CancellationToken cancellationToken)
    {
        // A browser that comes back asks for the same address as at first; its header says how far it got.
        var isStream = context.Request.GetTypedHeaders().Accept.Any(type => type.MediaType.Equals(EventStreamType, StringComparison.OrdinalIgnoreCase));
        var cursor = ParseCursor(isStream && !string.IsNullOrEmpty(lastEventId) ? lastEventId : after);
        if (limit is < 1 or > MostEvents)
        {
            throw RequestRefusedException.Invalid("limit_invalid", $"\"limit\" should be from 1 to {MostEvents}.");
        }

        var session = await registry.OpenAsync(id, cancellationToken);
        return isStream
            ? Stream(session, cursor, context)
            : TypedResults.Ok(Page(await log.PullAsync(id, LogPosition.At(cursor), limit ?? DefaultLimit, cancellationToken)));
    }

    private static ServerSentEventsResult<object> Stream(Session session, LogCursor after, HttpContext context)
    {
        var services = context.RequestServices;
        var options = services.GetRequiredService<IOptions<ApiOptions>>().Value;
        var seat = session.TryJoin(options.MaxViewers) ?? throw new RequestRefusedException(
            StatusCodes.Status429TooManyRequests,
            "too_many_viewers",
            $"{options.MaxViewers} viewers follow this conversation already. Close one, or ask for pages of events instead.");
        context.Response.RegisterForDispose(seat);

        // Without the second token, a stream that never ends would hold up the end of the server.
        var stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var follow = new FollowOptions { Heartbeat = options.Heartbeat, PageSize = EventStream.PageSize };
        var stream = new EventStream(
            (from, token) => session.FollowAsync(from, follow, token),
            services.GetRequiredService<TimeProvider>(), options.WriteTimeout, context.Abort);
        return TypedResults.ServerSentEvents(stream.ReadAsync(after, stopping));
    }

    private static EventPage Page(LogPull pull)
    {
        if (pull.Expired)
        {
            throw new RequestRefusedException(
                StatusCodes.Status410Gone,
                "cursor_expired",
                "The history of this conversation was rewritten since. Forget what you have, and begin again at \"restart\".")
            {
                More = new Dictionary<string, object?> { ["restart"] = pull.Cursor.ToString() },
            };
        }

        var events = new List<EventView>();
        var bytes = 0;
        foreach (var envelope in pull.Events)
        {
            var view = EventView.Of(envelope);
            bytes += view.Size;
            if (bytes > MostBytes && events.Count > 0)
            {
                break;
            }

            events.Add(view);
        }

        var reached = events.Count == 0 ? pull.Cursor.Sequence : events[^1].Sequence;
        return new EventPage(
            events,
            (pull.Cursor with { Sequence = reached }).ToString(),
            (pull.Cursor with { Sequence = pull.HeadSequence }).ToString(),
            reached < pull.HeadSequence);
    }

    private static LogCursor ParseCursor(string? text) =>
        string.IsNullOrEmpty(text) ? LogCursor.Start
        : LogCursor.TryParse(text, out var cursor) ? cursor
        : throw RequestRefusedException.Invalid("cursor_invalid", "\"after\" should be a cursor as this address gives it, for example v1.1.42; leave it out to begin at the start.");
}
