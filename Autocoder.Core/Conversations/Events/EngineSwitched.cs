namespace Autocoder.Core.Conversations.Events;

/// <summary>Another engine drives the conversation's runs from now on; a run at work ends with the one it began with.</summary>
/// <param name="By"><c>person</c>.</param>
/// <param name="Engine">As <see cref="ConversationCreated.Engine"/>; null for whatever is configured when a run starts.</param>
[EventKind("engine_switched")]
public sealed record EngineSwitched(string By, string? Engine = null) : ConversationEvent;
