using System.Collections.Concurrent;

namespace Autocoder.Web.Components.Conversation;

/// <summary>Text that goes from one page into the composer of another. Lives as long as the browser tab's circuit.</summary>
public sealed class Handoff
{
    private readonly ConcurrentDictionary<string, string> _waiting = new(StringComparer.Ordinal);

    /// <summary>Leaves a text for the composer with a draft key; it takes the place of one that waits.</summary>
    public void Put(string draftKey, string text) => _waiting[draftKey] = text;

    /// <summary>Takes the text that waits for a composer, once; null when none does.</summary>
    public string? Take(string draftKey) => _waiting.TryRemove(draftKey, out var text) ? text : null;
}
