using System.Text;

namespace Autocoder.Core.Conversations.Transcripts;

/// <summary>A text that only grows at its end, so that a view can draw just the part it has not drawn.</summary>
public sealed class GrowingText
{
    private readonly StringBuilder _text = new();

    /// <summary>Length in UTF-16 units.</summary>
    public int Length => _text.Length;

    /// <summary>Applies a slice: what is already there is skipped, so a repeated slice does nothing.</summary>
    /// <returns>False when the slice begins after the end, which means that something in between was missed.</returns>
    public bool Apply(int offset, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (offset > _text.Length)
        {
            return false;
        }

        var known = _text.Length - offset;
        if (known < text.Length)
        {
            _text.Append(text, known, text.Length - known);
        }

        return true;
    }

    /// <summary>Whether the text is a prefix of another.</summary>
    public bool IsPrefixOf(string whole)
    {
        ArgumentNullException.ThrowIfNull(whole);
        if (_text.Length > whole.Length)
        {
            return false;
        }

        var at = 0;
        foreach (var chunk in _text.GetChunks())
        {
            if (!whole.AsSpan(at, chunk.Length).SequenceEqual(chunk.Span))
            {
                return false;
            }

            at += chunk.Length;
        }

        return true;
    }

    /// <summary>The text from an offset to its end.</summary>
    public string From(int offset) => _text.ToString(offset, _text.Length - offset);

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}
