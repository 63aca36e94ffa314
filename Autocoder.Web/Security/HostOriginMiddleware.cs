using Microsoft.Extensions.Primitives;

namespace Autocoder.Web.Security;

/// <summary>The first thing every request meets: it must have come to our own address, and from our own pages.</summary>
/// <remarks>
/// A web page anywhere can reach a server on this machine: by a name that it lets point here (the Host is then not ours), by
/// a WebSocket, which no rule of browsers holds back (the Origin is then not ours), or by a form or a picture
/// (<c>Sec-Fetch-Site</c> then says so). Programs that are not browsers send no Origin and pass; they run as the person anyway.
/// </remarks>
public sealed class HostOriginMiddleware(RequestDelegate next)
{
    /// <summary>Passes on what is ours; answers 400 to a foreign Host and 403 to a foreign origin.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (OurHost(context) is not { } host)
        {
            return RefuseAsync(context, StatusCodes.Status400BadRequest, "Autocoder answers only to its own address on this machine.");
        }

        return IsOurOrigin(context.Request.Headers.Origin, $"{context.Request.Scheme}://{host}") && IsOurFetch(context.Request)
            ? next(context)
            : RefuseAsync(context, StatusCodes.Status403Forbidden, "This request came from another site, so Autocoder refused it.");
    }

    // With its port, because another program may answer to the same name on another port.
    private static string? OurHost(HttpContext context)
    {
        var port = context.Connection.LocalPort;
        return context.Request.Headers.Host is { Count: 1 } hosts
            && hosts[0] is { } host
            && new[] { $"127.0.0.1:{port}", $"localhost:{port}", $"[::1]:{port}" }.Contains(host, StringComparer.OrdinalIgnoreCase)
            ? host : null;
    }

    private static bool IsOurOrigin(StringValues origins, string ours) =>
        origins.Count == 0 || (origins.Count == 1 && string.Equals(origins[0], ours, StringComparison.OrdinalIgnoreCase));

    // A link from elsewhere may open one of our pages in a window of its own; nothing else from elsewhere is wanted.
    private static bool IsOurFetch(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none"
        || (HttpMethods.IsGet(request.Method)
            && request.Headers["Sec-Fetch-Mode"] == "navigate"
            && request.Headers["Sec-Fetch-Dest"] == "document");

    private static Task RefuseAsync(HttpContext context, int status, string sentence)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(sentence);
    }
}
