using System.Text;

namespace Autocoder.Web.Rendering;

/// <summary>A fenced block of code that is being read: whole lines move from the unfinished text into its segment.</summary>
internal sealed class OpenFence
{
    // Lines move in pieces of this size, so that a long block is not made of thousands of tiny ones.
    private const int Chunk = 2048;

    private readonly char _mark;
    private readonly int _length;

    private OpenFence(char mark, int length, CodeSegment segment)
    {
        _mark = mark;
        _length = length;
        Segment = segment;
    }

    public CodeSegment Segment { get; }

    /// <summary>Takes the opening line off a text that begins with one; null, with nothing but blank lines taken, when it does not.</summary>
    /// <remarks>Only a plain fence at the start of a line: all others are left to the parser.</remarks>
    public static OpenFence? TryBegin(StringBuilder text)
    {
        text.Remove(0, CountOf(text, '\n', 0));
        if (text.Length < 3 || text[0] is not ('`' or '~'))
        {
            return null;
        }

        var length = CountOf(text, text[0], 0);
        var end = length;
        while (end < text.Length && text[end] != '\n')
        {
            end++;
        }

        var info = end < text.Length ? text.ToString(length, end - length) : null;
        if (length < 3 || info is null || info.Contains(text[0]))
        {
            return null;
        }

        var fence = new OpenFence(text[0], length, new CodeSegment(MarkdownWriter.Language(info)));
        text.Remove(0, end + 1);
        return fence;
    }

    /// <summary>Takes what is finished off the text.</summary>
    /// <param name="isComplete">Nothing follows: the end of the text ends the block too.</param>
    /// <returns>Whether the block was closed.</returns>
    public bool Take(StringBuilder tail, bool isComplete)
    {
        var text = tail.ToString();
        var lineStart = 0;
        for (var end = text.IndexOf('\n'); end >= 0; end = text.IndexOf('\n', lineStart))
        {
            if (IsClosing(text.AsSpan(lineStart, end - lineStart)))
            {
                return Close(tail, text[..lineStart], end + 1);
            }

            lineStart = end + 1;
        }

        // The last line may be the closing fence without its line end.
        var isClosed = IsClosing(text.AsSpan(lineStart));
        if (isComplete)
        {
            var rest = isClosed ? text[..lineStart] : lineStart < text.Length ? text + '\n' : text;
            return Close(tail, rest, text.Length);
        }

        if (lineStart >= Chunk)
        {
            Segment.Add(VisibleText.ToHtml(text[..lineStart]));
            tail.Remove(0, lineStart);
            (text, lineStart) = (text[lineStart..], 0);
        }

        Segment.Tail = VisibleText.ToHtml(isClosed ? text[..lineStart] : text);
        return false;
    }

    private bool Close(StringBuilder tail, string rest, int consumed)
    {
        if (rest.Length > 0)
        {
            Segment.Add(VisibleText.ToHtml(rest));
        }

        Segment.Tail = "";
        tail.Remove(0, consumed);
        return true;
    }

    private bool IsClosing(ReadOnlySpan<char> line)
    {
        var fence = line.TrimStart(' ');
        var rest = fence.TrimStart(_mark);
        return line.Length - fence.Length <= 3 && fence.Length - rest.Length >= _length && rest.Trim(" \t").IsEmpty;
    }

    private static int CountOf(StringBuilder text, char character, int from)
    {
        var end = from;
        while (end < text.Length && text[end] == character)
        {
            end++;
        }

        return end - from;
    }
}
