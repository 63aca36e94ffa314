using System.Text.Json;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Projects;
using Autocoder.Core.Specs;
using Autocoder.Core.Specs.Composing;
using Autocoder.Core.Tools;
using Autocoder.Tests.TestSupport;
using Autocoder.Tests.Tools;

namespace Autocoder.Tests.Specs;

public sealed class SpecToolTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly RecordingRun _run = new();

    public void Dispose() => _folder.Dispose();

    private Task<ToolResult> RunAsync(ITool tool, object arguments) => tool.ExecuteAsync(
        JsonSerializer.SerializeToElement(arguments),
        new ToolContext(Guid.NewGuid(), Guid.NewGuid(), "call", ProjectFolder.Open(_folder.Path), _run),
        CancellationToken.None);

    [Fact]
    public async Task A_draft_is_recorded_once_and_an_unchanged_one_not_again()
    {
        var document = SpecComposer.Compose(SpecPerson.QuickTodo.Interview());

        var first = await RunAsync(new SpecDraftTool(), new { document = SpecJson.ToElement(document) });
        var same = await RunAsync(new SpecDraftTool(), new { document = SpecJson.ToElement(document) });
        var other = await RunAsync(new SpecDraftTool(), new { document = SpecJson.ToElement(document with { ProjectName = "Other" }) });

        Assert.True(first.Succeeded && same.Succeeded && other.Succeeded);
        Assert.Contains("nothing was recorded", same.Output, StringComparison.Ordinal);
        var drafts = _run.Events.Cast<SpecDraftUpdated>().ToList();
        Assert.Equal([1, 2], drafts.Select(draft => draft.Revision));
        Assert.Equal(SpecJson.Write(document), drafts[0].Document);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"document\":5}")]
    [InlineData("{\"document\":{\"tables\":[{\"name\":\"a\"}]}}")]
    [InlineData("{\"document\":{\"project_name\":\"\\ud800\"}}")]
    [InlineData("[]")]
    public async Task Arguments_that_are_no_document_fail_in_words(string arguments)
    {
        using var json = JsonDocument.Parse(arguments);

        var result = await RunAsync(new SpecDraftTool(), json.RootElement);

        Assert.False(result.Succeeded);
        Assert.StartsWith("The draft was not changed", result.Output, StringComparison.Ordinal);
        Assert.Empty(_run.Events);
    }

    [Fact]
    public async Task A_specification_written_as_a_file_becomes_the_draft_and_no_file()
    {
        var document = SpecComposer.Compose(SpecPerson.QuickTodo.Interview());

        var result = await RunAsync(new SpecWriteTool(), new { path = "./prompts/app_spec.txt", content = SpecXml.Render(document) });

        Assert.True(result.Succeeded, result.Output);
        Assert.Null(result.ChangedFile);
        Assert.Equal(SpecJson.Write(document), Assert.IsType<SpecDraftUpdated>(Assert.Single(_run.Events)).Document);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Theory]
    [InlineData("prompts/app_spec.txt", "<project_specification>\n<overview>\n</project_specification>", "line 3")]
    [InlineData("prompts/initializer_prompt.md", "x", "is made from the specification")]
    [InlineData("src/app.js", "x", "takes only prompts/app_spec.txt")]
    [InlineData("prompts/../../etc/passwd", "x", "takes only prompts/app_spec.txt")]
    public async Task Everything_else_is_refused_in_words(string path, string content, string expected)
    {
        var result = await RunAsync(new SpecWriteTool(), new { path, content });

        Assert.False(result.Succeeded);
        Assert.Contains(expected, result.Output, StringComparison.Ordinal);
        Assert.Empty(_run.Events);
    }
}
