namespace Autocoder.Core.Conversations;

/// <summary>Finds conversations by what was said in them: titles, messages, answers, questions. Tool output is not searched.</summary>
public interface IConversationSearch
{
    /// <summary>The most conversations one search gives.</summary>
    const int MaxHits = 50;

    /// <summary>
    /// Finds the conversations in which every word occurs in one passage, the best first. Trashed and deleted ones and those of
    /// sub-agents are left out.
    /// </summary>
    /// <param name="projectId">Only those of one project; null for all.</param>
    /// <param name="words">As a person types them: capitals and accents do not matter, the last word may be unfinished, and words in double quotes belong together.</param>
    /// <returns>Nothing for words without a letter or digit.</returns>
    Task<IReadOnlyList<ConversationHit>> SearchAsync(Guid? projectId, string words, CancellationToken cancellationToken);

    /// <summary>The most places one search in a conversation gives.</summary>
    const int MaxPlaces = 1000;

    /// <summary>
    /// Finds the places of one conversation where a phrase stands, oldest first: in messages, answers, thoughts, tool calls and
    /// what they gave, questions and notes. Capitals do not matter; a row is given once.
    /// </summary>
    /// <returns>At most <see cref="MaxPlaces"/>; nothing for a blank phrase.</returns>
    Task<IReadOnlyList<TranscriptPlace>> FindInAsync(Guid conversationId, string phrase, CancellationToken cancellationToken);
}
