namespace Autocoder.Web.Rendering;

/// <summary>A top-level block of a growing text. Only the last one of a text may still grow, and only at its end.</summary>
public abstract class MarkdownSegment
{
    /// <summary>The segment as a whole. For comparison; a view draws the parts.</summary>
    public abstract string ToHtml();
}

/// <summary>A finished block.</summary>
public sealed class HtmlSegment(string html) : MarkdownSegment
{
    /// <summary>Never changes.</summary>
    public string Html { get; } = html;

    /// <inheritdoc/>
    public override string ToHtml() => Html;
}

/// <summary>A fenced block of code; whole lines are finished.</summary>
public sealed class CodeSegment(string language) : MarkdownSegment
{
    private readonly List<string> _chunks = [];

    /// <summary>Empty when the fence named none.</summary>
    public string Language { get; } = language;

    /// <summary>Finished pieces, encoded.</summary>
    public IReadOnlyList<string> Chunks => _chunks;

    /// <summary>The piece that still grows, encoded.</summary>
    public string Tail { get; internal set; } = "";

    /// <inheritdoc/>
    public override string ToHtml() => MarkdownWriter.CodeOpening(Language) + string.Concat(_chunks) + Tail + MarkdownWriter.CodeClosing;

    internal void Add(string chunk) => _chunks.Add(chunk);
}

/// <summary>A list; all items but the last are finished.</summary>
public sealed class ListSegment(bool isOrdered, string? start) : MarkdownSegment
{
    private readonly List<string> _items = [];

    /// <summary>Whether it is numbered.</summary>
    public bool IsOrdered { get; } = isOrdered;

    /// <summary>The number of the first item, as it was written.</summary>
    public int Start { get; } = int.TryParse(start, out var first) ? first : 1;

    /// <summary>Finished items, each with its <c>li</c> element.</summary>
    public IReadOnlyList<string> Items => _items;

    /// <summary>The items that may still change.</summary>
    public string Tail { get; internal set; } = "";

    /// <inheritdoc/>
    public override string ToHtml() =>
        MarkdownWriter.ListOpening(IsOrdered, start) + string.Concat(_items) + Tail + MarkdownWriter.ListClosing(IsOrdered);

    internal void Add(string item) => _items.Add(item);
}
