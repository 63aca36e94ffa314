using System.Text.Json;
using AngleSharp.Html.Parser;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Web.Exports;

namespace Autocoder.Tests.Web.Endpoints;

public sealed class ExportTests : IAsyncLifetime
{
    private WebApp _app = null!;

    public async Task InitializeAsync() => _app = await WebApp.StartAsync(TalkingEngine.Create());

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Theory]
    [InlineData("md", "text/markdown")]
    [InlineData("html", "text/html")]
    [InlineData("json", "application/json")]
    public async Task A_conversation_comes_as_a_file_to_save(string format, string mediaType)
    {
        var id = await TalkAsync("tell 6 x 2");
        using var http = new HttpClient { BaseAddress = _app.Address };

        using var response = await http.GetAsync($"/api/conversations/{id}/export?format={format}");

        Assert.True(response.IsSuccessStatusCode);
        Assert.Equal(mediaType, response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal($"autocoder-tell-6-x-2.{format}", response.Content.Headers.ContentDisposition.FileName);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Contains("tell 6 x 2", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_events_of_the_json_are_the_log_and_can_be_read_again()
    {
        var id = await TalkAsync("tell 6 x 2");
        var log = await _app.Log.ReadAsync(id, 0, 1000, CancellationToken.None);

        var (_, export) = await _app.Client.GetAsync($"/api/conversations/{id}/export?format=json");

        Assert.Equal((ConversationExport.JsonFormat, 1), (export.GetProperty("format").GetString(), export.GetProperty("version").GetInt32()));
        var state = ConversationState.Empty;
        var events = export.GetProperty("events").EnumerateArray().Select(item => Read(id, item)).ToList();
        events.ForEach(envelope => state = state.Apply(envelope));
        Assert.Equal(log.Select(Stored), events.Select(Stored));
        Assert.Equal(log[^1].Sequence, state.HeadSequence);
    }

    [Fact]
    public async Task Hostile_text_is_text_in_the_page()
    {
        const string Hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>";
        var id = await TalkAsync(Hostile);
        using var http = new HttpClient { BaseAddress = _app.Address };

        var page = new HtmlParser().ParseDocument(await http.GetStringAsync($"/api/conversations/{id}/export?format=html"));

        Assert.Empty(page.QuerySelectorAll("script, img, iframe, object, link, form, base"));
        Assert.Equal(Hostile, page.QuerySelector(".said")!.TextContent);
        Assert.Contains("default-src 'none'", page.QuerySelector("meta[http-equiv]")!.GetAttribute("content"), StringComparison.Ordinal);
        Assert.Equal("en", page.DocumentElement.GetAttribute("lang"));
    }

    [Fact]
    public async Task What_cannot_be_exported_is_refused_in_words()
    {
        var id = await _app.CreateAsync();

        Assert.Equal(400, (await _app.Client.GetAsync($"/api/conversations/{id}/export")).Status);
        var (status, problem) = await _app.Client.GetAsync($"/api/conversations/{id}/export?format=pdf");
        Assert.Equal((400, "format_invalid"), (status, problem.GetProperty("code").GetString()));
        Assert.Equal(404, (await _app.Client.GetAsync($"/api/conversations/{Guid.NewGuid()}/export?format=md")).Status);
    }

    [Theory]
    [InlineData("../../etc/passwd", "autocoder-etc-passwd.md")]
    [InlineData("\r\nSet-Cookie: a=b\"; x", "autocoder-Set-Cookie-a-b-x.md")]
    [InlineData("日本", "autocoder-conversation.md")]
    public void The_name_of_the_file_is_harmless(string title, string name) => Assert.Equal(name, ConversationExport.FileName(title, ExportFormat.Markdown));

    private static EventEnvelope Read(Guid id, JsonElement item) => new(
        id, item.GetProperty("sequence").GetInt64(), item.GetProperty("eventId").GetGuid(),
        item.TryGetProperty("runId", out var runId) ? runId.GetGuid() : null, item.GetProperty("at").GetDateTimeOffset(),
        EventCatalog.Deserialize(new StoredEvent(
            item.GetProperty("kind").GetString()!, item.GetProperty("version").GetInt32(), item.GetProperty("payload").GetRawText())));

    private static string Stored(EventEnvelope envelope) =>
        $"{envelope.Sequence} {envelope.EventId} {envelope.RunId} {envelope.At:O} {EventCatalog.Serialize(envelope.Event).Payload}";

    private async Task<Guid> TalkAsync(string text)
    {
        var id = await _app.CreateAsync();
        await _app.PromptAsync(id, text);
        await _app.WaitAsync(id, body => body.GetProperty("run").ValueKind is JsonValueKind.Null);
        return id;
    }
}
