using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Autocoder.Tests.TestSupport.ScriptedAnthropic;

/// <summary>A Messages API on a loopback port that plays a scenario, for the real SDK and the real Claude Code CLI.</summary>
/// <remarks>The form of scenarios is that of <c>fake-anthropic</c>; the files are beside this one.</remarks>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private static readonly string[] Models = ["claude-opus-4-8", "claude-sonnet-5", "claude-haiku-4-5-20251001"];

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ScriptedRequest> _requests = new();
    private readonly CancellationTokenSource _closing = new();
    private volatile ScenarioBook _book;

    private ScriptedServer(WebApplication app, ScenarioBook book)
    {
        _app = app;
        _book = book;
    }

    public Uri Address { get; private set; } = null!;

    /// <summary>Everything that was asked, in order.</summary>
    public IReadOnlyList<ScriptedRequest> Requests => [.. _requests];

    /// <summary>The calls of a model, without probes, lists and counting.</summary>
    public IReadOnlyList<ScriptedRequest> Calls => [.. _requests.Where(request => request.Path == "/v1/messages")];

    /// <summary>Starts it on a free port.</summary>
    /// <param name="scenario">A file's name without ending, or the JSON of a scenario.</param>
    public static async Task<ScriptedServer> StartAsync(string scenario)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.Limits.MaxRequestBodySize = null;
            options.Listen(System.Net.IPAddress.Loopback, 0);
        });
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(200));
        var server = new ScriptedServer(builder.Build(), ScenarioBook.Read(scenario));
        server._app.Run(server.HandleAsync);
        await server._app.StartAsync();
        server.Address = new Uri(server._app.Urls.Single(url => url.Contains("127.0.0.1", StringComparison.Ordinal)));
        return server;
    }

    /// <summary>Plays something else from now on.</summary>
    public void Play(string scenario) => _book = ScenarioBook.Read(scenario);

    /// <summary>Gives a placeholder of scenarios its value.</summary>
    public ScriptedServer With(string name, string value)
    {
        _book.Values[name] = value;
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _app.DisposeAsync();
        _closing.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var text = await reader.ReadToEndAsync(context.RequestAborted);
        var request = new ScriptedRequest(
            context.Request.Method,
            context.Request.Path.Value ?? "",
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            text);
        _requests.Enqueue(request);
        var path = request.Path;
        switch (request.Method, path)
        {
            case ("POST", "/v1/messages"):
                await PlayAsync(context, request);
                break;
            case ("POST", "/v1/messages/count_tokens"):
                await WriteAsync(context, 200, new JsonObject { ["input_tokens"] = (text.Length + 3) / 4 });
                break;
            case ("GET", "/v1/models"):
                if (_book.RequiredKey is { } key && request.Key != key)
                {
                    await ReplyWriter.WriteErrorAsync(context, 401, "authentication_error", "invalid x-api-key");
                    break;
                }

                await WriteAsync(context, 200, new JsonObject { ["data"] = new JsonArray([.. Models.Select(Model)]), ["has_more"] = false, ["first_id"] = Models[0], ["last_id"] = Models[^1] });
                break;
            case ("GET", _) when path.StartsWith("/v1/models/", StringComparison.Ordinal):
                await WriteAsync(context, 200, Model(Uri.UnescapeDataString(path["/v1/models/".Length..])));
                break;
            case (_, "/" or "/api/hello"):
                await WriteAsync(context, 200, new JsonObject { ["message"] = "hello" });
                break;
            default:
                await ReplyWriter.WriteErrorAsync(context, 404, "not_found_error", $"{request.Method} {path} is not part of the scripted API");
                break;
        }
    }

    private async Task PlayAsync(HttpContext context, ScriptedRequest request)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _closing.Token);
        try
        {
            await new ReplyWriter(context, _book, request).WriteAsync(either.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            request.Outcome = "closed by the client";
            context.Abort();
        }
    }

    private static JsonObject Model(string id) => new()
    {
        ["type"] = "model",
        ["id"] = id,
        ["display_name"] = id,
        ["created_at"] = "2025-01-01T00:00:00Z",
    };

    private static async Task WriteAsync(HttpContext context, int status, JsonObject body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.WriteAsync(body.ToJsonString());
        }
    }
}
