using System.Text;
using Autocoder.Web.Rendering;
using FsCheck;
using FsCheck.Fluent;

namespace Autocoder.Tests.Web.Rendering;

public sealed class IncrementalMarkdownTests
{
    // Lines that begin, continue and end every kind of block, so that cuts fall between all pairs of them.
    private static readonly string[] Lines =
    [
        "A sentence with **bold**, *slant* and `code`.", "Another line of the same paragraph", "", "", "",
        "# Heading", "## Second | heading", "#", "---", "===", "***",
        "- item", "- item two", "  continued", "  - nested item", "    - deeper", "   text by three", "* other bullet", "+ plus", "-", "- ",
        "1. one", "2. two", "10. ten", "3) bracket", "- [ ] to do", "- [x] done",
        "> quote", "> - quoted item", ">", "lazy line",
        "```csharp", "```", "~~~", "~~~~ js", "````", "   ```", "  ```x", "    indented code", "\tcode after a tab",
        "| a | b |", "|---|--:|", "| 1 | 2 |", "a | b", "--|--",
        "[text](https://ok.test)", "[x](javascript:alert(1))", "[r]: https://ok.test", "[x][r]", "https://ok.test/page", "<div onclick=x>", "&amp; &lt;",
        "![i](https://ok.test/i.png)", "\u202ereversed", "**open", "`open", "\\- escaped", "0", "a\tb",
    ];

    private static readonly Gen<string> Texts =
        from lines in Gen.Elements(Lines).ListOf()
        from end in Gen.Elements("", "\n", "\n\n")
        select string.Join('\n', lines) + end;

    [Fact]
    public void Cut_anywhere_it_ends_as_the_whole_text_would()
    {
        var cases = from text in Texts from sizes in Gen.Choose(1, 60).ListOf() select (text, sizes.ToArray());
        Prop.ForAll(cases.ToArbitrary(), sample => Assert.Equal(SafeMarkdown.ToHtml(sample.Item1), Feed(sample.Item1, sample.Item2).ToHtml()))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(4000));
    }

    [Fact]
    public void Every_state_on_the_way_is_what_the_text_so_far_would_be()
    {
        Prop.ForAll(Texts.ToArbitrary(), text =>
        {
            var markdown = new IncrementalMarkdown();
            for (var at = 0; at < text.Length; at++)
            {
                markdown.Append(text[at].ToString());
                markdown.Refresh();
                Assert.Equal(Loose(SafeMarkdown.ToHtml(text[..(at + 1)])), Loose(markdown.ToHtml()));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(150));
    }

    [Fact]
    public void Finished_segments_are_never_touched_again()
    {
        var markdown = new IncrementalMarkdown();
        markdown.Append("First.\n\nSecond.\n\n- a\n- b\n- c\n");
        markdown.Refresh();
        var before = markdown.Segments.ToList();
        var items = ((ListSegment)before[^1]).Items.ToList();

        markdown.Append("- d\n\nAfter the list.\n\nEnd");
        markdown.Refresh();

        Assert.Equal(before, markdown.Segments.Take(before.Count));
        Assert.Equal(items, ((ListSegment)markdown.Segments[2]).Items.Take(items.Count));
    }

    [Theory]
    [InlineData(10_000, 100)]
    [InlineData(10_000, 1000)]
    [InlineData(200_000, 100)]
    [InlineData(200_000, 1000)]
    [InlineData(1_000_000, 1000)]
    public void The_work_of_an_answer_is_linear(int length, int frame) => AssertLinear(Answer(length), frame);

    [Theory]
    [InlineData("word and ")]
    [InlineData("- item of a very long list\n")]
    [InlineData("| a | b |\n")]
    [InlineData("> quoted\n")]
    [InlineData("[")]
    [InlineData("**")]
    public void The_work_of_one_endless_block_is_linear(string piece) =>
        AssertLinear(string.Concat(Enumerable.Repeat(piece, 60_000 / piece.Length)), frame: 200);

    [Fact]
    public void An_open_fence_is_finished_line_by_line()
    {
        var markdown = new IncrementalMarkdown();
        markdown.Append("```csharp\n");
        for (var line = 0; line < 1000; line++)
        {
            markdown.Append($"var x{line} = Compute({line});\n");
            markdown.Refresh();
        }

        var code = Assert.IsType<CodeSegment>(Assert.Single(markdown.Segments));
        Assert.Equal("csharp", code.Language);
        Assert.True(code.Tail.Length < 3000, $"{code.Tail.Length} characters would be sent again with each picture.");
        Assert.Equal(0, markdown.Parsed);
    }

    [Fact]
    public void A_line_end_cut_in_two_is_one_line_end()
    {
        var markdown = new IncrementalMarkdown();
        foreach (var piece in new[] { "a\r", "\n\r", "\nb\r", "c" })
        {
            markdown.Append(piece);
            markdown.Refresh();
        }

        markdown.Complete();

        Assert.Equal("<p>a</p><p>b\nc</p>", markdown.ToHtml());
    }

    // The text that waits for a parse is shown without formatting, and a space at a line's end is not yet a decision.
    private static string Loose(string html) => html.Replace("\n", "", StringComparison.Ordinal);

    private static void AssertLinear(string text, int frame)
    {
        var markdown = Feed(text, [frame]);
        Assert.True(
            markdown.Parsed <= 2.5 * text.Length,
            $"{markdown.Parsed} characters were parsed for a text of {text.Length}: {(double)markdown.Parsed / text.Length:F2} times its length.");
        Assert.Equal(SafeMarkdown.ToHtml(text), markdown.ToHtml());
    }

    private static IncrementalMarkdown Feed(string text, int[] sizes)
    {
        var markdown = new IncrementalMarkdown();
        for (int at = 0, frame = 0; at < text.Length; frame++)
        {
            var size = Math.Min(sizes.Length == 0 ? 7 : sizes[frame % sizes.Length], text.Length - at);
            markdown.Append(text.Substring(at, size));
            markdown.Refresh();
            at += size;
        }

        markdown.Complete();
        return markdown;
    }

    private static string Answer(int length)
    {
        var text = new StringBuilder();
        for (var section = 1; text.Length < length; section++)
        {
            text.Append($"## Section {section}\n\n");
            for (var paragraph = 0; paragraph < 3; paragraph++)
            {
                text.Append("The agent reads **a file** and then it writes tests for every `case` so that the build can run ".PadRight(100))
                    .Append("with fewer errors while logs show what was done before, and the person who reads this sees why.\n\n");
            }

            text.Append("- first point of some length\n- second point\n  - with a nested one\n- third\n\n")
                .Append("```csharp\npublic int Value { get; }\n\npublic void Run() => Start();\n```\n\n")
                .Append("| File | Lines |\n|---|---|\n| A.cs | 10 |\n| B.cs | 20 |\n\n");
        }

        return text.ToString(0, length);
    }
}
