using System.Text;

namespace Autocoder.Core.Engines.ClaudeCode;

/// <summary>
/// The texts of the answers, as they are shown. When the program takes back what it streamed and asks again, the new text takes
/// the place of the old one: what is the same stays, and nothing is shown twice.
/// </summary>
internal sealed class StreamedText
{
    private readonly StringBuilder _block = new();
    private bool _isOpen;
    private bool _isEnded;
    private bool _isHeldBack;
    private string? _expected;

    /// <summary>Whether a text is shown that has not ended.</summary>
    private bool IsShown => _isOpen || _isEnded;

    /// <summary>A text begins.</summary>
    public IEnumerable<EngineEvent> Begin()
    {
        if (_expected is not null)
        {
            _block.Clear();
            return [];
        }

        var settled = Settle();
        _block.Clear();
        return settled;
    }

    /// <summary>More of the text.</summary>
    public IEnumerable<EngineEvent> Add(string text)
    {
        _isOpen = true;
        _block.Append(text);
        if (_isHeldBack)
        {
            return [];
        }

        if (_expected is not { } expected)
        {
            return [new EngineEvent.TextDelta(text)];
        }

        var whole = _block.ToString();
        if (expected.StartsWith(whole, StringComparison.Ordinal))
        {
            return [];
        }

        _expected = null;
        if (whole.StartsWith(expected, StringComparison.Ordinal))
        {
            return [new EngineEvent.TextDelta(whole[expected.Length..])];
        }

        // Something else than before: shown when it is whole, in the place of what was taken back.
        _isHeldBack = true;
        return [];
    }

    /// <summary>The text is whole, unless it is taken back.</summary>
    public void End() => _isEnded = true;

    /// <summary>What was streamed of the message counts no more; it will be said again.</summary>
    public void TakeBack()
    {
        if (!IsShown)
        {
            return;
        }

        // What is open stays open, so that the new text can go on with it.
        _expected = _isHeldBack || _expected is not null ? _expected ?? "" : _block.ToString();
        _isHeldBack = false;
        _isEnded = false;
        _block.Clear();
    }

    /// <summary>Nothing more comes of the texts so far.</summary>
    public IEnumerable<EngineEvent> Settle()
    {
        if (!IsShown)
        {
            return [];
        }

        var isChanged = _isHeldBack || _expected is not null;
        var whole = _block.ToString();
        (_isOpen, _isEnded, _isHeldBack, _expected) = (false, false, false, null);
        return [new EngineEvent.TextEnded(isChanged ? whole : null)];
    }

    /// <summary>Nothing more comes, and what was taken back was never said again: it stays as it was shown.</summary>
    public IEnumerable<EngineEvent> GiveUp()
    {
        (_isHeldBack, _expected) = (false, null);
        return Settle();
    }
}
