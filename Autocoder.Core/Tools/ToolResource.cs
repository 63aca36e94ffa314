using Autocoder.Core.Conversations;

namespace Autocoder.Core.Tools;

/// <summary>One thing a call touches, as permission rules name it.</summary>
/// <param name="Name">A path inside the project with <c>/</c>, a command with its arguments, <c>&gt; path</c> for what a command writes.</param>
public sealed record ToolResource(string Name)
{
    /// <summary>The words of a command, by which rules are compared; null in it for a word that is known only when it runs. Null for a path.</summary>
    public IReadOnlyList<string?>? Words { get; init; }

    /// <summary>All of the command line it is a part of; a rule that names exactly this matches it too.</summary>
    public string? Line { get; init; }

    /// <summary>
    /// What the tool itself says of it: <c>Allow</c> and <c>Ask</c> count where no rule speaks of it, <c>Deny</c> whatever the rules say.
    /// Null leaves it to the tool's effect.
    /// </summary>
    public PermissionEffect? Standing { get; init; }

    /// <summary>Why the tool says so, as a sentence for a person; null where it says nothing.</summary>
    public string? Why { get; init; }

    /// <summary>The resource of the narrowest rule worth saving for it; null for the name itself.</summary>
    public string? Narrowest { get; init; }

    /// <summary>A resource of which the tool itself has nothing to say.</summary>
    public static implicit operator ToolResource(string name) => FromString(name);

    /// <inheritdoc cref="op_Implicit"/>
    public static ToolResource FromString(string name) => new(name);
}
