namespace Autocoder.Core.Conversations;

/// <summary>Why a run failed, in words for the person. Details are in the server's log under the same code.</summary>
/// <param name="Code">Stable, for example <c>scenario_invalid</c> or <c>internal_error</c>.</param>
/// <param name="Message">What happened and what to do, without a stack trace.</param>
public sealed record RunError(string Code, string Message);
