namespace Autocoder.Core.Conversations.Events;

/// <summary>The stored name and version of a kind of event.</summary>
/// <param name="kind">Lower case with underscores, for example <c>run_started</c>. Never changed once released.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class EventKindAttribute(string kind) : Attribute
{
    /// <summary>The stored name.</summary>
    public string Kind { get; } = kind;

    /// <summary>Raised when the shape changes in a way old readers would misread. 1 unless said otherwise.</summary>
    public int Version { get; init; } = 1;
}
