using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Transcripts;
using Microsoft.EntityFrameworkCore;

namespace Autocoder.Core.Persistence.Conversations;

/// <summary>A search for a phrase in one conversation, as somebody who reads it would search.</summary>
/// <remarks>SQLite leaves out the events that cannot contain it; what is left is read and looked at as a reader sees it.</remarks>
internal sealed class PhraseSearch
{
    private const int MaxLength = 400;

    private readonly string _phrase;
    private readonly string _pattern;

    private PhraseSearch(string phrase) => (_phrase, _pattern) = (phrase, $"%{Sure(phrase)}%");

    /// <summary>The search; null when there is nothing to look for.</summary>
    public static PhraseSearch? Of(string phrase)
    {
        var trimmed = phrase.Trim();
        return trimmed.Length == 0 ? null : new PhraseSearch(trimmed.Length > MaxLength ? trimmed[..MaxLength] : trimmed);
    }

    /// <summary>The rows that say it, oldest first.</summary>
    public async Task<IReadOnlyList<TranscriptPlace>> FindAsync(AutocoderDbContext context, Guid conversationId, CancellationToken cancellationToken)
    {
        var (places, seen) = (new List<TranscriptPlace>(), new HashSet<string>());
        var rows = context.Set<EventRow>().AsNoTracking()
            .Where(row => row.ConversationId == conversationId && EF.Functions.Like(row.Payload, _pattern))
            .OrderBy(row => row.Sequence)
            .AsAsyncEnumerable();
        await foreach (var row in rows.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            var envelope = row.ToEnvelope();
            if (EventWords.Of(envelope.Event).Contains(_phrase, StringComparison.OrdinalIgnoreCase) && seen.Add(ItemKey.Of(envelope)))
            {
                places.Add(new TranscriptPlace(ItemKey.Of(envelope), envelope.Sequence));
                if (places.Count == IConversationSearch.MaxPlaces)
                {
                    break;
                }
            }
        }

        return places;
    }

    // The longest part that stands in the stored JSON as it stands in the phrase: other signs may be escaped there, and only of
    // these letters does SQLite know both cases. Nothing in it means something to LIKE.
    private static string Sure(string phrase)
    {
        var (best, start) = ("", 0);
        for (var index = 0; index <= phrase.Length; index++)
        {
            if (index == phrase.Length || !(char.IsAsciiLetterOrDigit(phrase[index]) || phrase[index] is ' ' or '.' or '-' or ':' or ','))
            {
                best = index - start > best.Length ? phrase[start..index] : best;
                start = index + 1;
            }
        }

        return best;
    }
}
