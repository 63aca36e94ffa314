namespace Autocoder.Core.Conversations.Events;

/// <summary>The run waits for a person. There is no time-out and no default.</summary>
/// <param name="RequestId">Names the request; an answer from any tab refers to it.</param>
/// <param name="CallId">The tool call that asks.</param>
[EventKind("questions_asked")]
public sealed record QuestionsAsked(Guid RequestId, string CallId, IReadOnlyList<Question> Questions) : ConversationEvent;

/// <summary>The first answer; later ones are refused.</summary>
[EventKind("questions_answered")]
public sealed record QuestionsAnswered(Guid RequestId, IReadOnlyList<Answer> Answers) : ConversationEvent;

/// <summary>The questions can no longer be answered, because their run ended.</summary>
[EventKind("questions_expired")]
public sealed record QuestionsExpired(Guid RequestId, string Reason) : ConversationEvent;
