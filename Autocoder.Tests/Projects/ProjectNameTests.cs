using Autocoder.Core.Projects;

namespace Autocoder.Tests.Projects;

public sealed class ProjectNameTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("My_App-2")]
    [InlineData("_x")]
    [InlineData("console")]
    [InlineData("COM")]
    public void A_plain_name_is_taken(string text)
    {
        Assert.True(ProjectName.TryParse(text, out var name, out _));
        Assert.Equal(text, name.ToString());
    }

    [Fact]
    public void Fifty_characters_are_taken_and_one_more_is_not()
    {
        Assert.True(ProjectName.TryParse(new string('a', 50), out _, out _));
        Assert.False(ProjectName.TryParse(new string('a', 51), out _, out _));
    }

    [Theory]
    [InlineData(null, "needs a name")]
    [InlineData("", "needs a name")]
    [InlineData("abc\n", "may contain only")]
    [InlineData("a b", "may contain only")]
    [InlineData("a.b", "may contain only")]
    [InlineData("a/b", "may contain only")]
    [InlineData("..", "may contain only")]
    [InlineData("%2e%2e", "may contain only")]
    [InlineData("é", "may contain only")]
    [InlineData("\u0663", "may contain only")]
    [InlineData("a\u200Bb", "may contain only")]
    [InlineData("a\0", "may contain only")]
    [InlineData("-rf", "begin with")]
    [InlineData("CON", "device on Windows")]
    [InlineData("nul", "device on Windows")]
    [InlineData("Com1", "device on Windows")]
    [InlineData("__proto__", "JavaScript")]
    public void A_bad_name_is_refused_with_its_own_reason(string? text, string reason)
    {
        Assert.False(ProjectName.TryParse(text, out var name, out var refusal));
        Assert.Null(name);
        Assert.Contains(reason, refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/home/x/My App", "My-App")]
    [InlineData("/home/x/café . net/", "caf-net")]
    [InlineData("/home/x/--x--", "x")]
    [InlineData("/home/x/日本", "project")]
    [InlineData("/home/x/nul", "project")]
    public void A_name_is_proposed_from_the_folder(string folder, string name) =>
        Assert.Equal(name, ProjectName.ProposeFor(folder).Value);

    [Fact]
    public void A_numbered_name_stays_within_its_length() =>
        Assert.Equal(new string('a', 47) + "-12", ProjectName.Parse(new string('a', 50)).Numbered(12).Value);
}
