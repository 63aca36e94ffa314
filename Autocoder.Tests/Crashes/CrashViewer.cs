using System.Text;
using System.Text.Json;
using Autocoder.Tests.Web.Endpoints;

namespace Autocoder.Tests.Crashes;

/// <summary>An event as a viewer gets it.</summary>
/// <param name="Payload">Its JSON, character for character.</param>
internal sealed record SeenEvent(long Sequence, string Kind, int Version, Guid? RunId, string Payload)
{
    public static SeenEvent From(JsonElement view) => new(
        view.GetProperty("sequence").GetInt64(),
        view.GetProperty("kind").GetString()!,
        view.GetProperty("version").GetInt32(),
        view.GetProperty("runId").ValueKind is JsonValueKind.Null ? null : view.GetProperty("runId").GetGuid(),
        view.GetProperty("payload").GetRawText());

    public JsonElement Read() => JsonDocument.Parse(Payload).RootElement;
}

/// <summary>Follows one conversation over all kills of the server, with nothing but its last id to come back with. It remembers all it was shown.</summary>
internal sealed class CrashViewer(Guid conversationId, CrashTally tally)
{
    private readonly Lock _gate = new();
    private readonly List<SeenEvent> _events = [];
    private readonly Dictionary<Guid, StringBuilder> _texts = [];
    private string? _lastId;

    public Guid ConversationId => conversationId;

    /// <summary>What it was shown, in the order it came.</summary>
    public IReadOnlyList<SeenEvent> Events
    {
        get
        {
            lock (_gate)
            {
                return [.. _events];
            }
        }
    }

    /// <summary>The growing texts, as far as they were shown.</summary>
    public IReadOnlyDictionary<Guid, string> Texts
    {
        get
        {
            lock (_gate)
            {
                return _texts.ToDictionary(text => text.Key, text => text.Value.ToString());
            }
        }
    }

    /// <summary>Whether the server said, in this connection, that this viewer has all there is.</summary>
    public bool IsSynced { get; private set; }

    /// <summary>Follows until the server is gone.</summary>
    public async Task FollowAsync(ApiClient client, CancellationToken gone)
    {
        IsSynced = false;
        try
        {
            await using var connection = await client.FollowAsync(conversationId, _lastId, cancellationToken: gone);
            Assert.Equal(200, connection.Status);
            while (await connection.NextAsync().WaitAsync(gone) is { } next)
            {
                Take(next.Type, next.Data);
                _lastId = connection.LastEventId ?? _lastId;
                tally.OneMoreFrame();
            }
        }
        catch (Exception exception) when (CrashTally.IsGone(exception))
        {
            // Killed, as it should be.
        }
    }

    private void Take(string type, JsonElement data)
    {
        lock (_gate)
        {
            switch (type)
            {
                case "recorded":
                    _events.Add(SeenEvent.From(data));
                    break;
                case "text":
                    Grow(data.GetProperty("itemId").GetGuid(), data.GetProperty("offset").GetInt32(), data.GetProperty("text").GetString()!);
                    break;
                case "synced":
                    IsSynced = true;
                    break;
                default:
                    Assert.Equal("heartbeat", type);
                    break;
            }
        }
    }

    private void Grow(Guid itemId, int offset, string text)
    {
        if (!_texts.TryGetValue(itemId, out var known))
        {
            _texts[itemId] = known = new StringBuilder();
        }

        if (offset > known.Length)
        {
            tally.Lost($"{conversationId}: of text {itemId} the characters {known.Length} to {offset} never came.");
            return;
        }

        var overlap = Math.Min(known.Length - offset, text.Length);
        if (known.ToString(offset, overlap) != text[..overlap])
        {
            tally.Doubled($"{conversationId}: the text {itemId} is another one at {offset} than before.");
        }

        known.Append(text, overlap, text.Length - overlap);
    }
}
