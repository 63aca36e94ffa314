using System.Text.Json;
using Autocoder.Core.Projects;
using Autocoder.Core.Tools;
using Autocoder.Core.Tools.Files;
using Autocoder.Tests.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;

namespace Autocoder.Tests.Tools;

/// <summary>A project folder of its own on the disk, and a run to call tools from. Deleted at the end.</summary>
internal sealed class ToolBench : IDisposable
{
    private int _calls;

    public ToolBench()
    {
        Parent = Path.Combine(Path.GetTempPath(), $"autocoder-tools-{Guid.NewGuid():N}");
        Root = Directory.CreateDirectory(Path.Combine(Parent, "proj")).FullName;
        Folder = ProjectFolder.Open(Root);
    }

    /// <summary>What lies around the project, and must never be seen from inside.</summary>
    public string Parent { get; }

    public string Root { get; }

    public ProjectFolder Folder { get; }

    public RecordingRun Run { get; } = new();

    public StubPermissions Permissions { get; } = new();

    public ManualClock Clock { get; } = new();

    public KeptOutputs Outputs { get; } = new();

    public Guid ProjectId { get; init; } = Guid.CreateVersion7();

    public string PathOf(string path) => Path.Combine(Root, path);

    public void Put(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
        File.WriteAllText(PathOf(path), content);
    }

    public ToolContext Context() => new(ProjectId, Guid.CreateVersion7(), $"call-{++_calls}", Folder, Run);

    /// <summary>Whether a file is read before it is written, as a careful model does.</summary>
    public bool ReadsFirst { get; set; } = true;

    public async Task<ToolResult> CallAsync(ITool tool, object arguments)
    {
        var given = JsonSerializer.SerializeToElement(arguments);
        if (ReadsFirst && tool is WriteTool or EditTool && given.TryGetProperty("path", out var path))
        {
            await CallAsync(new ReadTool(), new { path });
        }

        var result = await tool.ExecuteAsync(given, Context(), CancellationToken.None);
        if (result.Seen is { } seen)
        {
            Run.Seen.Add(seen);
        }

        return result;
    }

    public async Task<string> OutputAsync(ITool tool, object arguments)
    {
        var result = await CallAsync(tool, arguments);
        Assert.True(result.Succeeded, result.Output);
        return result.Output;
    }

    public async Task<string> FailureAsync(ITool tool, object arguments)
    {
        var result = await CallAsync(tool, arguments);
        Assert.False(result.Succeeded, result.Output);
        Assert.DoesNotContain("   at ", result.Output, StringComparison.Ordinal);
        Assert.Null(result.ChangedFile);
        return result.Output;
    }

    public ToolExecutor Executor(IReadOnlyList<ITool> tools, params string[] allowed) =>
        new ToolExecutorFactory(new ToolCatalog(tools), Outputs, Clock, NullLogger<ToolExecutor>.Instance)
            .Create(
                allowed.Length > 0 ? allowed : [.. tools.Select(tool => tool.Definition.Name)],
                ProjectId, Guid.CreateVersion7(), Folder, Run, Permissions);

    public void Dispose() => Directory.Delete(Parent, recursive: true);

    internal sealed class KeptOutputs : IToolOutputStore
    {
        public List<string> Texts { get; } = [];

        public bool IsFull { get; set; }

        public Task<string> SaveAsync(string text, CancellationToken cancellationToken)
        {
            if (IsFull)
            {
                throw new IOException("No space left on device");
            }

            Texts.Add(text);
            return Task.FromResult($"blob-{Texts.Count}");
        }
    }
}
