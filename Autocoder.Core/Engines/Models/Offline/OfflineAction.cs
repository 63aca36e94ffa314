using System.Text.Json;

namespace Autocoder.Core.Engines.Models.Offline;

/// <summary>One thing the offline engine does in an answer. A list of them is a whole answer: texts first, then calls, in order.</summary>
public abstract record OfflineAction
{
    private OfflineAction()
    {
    }

    /// <summary>Says something, Markdown.</summary>
    public sealed record Say(string Markdown) : OfflineAction;

    /// <summary>Uses a tool.</summary>
    public sealed record Use(string Tool, JsonElement Arguments) : OfflineAction;
}
