namespace Autocoder.Core.Conversations.Events;

/// <summary>The conversation has another profile from now on; a run at work takes it over before its next model call.</summary>
/// <param name="By"><c>person</c>.</param>
[EventKind("profile_switched")]
public sealed record ProfileSwitched(string Profile, int Version, string By) : ConversationEvent;
