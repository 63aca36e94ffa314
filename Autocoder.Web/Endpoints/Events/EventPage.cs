namespace Autocoder.Web.Endpoints.Events;

/// <summary>Some events of a conversation, oldest first.</summary>
/// <param name="Next">The cursor after the last of them: ask for what is after it.</param>
/// <param name="Head">The cursor of the newest event there is.</param>
/// <param name="HasMore">There are more already.</param>
public sealed record EventPage(IReadOnlyList<EventView> Events, string Next, string Head, bool HasMore);
