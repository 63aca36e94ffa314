namespace Autocoder.Core.Engines.Models.Scripted;

/// <summary>Failures that pass, before a step is played.</summary>
/// <param name="Times">How often the call fails.</param>
/// <param name="Delay">Waited after each failure.</param>
/// <param name="Code">Stable, for example <c>overloaded</c>.</param>
/// <param name="Message">What happened, in words for the person.</param>
public sealed record ScenarioRetry(int Times, TimeSpan Delay, string Code, string Message);
