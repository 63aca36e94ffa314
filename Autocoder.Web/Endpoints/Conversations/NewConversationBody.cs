using Autocoder.Core.Conversations;

namespace Autocoder.Web.Endpoints.Conversations;

/// <summary>A conversation to be made.</summary>
/// <param name="Project">The name of the project.</param>
/// <param name="Engine">The engine of all its runs, for example <c>scripted:demo</c>; null for the configured one.</param>
/// <param name="Title">Null for one taken from the first prompt.</param>
public sealed record NewConversationBody(string Project, ConversationKind Surface, string? Engine = null, string? Title = null);
