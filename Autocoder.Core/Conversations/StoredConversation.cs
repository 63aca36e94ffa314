namespace Autocoder.Core.Conversations;

/// <summary>What the store knows of a conversation, from one moment.</summary>
/// <param name="OpenTexts">The kept text of each open item.</param>
public sealed record StoredConversation(
    ConversationSnapshot Snapshot, StoredHead Head, IReadOnlyList<StoredOpenText> OpenTexts);

/// <summary>The kept part of a text that has no end yet.</summary>
public sealed record StoredOpenText(Guid ItemId, string Text);
