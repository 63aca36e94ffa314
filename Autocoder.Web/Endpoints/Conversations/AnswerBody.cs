namespace Autocoder.Web.Endpoints.Conversations;

/// <summary>The answer to one question.</summary>
/// <param name="OptionIds">The chosen options.</param>
/// <param name="Text">The words of "Other", or the answer to a question without options.</param>
public sealed record AnswerBody(string QuestionId, IReadOnlyList<string>? OptionIds = null, string? Text = null);
