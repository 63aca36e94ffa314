namespace Autocoder.Web.Presence;

/// <summary>Who is at a conversation, seen from one page.</summary>
/// <param name="Tabs">How many pages show it, this one included.</param>
public sealed record PresenceNow(int Tabs, Driver Driver);
