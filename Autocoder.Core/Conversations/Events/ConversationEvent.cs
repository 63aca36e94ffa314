namespace Autocoder.Core.Conversations.Events;

/// <summary>Something that happened in a conversation. All kinds are in this folder; the hierarchy is closed.</summary>
/// <remarks>
/// Events are facts: immutable, named in the past tense, with neither place nor time; the log adds both
/// (<see cref="EventEnvelope"/>). The kind and version of <see cref="EventKindAttribute"/> are stored. Never rename
/// one: add a new kind, or raise the version and keep reading the old one.
/// </remarks>
public abstract record ConversationEvent
{
    // Closed to other assemblies, so that a table over the kinds of this folder is complete.
    private protected ConversationEvent()
    {
    }
}
