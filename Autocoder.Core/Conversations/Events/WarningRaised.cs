namespace Autocoder.Core.Conversations.Events;

/// <summary>Something a person should know that did not end the run.</summary>
/// <param name="Code">Stable, for example <c>output_shortened</c>.</param>
[EventKind("warning_raised")]
public sealed record WarningRaised(string Code, string Text) : ConversationEvent;
