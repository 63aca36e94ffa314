using Autocoder.Core.Conversations;
using Autocoder.Web.Components.Parts;

namespace Autocoder.Web.Commands;

/// <summary>One line of the palette: a command, or a place to go to.</summary>
/// <param name="Id">Unique in the palette.</param>
/// <param name="Group">Under which heading it stands.</param>
/// <param name="Detail">Said beside the title; empty for nothing.</param>
public sealed record PaletteEntry(string Id, string Group, IconName Icon, string Title, string Detail)
{
    /// <summary>Other words it is found by.</summary>
    public string Also { get; init; } = "";

    /// <summary>The command it runs; null for a place.</summary>
    public string? CommandId { get; init; }

    /// <summary>The address it goes to; null for a command.</summary>
    public string? Address { get; init; }

    /// <summary>The keys that do the same.</summary>
    public Chord? Keys { get; init; }

    /// <summary>What was found in a conversation; null where the title itself fits.</summary>
    public IReadOnlyList<ExcerptPart>? Passage { get; init; }

    /// <summary>Whether it is listed before anything is typed.</summary>
    public bool IsOffered { get; init; } = true;
}
