using Autocoder.Web.Rendering;

namespace Autocoder.Tests.Web.Rendering;

public sealed class FileWindowTests
{
    [Theory]
    [InlineData(10, 1)]
    [InlineData(10, 99)]
    [InlineData(50_000, 1)]
    [InlineData(50_000, 25_000)]
    [InlineData(50_000, 50_000)]
    [InlineData(50_000, -5)]
    public void The_line_is_in_the_window_and_the_window_is_never_large(int count, int line)
    {
        var window = FileWindow.Around([.. Enumerable.Range(1, count).Select(number => $"line {number}")], line);

        Assert.InRange(Math.Clamp(line, 1, count), window.First, window.Last);
        Assert.Equal(Math.Min(count, 1000), window.Lines.Count);
        Assert.Equal($"line {window.First}", window.Lines[0]);
    }

    [Fact]
    public void One_enormous_line_is_cut_and_says_so()
    {
        var window = FileWindow.Around([new string('a', 2_000_000)], 1);

        var html = window.ToHtml(1, 0, "a", 1);

        Assert.Contains("1,996,000 more characters", html, StringComparison.Ordinal);
        Assert.InRange(html.Length, 1, 100_000);
    }

    [Fact]
    public void Lines_and_matches_are_marked_and_nothing_in_them_is_markup()
    {
        var html = new FileWindow(7, ["a", "<b>B&</b>", "c"]).ToHtml(8, 9, "b", 8);

        Assert.Equal(
            "<span class=\"line\" id=\"L7\" data-number=\"7\">a</span>"
            + "<span class=\"line here current\" id=\"L8\" data-number=\"8\">&lt;<mark>b</mark>&gt;<mark>B</mark>&amp;&lt;/<mark>b</mark>&gt;</span>"
            + "<span class=\"line here\" id=\"L9\" data-number=\"9\">c</span>", html);
    }
}
