namespace Autocoder.Web.Rendering;

/// <summary>A line of a comparison.</summary>
/// <param name="Number">Its number in the new text, or in the old one when it goes; for a gap, how many lines are left out.</param>
public sealed record DiffLine(DiffKind Kind, int Number, string Text);

/// <summary>What becomes of a line.</summary>
public enum DiffKind
{
    /// <summary>It stays.</summary>
    Same,

    /// <summary>It is new.</summary>
    Added,

    /// <summary>It goes.</summary>
    Removed,

    /// <summary>Lines that stay, and are not shown.</summary>
    Gap,
}
