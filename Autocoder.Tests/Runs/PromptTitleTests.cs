using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Runs;

namespace Autocoder.Tests.Runs;

public sealed class PromptTitleTests
{
    [Theory]
    [InlineData("How does checkout compute tax?", "How does checkout compute tax?")]
    [InlineData("  How   is\tit? \n\nHere is more.", "How is it?")]
    [InlineData("\r\n---\r\n## **Fix** the cart\r\nPlease.", "Fix the cart")]
    [InlineData("```csharp\nvar total = Sum();\n```\nWhat does this do?", "What does this do?")]
    [InlineData("```csharp\n\n{\nvar total = Sum();\n```", "var total = Sum();")]
    [InlineData("```", "")]
    [InlineData("???", "")]
    [InlineData("日本語のタイトル", "日本語のタイトル")]
    public void It_is_the_first_line_that_says_something(string text, string title) => Assert.Equal(title, Of(text));

    [Fact]
    public void A_long_line_ends_after_a_word()
    {
        var title = Of("Please look at every place in which the tax of an order is computed and say which is wrong");

        Assert.Equal("Please look at every place in which the tax of an order is…", title);
    }

    [Theory]
    [InlineData(59)]
    [InlineData(60)]
    [InlineData(61)]
    [InlineData(4000)]
    public void A_line_without_spaces_is_cut_between_characters(int count)
    {
        var title = Of("a" + string.Concat(Enumerable.Repeat("😀", count)) + "b");

        Assert.InRange(title.Length, 1, 60);
        Assert.Equal('…', title[^1]);
        Assert.False(char.IsHighSurrogate(title[^2]));
    }

    [Theory]
    [InlineData(1, "0.png")]
    [InlineData(3, "0.png and 2 more")]
    public void Without_a_text_the_attachments_give_it(int count, string title) => Assert.Equal(
        title, Of("", [.. Enumerable.Range(0, count).Select(number => new Attachment($"{number}.png", "image/png", 1, "x"))]));

    private static string Of(string text, params Attachment[] attachments) => PromptTitle.Of(new PromptAdmitted(Guid.NewGuid(), text, attachments));
}
