namespace Autocoder.Core.Specs.Interviews;

/// <summary>How far an interview is, for the rail of phases.</summary>
/// <param name="Current">The phase of the next question; <see cref="SpecPhase.Review"/> when all is answered.</param>
public sealed record InterviewProgress(SpecPhase Current, bool IsDone, IReadOnlyList<PhaseProgress> Phases)
{
    /// <summary>Looks at the answers so far.</summary>
    public static InterviewProgress From(InterviewAnswers answers)
    {
        var next = Interview.Next(answers);
        var state = new InterviewState(answers);
        return new InterviewProgress(next.Phase, next.IsDone, [.. SpecPhases.All.Select(phase =>
        {
            var asked = InterviewCatalog.Stages.Where(stage => stage.Phase == phase)
                .SelectMany(stage => stage.Questions)
                .Where(question => question.Applies(answers))
                .DistinctBy(question => question.Id)
                .ToList();
            var open = asked.Count(state.IsOpen);
            var status = phase == next.Phase && !next.IsDone ? PhaseStatus.Current : open == 0 ? PhaseStatus.Done : PhaseStatus.Open;
            return new PhaseProgress(phase, status, asked.Count - open, asked.Count);
        })]);
    }
}

/// <summary>One phase on the rail.</summary>
/// <param name="Answered">Of the <paramref name="Questions"/> that apply as far as is known now.</param>
public sealed record PhaseProgress(SpecPhase Phase, PhaseStatus Status, int Answered, int Questions);

/// <summary>Where a phase stands.</summary>
public enum PhaseStatus
{
    /// <summary>Something is still to be asked.</summary>
    Open,

    /// <summary>It is being asked now.</summary>
    Current,

    /// <summary>All that applies is answered.</summary>
    Done,
}
