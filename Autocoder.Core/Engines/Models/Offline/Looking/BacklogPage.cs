namespace Autocoder.Core.Engines.Models.Offline.Looking;

/// <summary>What the feature tools that return a list say.</summary>
/// <param name="Truncated">The list did not fit into the answer of the tool.</param>
internal sealed record BacklogPage(IReadOnlyList<BacklogEntry>? Features, int? Total = null, int? NextOffset = null, bool Truncated = false)
{
    public IReadOnlyList<BacklogEntry> Entries => Features ?? [];
}
