namespace Autocoder.Web.Endpoints.Conversations;

/// <summary>Answers to a request of questions, all of them together.</summary>
public sealed record AnswersBody(Guid RequestId, IReadOnlyList<AnswerBody> Answers);
