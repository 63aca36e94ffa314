namespace Autocoder.Core.Specs.Interviews;

/// <summary>Questions that are asked together, and what is said before them.</summary>
/// <param name="Text">What leads over to the questions, Markdown.</param>
internal sealed record InterviewStage(SpecPhase Phase, Func<InterviewAnswers, string> Text, IReadOnlyList<InterviewQuestion> Questions);
