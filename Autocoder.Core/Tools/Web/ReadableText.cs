using System.Text;

namespace Autocoder.Core.Tools.Web;

/// <summary>Text that grows by words, lines and paragraphs, without more white space than it needs.</summary>
internal sealed class ReadableText
{
    private const string Fence = "```";

    private readonly StringBuilder _text = new();
    private int _lineBreaks = 2;
    private bool _needsSpace;
    private bool _isCode;

    /// <summary>Adds text. Outside of code, any white space is one space.</summary>
    public void Add(string text)
    {
        if (_isCode)
        {
            _text.Append(text);
            return;
        }

        foreach (var letter in text)
        {
            if (char.IsWhiteSpace(letter))
            {
                _needsSpace = true;
                continue;
            }

            Break();
            _text.Append(letter);
        }
    }

    /// <summary>What comes now begins a line.</summary>
    public void Line()
    {
        if (_isCode)
        {
            _text.Append('\n');
            return;
        }

        _lineBreaks = Math.Max(_lineBreaks, 1);
    }

    /// <summary>What comes now begins a paragraph.</summary>
    public void Paragraph() => _lineBreaks = _isCode ? 0 : 2;

    /// <summary>A paragraph of its own.</summary>
    public void Paragraph(string text)
    {
        Paragraph();
        Add(text);
        Paragraph();
    }

    /// <summary>What comes now is the next cell of its line.</summary>
    public void Cell()
    {
        if (!_isCode && _lineBreaks == 0 && _text.Length > 0)
        {
            _text.Append(" | ");
            _needsSpace = false;
        }
    }

    /// <summary>What comes now keeps its white space.</summary>
    public void BeginCode()
    {
        if (!_isCode)
        {
            Paragraph(Fence);
            Break();
            _text.Length = _text.Length > 0 && _text[^1] == '\n' ? _text.Length - 1 : _text.Length;
            _isCode = true;
        }
    }

    /// <summary>The end of that.</summary>
    public void EndCode()
    {
        if (_isCode)
        {
            _text.Append(_text.Length > 0 && _text[^1] == '\n' ? Fence : $"\n{Fence}");
            _isCode = false;
            _lineBreaks = 2;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString().Trim();

    // What was asked for is written when there is something to write after it.
    private void Break()
    {
        if (_lineBreaks > 0)
        {
            _text.Append('\n', _text.Length == 0 ? 0 : _lineBreaks);
        }
        else if (_needsSpace)
        {
            _text.Append(' ');
        }

        _lineBreaks = 0;
        _needsSpace = false;
    }
}
