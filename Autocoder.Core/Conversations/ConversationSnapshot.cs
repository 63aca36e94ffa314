namespace Autocoder.Core.Conversations;

/// <summary>What a conversation is at one moment, and which moment that is.</summary>
/// <param name="Cursor">Following after it gives exactly what <paramref name="State"/> does not contain.</param>
public sealed record ConversationSnapshot(ConversationState State, LogCursor Cursor);
