using Autocoder.Core.Conversations;

namespace Autocoder.Core.Tools.Permissions;

/// <summary>A rule that a person saved for a project.</summary>
/// <param name="SavedAt">When.</param>
/// <param name="ConversationId">The conversation in which it was saved; empty for the settings page.</param>
public sealed record SavedRule(Guid Id, Guid ProjectId, PermissionRule Rule, DateTimeOffset SavedAt, Guid ConversationId);
