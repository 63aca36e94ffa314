using Autocoder.Core.Conversations;

namespace Autocoder.Web.Rendering;

/// <summary>Where a view of a transcript is to go.</summary>
/// <param name="Place">The row to show and mark; null for the end.</param>
/// <param name="Turn">Another number each time, so that one can go to the same place again.</param>
public sealed record RowTarget(TranscriptPlace? Place, int Turn);
