using Autocoder.Core.Assistant;
using Autocoder.Tests.TestSupport;

namespace Autocoder.Tests.Assistant;

public sealed class FileFinderTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ManualClock _clock = new();
    private readonly FileFinder _finder;

    public FileFinderTests() => _finder = new FileFinder(_clock);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Names_that_begin_with_the_letters_come_first_then_those_that_have_them()
    {
        Write("src/Tax/TaxService.cs", "src/Cart.cs", "docs/tax.md", "syntax/readme.md", "src/Total.cs");

        Assert.Equal(["docs/tax.md", "src/Tax/TaxService.cs", "syntax/readme.md"], Find("tax"));
        Assert.Equal(["src/Tax/TaxService.cs"], Find("TSvc"));
        Assert.Equal(["src/Cart.cs", "src/Total.cs", "src/Tax/TaxService.cs"], Find("src/"));
        Assert.Empty(Find("zzz"));
    }

    [Fact]
    public void Without_letters_the_files_nearest_to_the_top_are_given()
    {
        Write("deep/er/a.cs", "readme.md");

        Assert.Equal(["readme.md", "deep/er/a.cs"], Find(""));
    }

    [Theory]
    [InlineData(".env")]
    [InlineData("config/server.pem")]
    [InlineData(".ssh/known")]
    [InlineData("node_modules/left-pad/index.js")]
    public void What_may_hold_secrets_and_what_tools_fetched_is_never_given(string path)
    {
        Write(path, "readme.md");

        Assert.Equal(["readme.md"], Find(""));
    }

    [Fact]
    public void Links_and_names_that_would_break_a_message_are_left_out()
    {
        Write("readme.md");
        File.CreateSymbolicLink(_folder["outside"], "/etc/passwd");
        File.WriteAllText(_folder["a\nb.cs"], "");

        Assert.Equal(["readme.md"], Find(""));
    }

    [Fact]
    public void A_new_file_is_found_after_a_moment_and_a_missing_folder_has_none()
    {
        Write("a.cs");
        Assert.Equal(["a.cs"], Find(""));
        Write("b.cs");

        _clock.Advance(TimeSpan.FromSeconds(11));

        Assert.Equal(["a.cs", "b.cs"], Find(""));
        Assert.Empty(_finder.Find(_folder["gone"], "", CancellationToken.None));
    }

    private IReadOnlyList<string> Find(string letters) => _finder.Find(_folder.Path, letters, CancellationToken.None);

    private void Write(params string[] paths)
    {
        foreach (var path in paths)
        {
            var full = Path.Combine(_folder.Path, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, "");
        }
    }
}
