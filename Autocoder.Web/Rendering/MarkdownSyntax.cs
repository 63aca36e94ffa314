using Markdig;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Autocoder.Web.Rendering;

/// <summary>The part of Markdown that answers may use.</summary>
internal static class MarkdownSyntax
{
    private static readonly MarkdownPipeline Pipeline = Build();

    public static MarkdownDocument Parse(string markdown) => Markdown.Parse(markdown, Pipeline);

    /// <summary>One kind of line end, and no NUL: what Markdig would do itself, done before texts are cut and compared.</summary>
    public static string Normalize(string text) =>
        text.AsSpan().IndexOfAny('\r', '\0') < 0 ? text : text.ReplaceLineEndings("\n").Replace('\0', '\uFFFD');

    private static MarkdownPipeline Build()
    {
        var builder = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseTaskLists();
        builder.BlockParsers.Replace<ParagraphBlockParser>(new SelfContainedParagraphParser());
        builder.InlineParsers.Insert(0, new BareAddressParser());
        return builder.Build();
    }

    // Neither "[name]: address" lines nor underlined headings: both let a line change what an earlier block means, so that
    // no block could be finished before the whole answer is. The lines are shown as they were written.
    private sealed class SelfContainedParagraphParser : ParagraphBlockParser
    {
        public SelfContainedParagraphParser() => ParseSetextHeadings = false;

        public override bool Close(BlockProcessor processor, Block block)
        {
            if (block is ParagraphBlock { Lines: var lines } paragraph)
            {
                paragraph.ProcessInlines = IsCheap(lines);
                if (lines.Count == 0)
                {
                    return false;
                }

                for (var i = 0; i < lines.Count; i++)
                {
                    lines.Lines[i].Slice.TrimStart();
                }

                lines.Lines[lines.Count - 1].Slice.TrimEnd();
            }

            return true;
        }

        // Brackets and stars without a partner cost Markdig time quadratic in their number. No paragraph written for a
        // reader has so many; such a one is shown without formatting.
        private static bool IsCheap(StringLineGroup lines)
        {
            const int MostMarks = 1500;
            const int Longest = 100_000;
            var (marks, length) = (0, 0);
            for (var i = 0; i < lines.Count; i++)
            {
                var line = lines.Lines[i].Slice.AsSpan();
                length += line.Length;
                marks += line.Count('[') + line.Count('*') + line.Count('_') + line.Count('`');
            }

            return marks <= MostMarks && length <= Longest;
        }
    }

    // Markdig's own parser for bare addresses takes time quadratic in their number.
    private sealed class BareAddressParser : InlineParser
    {
        public BareAddressParser() => OpeningCharacters = ['h'];

        public override bool Match(InlineProcessor processor, ref StringSlice slice)
        {
            var text = slice.AsSpan();
            if (char.IsLetterOrDigit(slice.PeekCharExtra(-1))
                || !(text.StartsWith("https://", StringComparison.Ordinal) || text.StartsWith("http://", StringComparison.Ordinal)))
            {
                return false;
            }

            var length = Length(text);
            var url = text[..length].ToString();
            if (!LinkRule.Allows(url))
            {
                return false;
            }

            processor.Inline = new AutolinkInline(url);
            slice.Start += length;
            return true;
        }

        private static int Length(ReadOnlySpan<char> text)
        {
            const int Longest = 2048;
            var (length, open) = (0, 0);
            while (length < text.Length && length < Longest && text[length] > ' ' && text[length] is not ('<' or '>' or '"' or '`' or '|' or '\\'))
            {
                open += text[length] == '(' ? 1 : 0;
                if (text[length] == ')' && --open < 0)
                {
                    break;
                }

                length++;
            }

            // What ends a sentence is not part of the address.
            while (length > 0 && text[length - 1] is '.' or ',' or ';' or ':' or '!' or '?' or '*' or '_' or '\'' or ']')
            {
                length--;
            }

            return length;
        }
    }
}
