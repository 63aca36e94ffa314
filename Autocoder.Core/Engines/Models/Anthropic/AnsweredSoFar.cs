using System.Text;

namespace Autocoder.Core.Engines.Models.Anthropic;

/// <summary>
/// What of an answer was passed on, so that a repeated call goes on where it broke off. As long as the repeat says the same it is
/// not passed on again; when it says something else, what was passed on is withdrawn, and the repeat stands alone.
/// </summary>
internal sealed class AnsweredSoFar
{
    private List<Stretch> _passed = [];
    private List<ModelEvent> _repeat = [];
    private List<Stretch> _repeated = [];
    private bool _isRepeating;
    private bool _hasToolCall;

    /// <summary>The same call is made again.</summary>
    public void Repeat()
    {
        _isRepeating = _passed.Count > 0 || _hasToolCall;
        _repeat = [];
        _repeated = [];
    }

    /// <summary>What is passed on of the next piece.</summary>
    public IReadOnlyList<ModelEvent> Pass(ModelEvent piece)
    {
        if (!_isRepeating)
        {
            Note(_passed, piece);
            _hasToolCall |= piece is ModelEvent.ToolCallReady;
            return [piece];
        }

        _repeat.Add(piece);
        Note(_repeated, piece);
        return piece switch
        {
            _ when _hasToolCall || !Agrees() => Withdraw(),
            ModelEvent.TextDelta or ModelEvent.ReasoningDelta when Beyond() is { } rest => GoOn(piece, rest),
            ModelEvent.TextDelta or ModelEvent.ReasoningDelta => [],

            // A signature belongs to a thought that was passed on whole; its end, or a call, to an answer that says all of it.
            _ when LengthOf(_repeated) == LengthOf(_passed) => GoOn(piece, rest: null),
            ModelEvent.ReasoningSigned => [],
            _ => Withdraw(),
        };
    }

    private List<ModelEvent> GoOn(ModelEvent piece, string? rest)
    {
        if (piece is ModelEvent.ReasoningSigned)
        {
            return [piece];
        }

        _isRepeating = false;
        _passed = _repeated;
        _hasToolCall |= piece is ModelEvent.ToolCallReady;
        return piece switch
        {
            ModelEvent.TextDelta => [new ModelEvent.TextDelta(rest!)],
            ModelEvent.ReasoningDelta => [new ModelEvent.ReasoningDelta(rest!)],
            _ => [piece],
        };
    }

    private List<ModelEvent> Withdraw()
    {
        _isRepeating = false;
        _passed = _repeated;
        _hasToolCall = _repeat.Exists(piece => piece is ModelEvent.ToolCallReady);
        return [new ModelEvent.Withdrawn(), .. _repeat];
    }

    // One is the beginning of the other, stretch by stretch.
    private bool Agrees()
    {
        for (var index = 0; index < Math.Min(_passed.Count, _repeated.Count); index++)
        {
            var (one, other) = (_passed[index], _repeated[index]);
            var length = Math.Min(one.Text.Length, other.Text.Length);
            var bothGoOn = index < _passed.Count - 1 && index < _repeated.Count - 1;
            var endsEarly = (index < _passed.Count - 1 && other.Text.Length > one.Text.Length) || (index < _repeated.Count - 1 && other.Text.Length < one.Text.Length);
            if (one.IsThought != other.IsThought || endsEarly || (bothGoOn && one.Text.Length != other.Text.Length)
                || !one.Text.ToString(0, length).Equals(other.Text.ToString(0, length), StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What the repeat says that was not passed on yet; null for nothing.</summary>
    private string? Beyond()
    {
        var more = LengthOf(_repeated) - LengthOf(_passed);
        return more > 0 && _repeated.Count >= _passed.Count ? _repeated[^1].Text.ToString(_repeated[^1].Text.Length - more, more) : null;
    }

    private static int LengthOf(List<Stretch> stretches) => stretches.Sum(stretch => stretch.Text.Length);

    private static void Note(List<Stretch> stretches, ModelEvent piece)
    {
        var (isThought, text) = piece switch
        {
            ModelEvent.TextDelta delta => (false, delta.Text),
            ModelEvent.ReasoningDelta delta => (true, delta.Text),
            _ => (false, ""),
        };
        if (text.Length == 0)
        {
            return;
        }

        if (stretches.Count == 0 || stretches[^1].IsThought != isThought)
        {
            stretches.Add(new Stretch(isThought, new StringBuilder()));
        }

        stretches[^1].Text.Append(text);
    }

    private sealed record Stretch(bool IsThought, StringBuilder Text);
}
