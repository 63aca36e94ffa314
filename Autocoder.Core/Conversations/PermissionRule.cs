namespace Autocoder.Core.Conversations;

/// <summary>What an agent may do. The last rule that matches decides.</summary>
/// <param name="Tool">The tool's name; <c>*</c> stands for any characters.</param>
/// <param name="Resource">
/// What the call touches, as the tool itself names it: a path inside the project with <c>/</c>, a command. <c>*</c> stands for any
/// characters but <c>/</c>, <c>**</c> for any at all. <c>**</c> alone also matches a call that touches nothing.
/// </param>
public sealed record PermissionRule(string Tool, string Resource, PermissionEffect Effect);

/// <summary>What a <see cref="PermissionRule"/> says.</summary>
public enum PermissionEffect
{
    /// <summary>The call is started.</summary>
    Allow,

    /// <summary>A person is asked.</summary>
    Ask,

    /// <summary>The call is refused, and nobody is asked.</summary>
    Deny,
}
