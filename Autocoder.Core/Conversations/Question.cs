namespace Autocoder.Core.Conversations;

/// <summary>One structured question to a person.</summary>
/// <param name="Id">Stable within its request; answers name it.</param>
/// <param name="Header">A word or two for the stepper, at most 24 characters.</param>
/// <param name="Text">The question itself, in plain language.</param>
/// <param name="Options">None for a question answered in words; otherwise 2 to 12.</param>
/// <param name="Why">Why it matters, one sentence; null when that is plain.</param>
/// <param name="Placeholder">An example for the free text; null for none.</param>
/// <param name="Required">A question that is not required may be left without an answer.</param>
public sealed record Question(
    string Id,
    string Header,
    string Text,
    IReadOnlyList<QuestionOption> Options,
    bool MultiSelect = false,
    string? Why = null,
    string? Placeholder = null,
    bool Required = true)
{
    /// <summary>Whether it has no options and takes words only.</summary>
    public bool IsFreeText => Options.Count == 0;
}
