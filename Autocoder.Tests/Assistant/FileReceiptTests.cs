using System.Text.Json;
using Autocoder.Core.Assistant;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Transcripts;

namespace Autocoder.Tests.Assistant;

public sealed class FileReceiptTests
{
    [Fact]
    public void Files_are_counted_once_with_all_that_was_read_of_them()
    {
        var receipt = FileReceipt.Of([Call("Read", "a.cs", "12345"), Call("Read", "b.cs", "é"), Call("Read", "a.cs", "678"), Call("Grep", "", "x")]);

        Assert.Equal([new FileRead("a.cs", 8), new FileRead("b.cs", 2)], receipt.Read);
        Assert.Equal((10, true), (receipt.Bytes, receipt.OnlyRead));
        Assert.Equal(["Grep "], receipt.Searches);
    }

    [Fact]
    public void A_run_that_wrote_or_ran_a_command_says_so()
    {
        var receipt = FileReceipt.Of(
        [
            Call("Write", "a.cs", "ok", ToolEffect.Idempotent) with { ChangedFile = "a.cs" },
            Call("Edit", "a.cs", "ok", ToolEffect.SideEffect) with { ChangedFile = "a.cs" },
            Call("Bash", "", "ok", ToolEffect.SideEffect),
        ]);

        Assert.Equal(["a.cs"], receipt.Written);
        Assert.Equal(["Bash "], receipt.Commands);
        Assert.False(receipt.OnlyRead);
    }

    [Theory]
    [InlineData(ToolCallStatus.Failed)]
    [InlineData(ToolCallStatus.Unknown)]
    public void A_command_that_failed_may_have_changed_something_all_the_same(ToolCallStatus status) =>
        Assert.False(FileReceipt.Of([Call("Bash", "", "", ToolEffect.SideEffect) with { Status = status }]).OnlyRead);

    [Fact]
    public void What_was_refused_before_it_began_did_nothing()
    {
        var receipt = FileReceipt.Of([Call("Bash", "", "", ToolEffect.SideEffect) with { StartedAt = null, Status = ToolCallStatus.Failed }]);

        Assert.True(receipt.OnlyRead);
    }

    private static ToolCallItem Call(string tool, string path, string output, ToolEffect effect = ToolEffect.ReadOnly) => new(
        tool + path, 1, default, null, tool + path, tool, $"{tool} {path}", JsonSerializer.SerializeToElement(new { path }), effect, default(DateTimeOffset),
        ToolCallStatus.Completed, output);
}
