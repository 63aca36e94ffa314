namespace Autocoder.Web.Endpoints.Conversations;

/// <summary>A conversation of the assistant to be made.</summary>
/// <param name="Title">Null for one taken from the first prompt.</param>
public sealed record NewAssistantConversationBody(string? Title = null);
