using Autocoder.Core.Engines.Models.Offline.Answers;

namespace Autocoder.Tests.Engines;

public sealed class FileKindsTests
{
    [Theory]
    [InlineData(".gitignore", "README.md")]
    [InlineData("backend/.dockerignore", "docs/setup.txt")]
    [InlineData("package-lock.json", "package.json")]
    [InlineData("README.md", "src/app.ts")]
    [InlineData("src/app.test.ts", "src/app.ts")]
    public void A_hit_counts_less_in_a_file_that_says_less(string less, string more) =>
        Assert.True(FileKinds.Weight(less) < FileKinds.Weight(more));
}
