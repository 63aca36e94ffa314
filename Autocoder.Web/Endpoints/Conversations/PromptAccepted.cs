using Autocoder.Core.Runs;

namespace Autocoder.Web.Endpoints.Conversations;

/// <summary>A prompt is kept.</summary>
/// <param name="Status"><c>Started</c>, <c>Queued</c>, or <c>AlreadySent</c> for a repeat.</param>
public sealed record PromptAccepted(Guid PromptId, PromptStatus Status);
