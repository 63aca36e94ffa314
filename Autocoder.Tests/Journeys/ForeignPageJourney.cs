using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Autocoder.Tests.Journeys;

/// <summary>Another site, open in the same browser, tries to get at the application.</summary>
[Collection(SharedBrowser.Name)]
public sealed class ForeignPageJourney(OfflineApp app) : IClassFixture<OfflineApp>
{
    private string Authority => app.Process.Address.Authority;

    [Fact]
    public async Task A_foreign_page_reaches_nothing()
    {
        using var site = new ForeignSite(app.Process.Address);
        await using var context = await app.NewContextAsync();
        var page = await context.NewPageAsync();
        var answers = new ConcurrentDictionary<string, int>();
        page.Response += (_, response) =>
        {
            if (new Uri(response.Url).Authority == Authority)
            {
                answers[$"{response.Request.Method} {new Uri(response.Url).PathAndQuery}"] = response.Status;
            }
        };
        await page.GotoAsync(site.Address.ToString());

        await Expect(page.Locator("#socket")).ToHaveTextAsync("refused");
        await Expect(page.Locator("#picture")).ToHaveTextAsync("refused");
        await Expect(page.Locator("#read")).Not.ToHaveTextAsync("waiting");
        await Expect(page.Locator("#post")).Not.ToHaveTextAsync("waiting");
        await page.GetByRole(AriaRole.Button, new() { Name = "Win a prize" }).ClickAsync();
        await Expect(page.GetByText("This request came from another site, so Autocoder refused it.")).ToBeVisibleAsync();

        Assert.Contains("GET /healthz", answers.Keys);
        Assert.Contains("POST /uploads?name=foreign.txt", answers.Keys);
        Assert.Contains("POST /uploads?name=form.txt", answers.Keys);
        Assert.All(answers, answer => Assert.Equal(403, answer.Value));

        // Both posts carried a file that an upload from our own page would have kept.
        Assert.Empty(Directory.GetFiles(Path.Combine(app.Process.DataDirectory, "blobs"), "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/healthz")]
    [InlineData("/app.css")]
    [InlineData("/_framework/blazor.web.js")]
    [InlineData("/_blazor/negotiate")]
    [InlineData("/uploads")]
    [InlineData("/nowhere")]
    public async Task A_foreign_host_or_origin_is_refused_on_every_address(string path)
    {
        var port = app.Process.Address.Port;
        foreach (var host in new[] { "evil.test", $"evil.test:{port}", "", "127.0.0.1", $"127.0.0.1:{port + 1}", $"localhost.evil.test:{port}" })
        {
            Assert.Equal(400, await StatusAsync(path, host, origin: null));
        }

        foreach (var origin in new[] { "http://evil.test", "null", $"http://127.0.0.1:{port + 1}", $"https://{Authority}", $"http://{Authority}.evil.test" })
        {
            Assert.Equal(403, await StatusAsync(path, Authority, origin));
        }

        // The same request without what is foreign about it gets as far as what it asks for.
        var found = new[] { await StatusAsync(path, Authority, origin: null), await StatusAsync(path, Authority, $"http://{Authority}") };
        Assert.DoesNotContain(400, found);
        if (path is not "/uploads")
        {
            Assert.DoesNotContain(403, found);
        }
    }

    [Fact]
    public async Task A_websocket_opens_for_our_own_origin_only()
    {
        Assert.Equal(WebSocketState.Open, await ConnectAsync($"http://{Authority}"));
        await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync("http://evil.test"));
        await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync("null"));
    }

    private async Task<WebSocketState> ConnectAsync(string origin)
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", origin);
        await socket.ConnectAsync(new Uri($"ws://{Authority}/_blazor"), CancellationToken.None);
        return socket.State;
    }

    // By hand, because clients for HTTP refuse to send what an attacker sends.
    private async Task<int> StatusAsync(string path, string host, string? origin)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(app.Process.Address.Host, app.Process.Address.Port);
        await using var stream = client.GetStream();
        var method = path is "/uploads" or "/_blazor/negotiate" ? "POST" : "GET";
        var originLine = origin is null ? "" : $"Origin: {origin}\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"{method} {path} HTTP/1.1\r\nHost: {host}\r\n{originLine}Content-Length: 0\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream, Encoding.ASCII);
        var line = await reader.ReadLineAsync() ?? "";
        return int.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }
}
