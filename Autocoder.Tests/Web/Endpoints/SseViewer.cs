using System.Text;
using System.Text.Json;

namespace Autocoder.Tests.Web.Endpoints;

/// <summary>What a client makes of a stream, over as many connections as it takes. It checks the contract as it goes.</summary>
internal sealed class SseViewer
{
    private readonly Dictionary<Guid, StringBuilder> _open = [];

    /// <summary>The events received, in order.</summary>
    public List<long> Sequences { get; } = [];

    public List<string> CompletedTexts { get; } = [];

    /// <summary>What is known of the texts that are still growing.</summary>
    public string OpenText => string.Concat(_open.Values);

    /// <summary>Whether the run has ended.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>How much was received, in bytes of data.</summary>
    public long Bytes { get; private set; }

    public void Apply((string Type, JsonElement Data) next)
    {
        Bytes += next.Data.GetRawText().Length;
        switch (next.Type)
        {
            case "recorded":
                Apply(next.Data.GetProperty("kind").GetString()!, next.Data.GetProperty("sequence").GetInt64(), next.Data.GetProperty("payload"));
                break;
            case "text":
                Grow(next.Data);
                break;
            default:
                Assert.Contains(next.Type, new[] { "synced", "heartbeat" });
                break;
        }
    }

    private void Apply(string kind, long sequence, JsonElement payload)
    {
        Assert.Equal(Sequences.Count + 1, sequence);
        Sequences.Add(sequence);
        switch (kind)
        {
            case "text_started":
                _open.Add(payload.GetProperty("itemId").GetGuid(), new StringBuilder());
                break;
            case "text_completed":
                Assert.True(_open.Remove(payload.GetProperty("itemId").GetGuid(), out var seen));
                var text = payload.GetProperty("text").GetString()!;
                Assert.StartsWith(seen.ToString(), text, StringComparison.Ordinal);
                CompletedTexts.Add(text);
                break;
            case "run_ended":
                HasEnded = true;
                break;
        }
    }

    // Only for an item that is open, never with a gap, and the same where it overlaps with what is known.
    private void Grow(JsonElement frame)
    {
        Assert.True(_open.TryGetValue(frame.GetProperty("itemId").GetGuid(), out var open), "A text came outside of its item.");
        var offset = frame.GetProperty("offset").GetInt32();
        var text = frame.GetProperty("text").GetString()!;
        Assert.InRange(offset, 0, open.Length);
        var known = Math.Min(open.Length - offset, text.Length);
        Assert.Equal(open.ToString(offset, known), text[..known]);
        open.Append(text, known, text.Length - known);
    }
}
