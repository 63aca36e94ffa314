using Autocoder.Core.Assistant;
using Autocoder.Core.Projects;
using Autocoder.Tests.TestSupport;

namespace Autocoder.Tests.Assistant;

public sealed class CitationCheckerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("`a.cs:1`", CitationStatus.Exists, "one")]
    [InlineData("`a.cs:2-3`", CitationStatus.Exists, "two|three")]
    [InlineData("`a.cs:4`", CitationStatus.BeyondEnd, "")]
    [InlineData("`a.cs:3-4`", CitationStatus.BeyondEnd, "")]
    [InlineData("`b.cs:1`", CitationStatus.Gone, "")]
    [InlineData("`../secret.txt:1`", CitationStatus.Gone, "")]
    [InlineData("`binary.bin:1`", CitationStatus.Gone, "")]
    public async Task A_citation_is_compared_with_the_file(string text, CitationStatus status, string lines)
    {
        _folder.Write("project/a.cs", "one\r\ntwo\r\nthree\r\n");
        _folder.Write("project/binary.bin", "\0\0");
        _folder.Write("secret.txt", "secret");

        var checker = new CitationChecker(ProjectFolder.Open(_folder.At("project")));
        var result = Assert.Single(await checker.CheckAsync(CitationParser.Parse(text), CancellationToken.None));

        Assert.Equal(status, result.Status);
        Assert.Equal(lines, string.Join('|', result.Lines));
    }
}
