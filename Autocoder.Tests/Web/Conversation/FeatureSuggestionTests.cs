using Autocoder.Core.Features;
using Autocoder.Web.Components.Conversation;

namespace Autocoder.Tests.Web.Conversation;

public sealed class FeatureSuggestionTests
{
    [Theory]
    [InlineData("Show the tax on its own line. Then sum it up.", "Show the tax on its own line")]
    [InlineData("\n\n## **Show** the `tax`\n\nBecause.", "Show the tax")]
    [InlineData("```python\nprint(1)\n```", "print(1)")]
    [InlineData("- one\n- two", "one")]
    [InlineData("***\n---\n", "")]
    [InlineData("", "")]
    public void The_name_is_the_first_thing_that_is_said(string text, string name) => Assert.Equal(name, FeatureSuggestion.NameFrom(text));

    [Fact]
    public void A_long_text_is_cut_where_the_backlog_takes_no_more_and_never_through_a_character()
    {
        var text = string.Concat(Enumerable.Repeat("😀", 5000));

        var (description, isCut) = FeatureSuggestion.DescriptionFrom("x" + text);

        Assert.True(isCut);
        Assert.InRange(description.Length, FeatureLimits.DescriptionLength - 1, FeatureLimits.DescriptionLength);
        Assert.False(char.IsHighSurrogate(description[^1]));
        Assert.InRange(FeatureSuggestion.NameFrom("x" + text).Length, 1, FeatureLimits.NameLength);
    }
}
