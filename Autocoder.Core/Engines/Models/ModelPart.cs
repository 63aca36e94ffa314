using System.Text.Json;
using Autocoder.Core.Conversations;

namespace Autocoder.Core.Engines.Models;

/// <summary>A part of a <see cref="ModelMessage"/>. The hierarchy is closed.</summary>
public abstract record ModelPart
{
    private ModelPart()
    {
    }

    /// <summary>Text.</summary>
    public sealed record Text(string Value) : ModelPart;

    /// <summary>Something Autocoder adds for the model, in brackets or as a summary. Never the person's words, and never in the transcript.</summary>
    public sealed record Note(string Value) : ModelPart;

    /// <summary>A thought of the model.</summary>
    /// <param name="Signature">Without which its server does not take it back; null where it needs none.</param>
    public sealed record Reasoning(string Value, string? Signature = null) : ModelPart;

    /// <summary>A file the person attached. A model client sends its content with the message.</summary>
    public sealed record File(Attachment Attachment) : ModelPart;

    /// <summary>A tool call the model asked for.</summary>
    public sealed record ToolCall(string CallId, string Tool, JsonElement Arguments) : ModelPart;

    /// <summary>The result of a tool call.</summary>
    /// <param name="Picture">What it shows beside its output; a model client sends its content with it where the model takes pictures.</param>
    public sealed record ToolResult(string CallId, string Output, bool Succeeded, Attachment? Picture = null) : ModelPart;
}
