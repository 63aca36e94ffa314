using System.Text;

namespace Autocoder.Core.Engines.Models;

/// <summary>Cuts a finished text into the pieces in which it is streamed. The pieces concatenate to the text.</summary>
public static class TextDeltas
{
    /// <summary>Pieces of <paramref name="size"/> characters; one more where a piece would end inside a surrogate pair.</summary>
    public static IEnumerable<string> BySize(string text, int size)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        return Cut();

        IEnumerable<string> Cut()
        {
            for (var start = 0; start < text.Length;)
            {
                var end = Math.Min(text.Length, start + size);
                if (end < text.Length && char.IsHighSurrogate(text[end - 1]) && char.IsLowSurrogate(text[end]))
                {
                    end++;
                }

                yield return text[start..end];
                start = end;
            }
        }
    }

    /// <summary>Pieces of up to <paramref name="words"/> words with the space after them; long words are cut too.</summary>
    public static IEnumerable<string> ByWords(string text, int words)
    {
        const int LongestPiece = 120;
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(words, 1);
        return Cut();

        IEnumerable<string> Cut()
        {
            var piece = new StringBuilder();
            var seen = 0;
            for (var index = 0; index < text.Length; index++)
            {
                piece.Append(text[index]);
                var endsWord = char.IsWhiteSpace(text[index]) && (index + 1 == text.Length || !char.IsWhiteSpace(text[index + 1]));
                seen += endsWord ? 1 : 0;
                if (seen >= words || (piece.Length >= LongestPiece && !char.IsHighSurrogate(text[index])))
                {
                    yield return piece.ToString();
                    piece.Clear();
                    seen = 0;
                }
            }

            if (piece.Length > 0)
            {
                yield return piece.ToString();
            }
        }
    }
}
