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
}
