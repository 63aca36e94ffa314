namespace Autocoder.Core.Conversations.Events;

/// <summary>A person allowed something for the rest of this conversation.</summary>
[EventKind("permission_rule_added")]
public sealed record PermissionRuleAdded(PermissionRule Rule) : ConversationEvent;

/// <summary>A person took such a permission back.</summary>
[EventKind("permission_rule_removed")]
public sealed record PermissionRuleRemoved(PermissionRule Rule) : ConversationEvent;
