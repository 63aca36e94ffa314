namespace Autocoder.Core.Tools.Permissions;

/// <summary>Where a permission rule comes from. A later source is read after an earlier one.</summary>
public enum PermissionSource
{
    /// <summary>The profile of the agent.</summary>
    Profile,

    /// <summary>The settings of the application.</summary>
    Configured,

    /// <summary>A person's "always for this project".</summary>
    Project,

    /// <summary>A person's "for this conversation".</summary>
    Conversation,
}
