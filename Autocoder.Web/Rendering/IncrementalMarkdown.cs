using System.Text;
using Markdig.Extensions.Tables;
using Markdig.Syntax;

namespace Autocoder.Web.Rendering;

/// <summary>Markdown that grows at its end, parsed so that the work is linear in its length.</summary>
/// <remarks>
/// Finished top-level blocks become <see cref="Segments"/> that never change; only the unfinished end is parsed again. Lists
/// are finished item by item and fenced code line by line. When the unfinished end is long and its parsing has used up
/// its share, the newest text waits as <see cref="PendingHtml"/>, readable but without formatting, for a later parse.
/// The segments and the end together are the HTML that <see cref="SafeMarkdown.ToHtml(string)"/> gives for the whole text.
/// Not thread-safe.
/// </remarks>
public sealed class IncrementalMarkdown
{
    // Ends up to this length are parsed at each refresh; longer ones only while all parsing stays within 1.5 × the text.
    private const int AlwaysParsed = 2048;
    private const double ParseShare = 1.5;

    private readonly List<MarkdownSegment> _segments = [];
    private readonly StringBuilder _tail = new();
    private ListSegment? _list;
    private OpenFence? _fence;
    private bool _endsWithReturn;
    private bool _isDirty;

    /// <summary>The blocks that are finished, and at the end perhaps a list or a block of code that still grows.</summary>
    public IReadOnlyList<MarkdownSegment> Segments => _segments;

    /// <summary>What follows the segments and may still change.</summary>
    public string TailHtml { get; private set; } = "";

    /// <summary>Text that was not parsed yet, encoded. Empty after <see cref="Complete"/>.</summary>
    public string PendingHtml { get; private set; } = "";

    /// <summary>How many characters were received.</summary>
    public long Received { get; private set; }

    /// <summary>How many characters were given to the parser, counting repeats: the measure of the work.</summary>
    public long Parsed { get; private set; }

    /// <summary>Adds text. Nothing is parsed before <see cref="Refresh"/>.</summary>
    public void Append(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length == 0)
        {
            return;
        }

        // A line end may be cut between its two characters.
        if (_endsWithReturn)
        {
            text = '\r' + text;
        }

        _endsWithReturn = text[^1] == '\r';
        if (_endsWithReturn)
        {
            text = text[..^1];
        }

