namespace Autocoder.Web.Security;

/// <summary>Headers that keep a page from doing what it has no need to do, even if hostile text got through as markup.</summary>
public sealed class SecurityHeadersMiddleware(RequestDelegate next)
{
    // Inline styles are how the component library places its popups; inline script there is none.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; "
        + "connect-src 'self' ws://{0}; form-action 'self'; base-uri 'self'; frame-ancestors 'none'";

    /// <summary>Adds them to every answer.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy.Replace("{0}", context.Request.Headers.Host.ToString(), StringComparison.Ordinal);
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        return next(context);
    }
}
