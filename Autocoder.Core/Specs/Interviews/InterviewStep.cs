using Autocoder.Core.Conversations;

namespace Autocoder.Core.Specs.Interviews;

/// <summary>What the wizard says and asks next.</summary>
/// <param name="Text">For the chat, Markdown: acknowledges what came before, then leads over.</param>
/// <param name="Questions">1 to 5; none when the interview is done.</param>
/// <param name="Problem">Why an answer could not be used and is asked for again; null for none. It is part of <paramref name="Text"/> too.</param>
public sealed record InterviewStep(SpecPhase Phase, string Text, IReadOnlyList<Question> Questions, string? Problem = null)
{
    /// <summary>Whether nothing is left to ask.</summary>
    public bool IsDone => Questions.Count == 0;
}
