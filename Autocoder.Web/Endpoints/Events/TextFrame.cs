namespace Autocoder.Web.Endpoints.Events;

/// <summary>More of a text that is still growing. What you have of it already is passed over: it begins at the offset.</summary>
/// <param name="ItemId">As in its <c>text_started</c> or <c>reasoning_started</c>; the completed event carries the whole text.</param>
/// <param name="Offset">In UTF-16 units from the start of the text.</param>
public sealed record TextFrame(Guid ItemId, int Offset, string Text);
