using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Autocoder.Tests.Tools.Web;

/// <summary>A web site on a loopback port, which a fetcher with another idea of what is public can reach.</summary>
internal sealed class WebSite : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebSite(WebApplication app) => _app = app;

    /// <summary>What was asked for: the path, and the headers by line.</summary>
    public ConcurrentQueue<(string Path, string Headers)> Requests { get; } = new();

    public int Port => new Uri(_app.Urls.Single()).Port;

    public static async Task<WebSite> StartAsync(Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(200));
        var site = new WebSite(builder.Build());
        site._app.Run(context =>
        {
            site.Requests.Enqueue((
                context.Request.Path.Value + context.Request.QueryString,
                string.Join('\n', context.Request.Headers.Select(header => $"{header.Key}: {header.Value}"))));
            return answer(context);
        });
        await site._app.StartAsync();
        return site;
    }

    /// <summary>Answers with a page.</summary>
    public static Func<HttpContext, Task> Page(string content, string type = "text/html; charset=utf-8") => context =>
    {
        context.Response.ContentType = type;
        return context.Response.WriteAsync(content);
    };

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
