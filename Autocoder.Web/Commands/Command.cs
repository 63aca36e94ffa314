using Autocoder.Web.Components.Parts;

namespace Autocoder.Web.Commands;

/// <summary>Something a person can do by the palette, by keys, or by a word after a slash.</summary>
/// <param name="Id">Stable: a person's own keys are kept under it.</param>
/// <param name="Title">What it does, as a button would say it.</param>
/// <param name="Group">Under which heading it is listed.</param>
public sealed record Command(string Id, string Title, string Group, IconName Icon)
{
    /// <summary>Its keys until a person chooses others.</summary>
    public IReadOnlyList<Chord> UsualKeys { get; init; } = [];

    /// <summary>The word after the slash in a composer; null when it has none.</summary>
    public string? Slash { get; init; }

    /// <summary>What may follow that word, for a person; null when nothing may.</summary>
    public string? SlashWords { get; init; }

    /// <summary>Other words a person may look for.</summary>
    public string Also { get; init; } = "";

    /// <summary>Whether the palette lists it.</summary>
    public bool IsInPalette { get; init; } = true;
}
