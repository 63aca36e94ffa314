using Autocoder.Web.Security;
using Microsoft.AspNetCore.Http;

namespace Autocoder.Tests.Web.Security;

public sealed class HostOriginMiddlewareTests
{
    private const int Port = 4280;

    [Theory]
    [InlineData("127.0.0.1:4280")]
    [InlineData("localhost:4280")]
    [InlineData("LOCALHOST:4280")]
    [InlineData("[::1]:4280")]
    public async Task Our_own_address_is_let_through(string host) =>
        Assert.Equal(200, await StatusAsync(context => context.Request.Headers.Host = host));

    [Theory]
    [InlineData("evil.test")]
    [InlineData("evil.test:4280")]
    [InlineData("localhost.evil.test:4280")]
    [InlineData("127.0.0.1.nip.io:4280")]
    [InlineData("sub.localhost:4280")]
    [InlineData("localhost.:4280")]
    [InlineData("0.0.0.0:4280")]
    [InlineData("127.1:4280")]
    [InlineData("2130706433:4280")]
    [InlineData("[::ffff:7f00:1]:4280")]
    [InlineData("user@localhost:4280")]
    [InlineData("localhost")]
    [InlineData("localhost:80")]
    [InlineData("localhost:99999")]
    [InlineData("")]
    [InlineData(" localhost:4280")]
    public async Task Any_other_host_is_refused(string host) =>
        Assert.Equal(400, await StatusAsync(context => context.Request.Headers.Host = host));

    [Fact]
    public async Task No_host_or_two_are_refused()
    {
        Assert.Equal(400, await StatusAsync(context => context.Request.Headers.Remove("Host")));
        Assert.Equal(400, await StatusAsync(context => context.Request.Headers.Host = new(["localhost:4280", "localhost:4280"])));
    }

    [Theory]
    [InlineData("http://localhost:4280", 200)]
    [InlineData("http://evil.test", 403)]
    [InlineData("null", 403)]
    [InlineData("file://", 403)]
    [InlineData("chrome-extension://x", 403)]
    [InlineData("https://localhost:4280", 403)]
    [InlineData("http://localhost:4281", 403)]
    [InlineData("http://127.0.0.1:4280", 403)]
    [InlineData("http://localhost", 403)]
    [InlineData("http://localhost:4280.evil.test", 403)]
    [InlineData("", 403)]
    public async Task An_origin_must_be_ours_exactly(string origin, int status)
    {
        Assert.Equal(status, await StatusAsync(context => context.Request.Headers.Origin = origin));
        Assert.Equal(status, await StatusAsync(context =>
        {
            context.Request.Headers.Origin = origin;
            context.Request.Method = "POST";
        }));
    }

    [Fact]
    public async Task Two_origins_are_refused() => Assert.Equal(403, await StatusAsync(context =>
        context.Request.Headers.Origin = new(["http://localhost:4280", "http://localhost:4280"])));

    [Theory]
    [InlineData("same-origin", "GET", "cors", "empty", 200)]
    [InlineData("none", "GET", "navigate", "document", 200)]
    [InlineData("cross-site", "GET", "navigate", "document", 200)]
    [InlineData("cross-site", "GET", "navigate", "iframe", 403)]
    [InlineData("cross-site", "GET", "no-cors", "image", 403)]
    [InlineData("same-site", "GET", "cors", "empty", 403)]
    [InlineData("same-site", "GET", "websocket", "websocket", 403)]
    [InlineData("cross-site", "POST", "navigate", "document", 403)]
    public async Task From_another_site_only_a_link_may_come(string site, string method, string mode, string destination, int status) =>
        Assert.Equal(status, await StatusAsync(context =>
        {
            context.Request.Method = method;
            context.Request.Headers["Sec-Fetch-Site"] = site;
            context.Request.Headers["Sec-Fetch-Mode"] = mode;
            context.Request.Headers["Sec-Fetch-Dest"] = destination;
        }));

    private static async Task<int> StatusAsync(Action<HttpContext> change)
    {
        var context = new DefaultHttpContext();
        context.Connection.LocalPort = Port;
        context.Request.Scheme = "http";
        context.Request.Method = "GET";
        context.Request.Headers.Host = "localhost:4280";
        change(context);
        await new HostOriginMiddleware(_ => Task.CompletedTask).InvokeAsync(context);
        return context.Response.StatusCode;
    }
}
