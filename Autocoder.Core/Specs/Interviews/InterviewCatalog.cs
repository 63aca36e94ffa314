namespace Autocoder.Core.Specs.Interviews;

/// <summary>All stages of the interview, in order. The order of questions decides the order of the specification's numbers.</summary>
internal static class InterviewCatalog
{
    public static IReadOnlyList<InterviewStage> Stages { get; } =
        [.. OpeningQuestions.Stages, .. FeatureQuestions.Stages, .. FollowUpQuestions.Stages, .. ClosingQuestions.Stages];

    public static InterviewQuestion? Find(string questionId) =>
        Stages.SelectMany(stage => stage.Questions).FirstOrDefault(question => question.Id == questionId);
}
