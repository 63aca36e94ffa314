using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Autocoder.Core.Conversations;
using Microsoft.Extensions.DependencyInjection;

namespace Autocoder.Tests.Web.Endpoints;

/// <summary>The contract of the log, held outside Blazor: by clients that follow with server-sent events.</summary>
public sealed class EventStreamTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private WebApp _app = null!;

    private Doorbells Bells => (Doorbells)_app.Services.GetRequiredService<IWakeBus>();

    public async Task InitializeAsync() => _app = await WebApp.StartAsync(TalkingEngine.Create());

    public Task DisposeAsync() => _app.DisposeAsync().AsTask();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_client_that_is_cut_off_again_and_again_gets_every_event_once_and_every_text_whole(int seed)
    {
        const int Texts = 5, Pieces = 80;
        var random = new Random(seed);
        var id = await _app.CreateAsync();
        var viewer = new SseViewer();
        await _app.PromptAsync(id, $"tell {Texts} x {Pieces}");

        string? last = null;
        for (var cuts = 0; !viewer.HasEnded; cuts++)
        {
            Assert.True(cuts < 5_000, "It never got to the end.");
            await using var connection = await _app.Client.FollowAsync(id, last);
            for (var left = random.Next(1, 12); left > 0 && !viewer.HasEnded; left--)
            {
                viewer.Apply((await connection.NextAsync())!.Value);
            }

            // A browser remembers the last id over connections that brought none.
            last = connection.LastEventId ?? last;
        }

        var log = await _app.Log.ReadAsync(id, 0, 1000, CancellationToken.None);
        Assert.Equal(log.Select(envelope => envelope.Sequence), viewer.Sequences);
        Assert.Equal(Enumerable.Range(0, Texts).Select(number => TalkingEngine.Story(number, Pieces)), viewer.CompletedTexts);
    }

    [Fact]
    public async Task A_client_that_never_reads_delays_nobody_and_is_cut_off()
    {
        await using var app = await WebApp.StartAsync(TalkingEngine.Create(), "--Autocoder:Http:WriteTimeout=00:00:01");
        var id = await app.CreateAsync();
        using var stuck = await ConnectAsync(app, id);
        await WaitForViewersAsync(app, id, 1);

        // Far more than what the buffers between the two take.
        var viewer = new SseViewer();
        await app.PromptAsync(id, "tell 6 x 20 x 8000");
        await using (var reading = await app.Client.FollowAsync(id))
        {
            while (!viewer.HasEnded)
            {
                viewer.Apply((await reading.NextAsync())!.Value);
            }
        }

        Assert.Equal(6, viewer.CompletedTexts.Count);
        await WaitForViewersAsync(app, id, 0);

        // What was in flight can still be read, and then nothing comes: it was closed, far from the end.
        var received = 0;
        var buffer = new byte[64 * 1024];
        try
        {
            for (int read; (read = await stuck.ReceiveAsync(buffer).WaitAsync(Limit)) > 0;)
            {
                received += read;
            }
        }
        catch (SocketException)
        {
            // Closed hard, as a client that does not read must expect.
        }

        Assert.True(received < viewer.Bytes, $"It got {received:N0} of {viewer.Bytes:N0} although it never read.");
    }

    [Fact]
    public async Task A_client_that_goes_leaves_nothing_behind()
    {
        var id = await _app.CreateAsync();
        await _app.PromptAsync(id, "hang");
        var before = Bells.Count;
        for (var tab = 0; tab < 20; tab++)
        {
            await using var connection = await _app.Client.FollowAsync(id);
            await connection.NextAsync("synced");
        }

        await WaitForViewersAsync(_app, id, 0);
        Assert.True(SpinWait.SpinUntil(() => Bells.Count == before, Limit));
        Assert.NotNull((await _app.Log.GetAsync(id, CancellationToken.None)).State.Run);
        Assert.Empty(_app.Logged);
    }

    [Fact]
    public async Task A_client_that_follows_an_idle_conversation_sees_the_run_another_one_starts()
    {
        var id = await _app.CreateAsync();
        await using var idle = await _app.Client.FollowAsync(id);
        await idle.NextAsync("synced");

        await _app.PromptAsync(id, "tell 1 x 1");

        Assert.Equal("prompt_admitted", (await idle.NextAsync("recorded")).GetProperty("kind").GetString());
    }

    [Fact]
    public async Task A_quiet_stream_carries_the_head_in_every_state()
    {
        await using var app = await WebApp.StartAsync(TalkingEngine.Create(), "--Autocoder:Http:Heartbeat=00:00:00.1");
        var id = await app.CreateAsync();
        await using var connection = await app.Client.FollowAsync(id);

        // Idle, running, waiting for a person, ended.
        Assert.Equal(await HeadAsync(app, id), (await connection.NextAsync("heartbeat")).GetProperty("head").GetString());
        foreach (var prompt in new[] { "hang", "ask" })
        {
            await app.PromptAsync(id, prompt);
            await app.WaitAsync(id, body => prompt == "hang" || body.GetProperty("questions").GetArrayLength() == 1);
            string? heartbeat;
            do
            {
                heartbeat = (await connection.NextAsync("heartbeat")).GetProperty("head").GetString();
            }
            while (heartbeat != await HeadAsync(app, id));
            await app.Client.PostAsync($"/api/sessions/{id}/stop", new { });
        }

        Assert.StartsWith("v1.1.", (await connection.NextAsync("heartbeat")).GetProperty("head").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_from_another_history_says_so_and_names_the_place_to_begin()
    {
        var id = await _app.CreateAsync();
        foreach (var cursor in new[] { "v1.7.1", "v1.1.500" })
        {
            await using var connection = await _app.Client.FollowAsync(id, cursor);
            var expired = await connection.NextAsync();
            Assert.Equal(("expired", "v1.1.0"), (expired!.Value.Type, expired.Value.Data.GetProperty("restart").GetString()));
            Assert.Null(await connection.NextAsync());
            Assert.Equal("v1.1.0", connection.LastEventId);
        }
    }

    [Fact]
    public async Task Where_it_was_wins_over_where_it_began()
    {
        var id = await _app.CreateAsync();
        await _app.PromptAsync(id, "tell 1 x 1");
        await _app.WaitAsync(id, body => body.GetProperty("run").ValueKind is JsonValueKind.Null);

        await using var connection = await _app.Client.FollowAsync(id, lastEventId: "v1.1.3", after: "v1.1.1");

        Assert.Equal(4, (await connection.NextAsync("recorded")).GetProperty("sequence").GetInt64());
    }

    [Fact]
    public async Task A_cursor_that_is_none_or_a_conversation_that_is_none_is_refused_before_the_stream_begins()
    {
        var id = await _app.CreateAsync();
        await using var wrong = await _app.Client.FollowAsync(id, after: "yesterday");
        await using var unknown = await _app.Client.FollowAsync(Guid.NewGuid());

        Assert.Equal((400, 404), (wrong.Status, unknown.Status));
        Assert.Equal("application/problem+json", wrong.Response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task There_is_room_for_so_many_viewers_and_for_another_when_one_leaves()
    {
        await using var app = await WebApp.StartAsync(TalkingEngine.Create(), "--Autocoder:Http:MaxViewers=2");
        var id = await app.CreateAsync();
        await using var first = await app.Client.FollowAsync(id);
        var second = await app.Client.FollowAsync(id);
        await using (var third = await app.Client.FollowAsync(id))
        {
            Assert.Equal(429, third.Status);
            Assert.Equal("too_many_viewers", (await third.ProblemAsync()).GetProperty("code").GetString());
        }

        await second.DisposeAsync();
        await WaitForViewersAsync(app, id, 1);
        await using var fourth = await app.Client.FollowAsync(id);
        Assert.Equal(200, fourth.Status);
    }

    [Fact]
    public async Task Streams_end_with_the_server_and_do_not_hold_it_up()
    {
        var id = await _app.CreateAsync();
        await using var connection = await _app.Client.FollowAsync(id);
        await connection.NextAsync("synced");

        var stopping = _app.StopAsync(CancellationToken.None);

        Assert.Null(await connection.NextAsync());
        await stopping.WaitAsync(Limit);
    }

    [Fact]
    public async Task A_stream_is_never_kept_or_compressed_on_its_way()
    {
        var id = await _app.CreateAsync();
        await using var connection = await _app.Client.FollowAsync(id);

        Assert.Equal("text/event-stream", connection.Response.Content.Headers.ContentType?.MediaType);
        Assert.True(connection.Response.Headers.CacheControl?.NoStore);
    }

    // As bare as it gets: a client library would read ahead.
    private static async Task<Socket> ConnectAsync(WebApp app, Guid id)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4 * 1024 };
        await socket.ConnectAsync(app.Address.Host, app.Address.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"GET /api/conversations/{id}/events HTTP/1.1\r\nHost: {app.Address.Authority}\r\nAccept: text/event-stream\r\n\r\n"));
        return socket;
    }

    private static async Task WaitForViewersAsync(WebApp app, Guid id, int viewers) =>
        await app.WaitAsync(id, body => body.GetProperty("viewers").GetInt32() == viewers);

    private static async Task<string?> HeadAsync(WebApp app, Guid id) =>
        (await app.Client.GetAsync($"/api/conversations/{id}")).Body.GetProperty("cursor").GetString();
}
