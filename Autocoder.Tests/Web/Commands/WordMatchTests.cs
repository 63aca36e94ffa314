using Autocoder.Web.Commands;
using FsCheck;
using FsCheck.Fluent;

namespace Autocoder.Tests.Web.Commands;

public sealed class WordMatchTests
{
    [Theory]
    [InlineData("new")]
    [InlineData("conv new")]
    [InlineData("NEW CONVERSATION")]
    [InlineData("cnvrs")]
    [InlineData("versation")]
    [InlineData("chat")]
    public void A_few_letters_find_it(string typed) => Assert.True(WordMatch.Score(typed, "New conversation", "chat start") > 0);

    [Theory]
    [InlineData("old")]
    [InlineData("new project")]
    [InlineData("onversatio x")]
    [InlineData("e")]
    public void Every_word_has_to_occur(string typed) => Assert.Equal(0, WordMatch.Score(typed, "New conversation"));

    [Theory]
    [InlineData("con", "Console", "New conversation about it")]
    [InlineData("stop", "Stop what runs", "How do I stop it")]
    [InlineData("new", "New project", "Rename")]
    [InlineData("theme", "Theme: dark", "Dark")]
    public void What_fits_better_comes_first(string typed, string better, string worse) =>
        Assert.True(WordMatch.Score(typed, better) > WordMatch.Score(typed, worse, "theme"));

    [Fact]
    public void Every_command_is_found_by_its_own_name_and_any_beginning_of_it() => Assert.All(
        CommandCatalog.All.SelectMany(command => Enumerable.Range(1, command.Title.Length).Select(length => (command.Title, Typed: command.Title[..length]))),
        pair => Assert.True(WordMatch.Score(pair.Typed, pair.Title) > 0, $"“{pair.Typed}” does not find “{pair.Title}”"));

    [Fact]
    public void Whatever_is_typed_has_a_score() => Prop
        .ForAll<string?, string?>((typed, text) => WordMatch.Score(typed ?? "", text ?? "") >= 0)
        .QuickCheckThrowOnFailure();
}
