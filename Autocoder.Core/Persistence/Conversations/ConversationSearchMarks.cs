using Autocoder.Core.Conversations;

namespace Autocoder.Core.Persistence.Conversations;

/// <summary>The signs between which FTS5 puts what it found in an excerpt. No indexed text has them.</summary>
internal static class ConversationSearchMarks
{
    public const char Begin = '\u0001';

    public const char End = '\u0002';

    /// <summary>Takes a marked excerpt apart.</summary>
    public static IReadOnlyList<ExcerptPart> Read(string marked)
    {
        var parts = new List<ExcerptPart>();
        var isMatch = false;
        var start = 0;
        for (var index = 0; index <= marked.Length; index++)
        {
            if (index == marked.Length || marked[index] is Begin or End)
            {
                if (index > start)
                {
                    parts.Add(new ExcerptPart(marked[start..index], isMatch));
                }

                isMatch = index < marked.Length && marked[index] == Begin;
                start = index + 1;
            }
        }

        return parts;
    }
}
