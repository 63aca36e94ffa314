namespace Autocoder.Core.Conversations;

/// <summary>A piece of a text that is still growing. Already committed: what a viewer has seen survives a crash.</summary>
/// <param name="Offset">Where the piece begins, in UTF-16 units from the start of the item. It never cuts a surrogate pair.</param>
public sealed record OpenTextSlice(Guid ItemId, int Offset, string Text);
