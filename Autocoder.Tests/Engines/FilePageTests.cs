using Autocoder.Core.Engines.Models.Offline.Looking;

namespace Autocoder.Tests.Engines;

public sealed class FilePageTests
{
    [Fact]
    public void A_page_of_read_gives_back_the_text_of_the_file()
    {
        Assert.True(FilePage.TryParse("a", "     1→one\n     2→\n     3→  3→x\n[Lines 1 to 3 of 9. Read on with offset 4.]", out var page));

        Assert.Equal("one\n\n  3→x", page.Text);
        Assert.Equal((9, 4), (page.TotalLines, page.NextOffset));
        Assert.False(FilePage.TryParse("a", "src/ holds:\na.cs  (3 bytes)", out _));
    }
}
