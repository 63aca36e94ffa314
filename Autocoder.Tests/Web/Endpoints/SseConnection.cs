using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Autocoder.Tests.Web.Endpoints;

/// <summary>One connection of a client that follows by server-sent events.</summary>
internal sealed class SseConnection : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly HttpResponseMessage _response;
    private readonly CancellationTokenSource _closing = new();
    private readonly SseParser<string>? _parser;
    private readonly IAsyncEnumerator<SseItem<string>>? _items;

    private SseConnection(HttpResponseMessage response, Stream stream)
    {
        _response = response;
        if (response.IsSuccessStatusCode)
        {
            _parser = SseParser.Create(stream);
            _items = _parser.EnumerateAsync(_closing.Token).GetAsyncEnumerator(_closing.Token);
        }
    }

    public int Status => (int)_response.StatusCode;

    public HttpResponseMessage Response => _response;

    /// <summary>What a browser would send as <c>Last-Event-ID</c> when it comes back; null before the first id.</summary>
    public string? LastEventId => string.IsNullOrEmpty(_parser?.LastEventId) ? null : _parser.LastEventId;

    public static async Task<SseConnection> OpenAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        new(response, await response.Content.ReadAsStreamAsync(cancellationToken));

    /// <summary>The next event; null when the server ended the stream.</summary>
    public async Task<(string Type, JsonElement Data)?> NextAsync() =>
        await _items!.MoveNextAsync().AsTask().WaitAsync(Limit)
            ? (_items.Current.EventType, JsonDocument.Parse(_items.Current.Data).RootElement)
            : null;

    /// <summary>Reads on until an event of a type.</summary>
    public async Task<JsonElement> NextAsync(string type)
    {
        while (await NextAsync() is { } next)
        {
            if (next.Type == type)
            {
                return next.Data;
            }
        }

        throw new Xunit.Sdk.XunitException($"The stream ended before an event '{type}'.");
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _response.Dispose();
        _closing.Dispose();
    }
}