        text = MarkdownSyntax.Normalize(text);
        _tail.Append(text);
        Received += text.Length;
        _isDirty = true;
    }

    /// <summary>Brings the output up to date.</summary>
    public void Refresh()
    {
        if (_isDirty)
        {
            _isDirty = false;
            Update(isComplete: false);
        }
    }

    /// <summary>Says that nothing follows: everything is parsed and finished.</summary>
    public void Complete()
    {
        if (_endsWithReturn)
        {
            _tail.Append('\n');
            _endsWithReturn = false;
        }

        Update(isComplete: true);
    }

    /// <summary>All of it. For comparison; a view draws the parts.</summary>
    public string ToHtml() => string.Concat(_segments.Select(segment => segment.ToHtml())) + TailHtml + PendingHtml;

    private void Update(bool isComplete)
    {
        PendingHtml = "";
        do
        {
            BeginFence();
        }
        while (_fence is not null && TakeCode(isComplete));

        if (_fence is not null || _tail.Length == 0)
        {
            TailHtml = "";
            return;
        }

        if (!isComplete && _tail.Length > AlwaysParsed && Parsed + _tail.Length > Received * ParseShare)
        {
            ShowPending();
            return;
        }

        ParseTail(isComplete);
    }

    // The end as it was at the last parse stays; what came since is shown as it is.
    private void ShowPending()
    {
        TailHtml = "";
        if (_list is not null)
        {
            _list.Tail = "";
        }

        PendingHtml = SafeMarkdown.Plain(_tail.ToString());
    }

    private void ParseTail(bool isComplete)
    {
        var text = _tail.ToString();
        Parsed += text.Length;
        if (SafeMarkdown.TryParse(text) is not { } document)
        {
            TailHtml = SafeMarkdown.Plain(text);
            if (isComplete)
            {
                Finish(new HtmlSegment(TailHtml));
                CutTail(text.Length);
            }

            return;
        }

        var blocks = document.ToList();
        var firstOpen = isComplete ? blocks.Count : FirstOpenBlock(blocks, text);
        for (var i = 0; i < firstOpen; i++)
        {
            FinishBlock(blocks[i], text);
        }

        if (isComplete)
        {
            _list = null;
            CutTail(text.Length);
            return;
        }

        var cut = firstOpen > 0 ? LineStart(text, blocks[firstOpen].Span.Start) : 0;
        cut = Math.Max(cut, ShowOpenBlocks(blocks, firstOpen, text));
        _tail.Remove(0, cut);
    }

    // Shows what may still change, and finishes the items of the last list that no longer can. Returns where the tail now begins.
    private int ShowOpenBlocks(List<Block> blocks, int firstOpen, string text)
    {
        var html = new StringBuilder();
        var cut = 0;
        for (var i = firstOpen; i < blocks.Count; i++)
        {
            if (blocks[i] is ListBlock list && i == firstOpen && i == blocks.Count - 1 && ShowOpenList(list, text, ref cut))
            {
                continue;
            }

            if (blocks[i] is ListBlock continued && i == firstOpen && _list is not null)
            {
                _list.Tail = string.Concat(continued.Cast<ListItemBlock>().Select(item => SafeMarkdown.ItemToHtml(item, text)));
            }
            else
            {
                html.Append(SafeMarkdown.ToHtml(blocks[i], text));
            }
        }

        TailHtml = html.ToString();
        return cut;
    }

    // A list becomes a segment with its first finished item; before that, "-" may still turn out to be something else.
    private bool ShowOpenList(ListBlock list, string text, ref int cut)
    {
        var items = list.Cast<ListItemBlock>().ToList();
        var lastStart = LineStart(text, items[^1].Span.Start);
        var isDecided = items.Count > 1 && text.IndexOf('\n', lastStart) >= 0;
        if (_list is null && !isDecided)
        {
            return false;
        }

        if (_list is null)
        {
            _list = new ListSegment(list.IsOrdered, list.OrderedStart);
            _segments.Add(_list);
        }

        var firstOpen = isDecided ? items.Count - 1 : 0;
        for (var i = 0; i < firstOpen; i++)
        {
            _list.Add(SafeMarkdown.ItemToHtml(items[i], text));
        }

        _list.Tail = string.Concat(items.Skip(firstOpen).Select(item => SafeMarkdown.ItemToHtml(item, text)));
        cut = isDecided ? lastStart : cut;
        return true;
    }

    // The last block may still change, and the one before it as long as the line between them may still become part of it.
    private static int FirstOpenBlock(List<Block> blocks, string text)
    {
        if (blocks.Count < 2)
        {
            return 0;
        }

        var (before, last) = (blocks[^2], blocks[^1]);
        var start = LineStart(text, last.Span.Start);
        if (start <= before.Span.Start)
        {
            return 0;
        }

        var isLineWhole = text.IndexOf('\n', start) >= 0;
        var isApart = start >= 2 && text[start - 1] == '\n' && text[start - 2] == '\n';

        // The lines of a paragraph and of a table below it are divided anew with each line.
        var isDecided = before is Table || last is Table ? isApart : isLineWhole || (isApart && before is ParagraphBlock or HeadingBlock);
        return isDecided ? blocks.Count - 1 : 0;
    }

    private void FinishBlock(Block block, string text)
    {
        if (block is ListBlock list && _list is not null)
        {
            foreach (var item in list.Cast<ListItemBlock>())
            {
                _list.Add(SafeMarkdown.ItemToHtml(item, text));
            }

            _list.Tail = "";
            _list = null;
            return;
        }

        Finish(new HtmlSegment(SafeMarkdown.ToHtml(block, text)));
    }

    private void Finish(MarkdownSegment segment)
    {
        if (_list is not null)
        {
            _list.Tail = "";
            _list = null;
        }

        _segments.Add(segment);
    }

    private void CutTail(int length)
    {
        _tail.Remove(0, length);
        TailHtml = "";
    }

    private void BeginFence()
    {
        if (_fence is null && _list is null && OpenFence.TryBegin(_tail) is { } fence)
        {
            _fence = fence;
            Finish(fence.Segment);
        }
    }

    /// <returns>Whether the block was closed, so that what follows is to be looked at.</returns>
    private bool TakeCode(bool isComplete)
    {
        if (!_fence!.Take(_tail, isComplete))
        {
            return false;
        }

        _fence = null;
        return true;
    }

    private static int LineStart(string text, int at) => at <= 0 ? 0 : text.LastIndexOf('\n', Math.Min(at, text.Length) - 1) + 1;
}
