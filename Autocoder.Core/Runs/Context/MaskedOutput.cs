namespace Autocoder.Core.Runs.Context;

/// <summary>A tool output that is no longer shown to the model. It is still in the log.</summary>
/// <param name="Sequence">The event that holds it.</param>
/// <param name="Title">What the call did, in words for a person.</param>
/// <param name="Characters">Of the output in the log.</param>
/// <param name="Blob">The key of the whole output in the blob store, when it was too long for the log.</param>
public sealed record MaskedOutput(long Sequence, string CallId, string Tool, string Title, int Characters, string? Blob);
