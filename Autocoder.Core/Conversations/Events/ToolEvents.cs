using System.Text.Json;

namespace Autocoder.Core.Conversations.Events;

/// <summary>An engine asked for a tool. It has not touched anything yet.</summary>
/// <param name="CallId">The engine's own id for the call, unique in the run.</param>
/// <param name="Title">What the call does, in words for a person: <c>Read src/App.cs</c>.</param>
[EventKind("tool_call_requested")]
public sealed record ToolCallRequested(
    string CallId, string Tool, string Title, JsonElement Arguments, ToolEffect Effect) : ConversationEvent;

/// <summary>The tool may touch the world from now on. Committed before it does.</summary>
/// <param name="Hash">Of tool, arguments and folder, as they are executed; null where no approval was needed.</param>
[EventKind("tool_call_started")]
public sealed record ToolCallStarted(string CallId, string? Hash = null) : ConversationEvent;

/// <summary>A tool call is over. Every requested call has exactly one end, before the end of its run.</summary>
/// <param name="Output">What the model is told; long output is a preview, and <paramref name="OutputBlob"/> has all of it.</param>
/// <param name="OutputBlob">Key in the blob store, when the output was too long for the log.</param>
/// <param name="ChangedFile">Path inside the project of the file it wrote, with <c>/</c>.</param>
/// <param name="Seen">The file it showed the model, as it was then.</param>
/// <param name="Picture">The picture it showed, for whoever can see pictures.</param>
/// <param name="Synthetic">Written by the application on a stop or after a crash, not by the tool.</param>
[EventKind("tool_call_ended")]
public sealed record ToolCallEnded(
    string CallId,
    ToolCallStatus Status,
    string Output,
    long DurationMs,
    string? OutputBlob = null,
    string? ChangedFile = null,
    bool Synthetic = false,
    SeenFile? Seen = null,
    Attachment? Picture = null) : ConversationEvent;
