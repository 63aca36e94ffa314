using System.Runtime.CompilerServices;
using System.Text.Json;
using Autocoder.Core.Attachments;
using Autocoder.Core.Checkpoints;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Core.Engines;
using Autocoder.Core.Sessions;
using Autocoder.Core.Tools;
using Autocoder.Tests.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Autocoder.Tests.Checkpoints;

/// <summary>All of Core on SQLite, with an engine that calls the tools a test names, without asking anybody.</summary>
internal sealed class UndoWorld : IAsyncDisposable
{
    private static readonly Dictionary<string, string> None = [];

    private readonly Queue<(string Tool, object Arguments)[]> _scripts = [];
    private int _calls;
    private int _runs;

    private UndoWorld()
    {
    }

    public CoreHarness Core { get; private set; } = null!;

    public AgentSession Session { get; private set; } = null!;

    public BlobStore Blobs => Core.Services.GetRequiredService<BlobStore>();

    /// <summary>Whether the engine reads a file before it writes it, as a careful model does.</summary>
    public bool ReadsFirst { get; set; } = true;

    /// <summary>What the engine waits for before it calls its first tool.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public static async Task<UndoWorld> StartAsync()
    {
        var world = new UndoWorld();
        var settings = new Dictionary<string, string?>();
        foreach (var (tool, index) in new[] { "Write", "Edit", "Bash" }.Select((tool, index) => (tool, index)))
        {
            settings[$"Autocoder:Permissions:Rules:{index}:Tool"] = tool;
            settings[$"Autocoder:Permissions:Rules:{index}:Effect"] = "Allow";
        }

        world.Core = await CoreHarness.StartAsync(settings, new FakeEngine(world.WorkAsync));
        world.Session = await world.Core.OpenAgentAsync("fake");
        return world;
    }

    public string PathOf(string path) => Path.Combine(Core.ProjectFolder, path);

    public void Put(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
        File.WriteAllText(PathOf(path), content);
    }

    public string? TextOf(string path) => File.Exists(PathOf(path)) ? File.ReadAllText(PathOf(path)) : null;

    /// <summary>The calls that change files.</summary>
    public static IEnumerable<ToolCallItem> Changes(Transcript transcript) =>
        transcript.Items.OfType<ToolCallItem>().Where(call => call.Tool is "Write" or "Edit");

    public static (string Tool, object Arguments) Write(string path, string content) => ("Write", new { path, content });

    /// <summary>Runs a prompt whose engine makes these calls, to its end.</summary>
    public async Task<Transcript> RunAsync(params (string Tool, object Arguments)[] calls)
    {
        await BeginAsync(calls);
        var runs = _runs;
        return await Core.WaitAsync(Session.ConversationId, transcript => transcript.Running is null && transcript.Items.OfType<RunEndedItem>().Count() == runs);
    }

    public async Task BeginAsync(params (string Tool, object Arguments)[] calls)
    {
        _scripts.Enqueue(calls);
        _runs++;
        await Session.SendAsync(Guid.CreateVersion7(), "Go", [], CancellationToken.None);
    }

    public Task<Transcript> ReadAsync() => Core.WaitAsync(Session.ConversationId, transcript => transcript.Running is null);

    /// <summary>The transcript once it has so many undos and redos.</summary>
    public async Task<Transcript> AfterAsync(int undos)
    {
        var head = (await Core.ReadAsync(Session.ConversationId))[^1].Sequence;
        var seen = await Core.WaitAsync(Session.ConversationId, transcript => transcript.Items.Count > 0 && transcript.Items[^1].Sequence >= head);
        Assert.Equal(undos, seen.Items.OfType<NoticeItem>().Count());
        return seen;
    }

    public async Task<UndoReceipt> UndoAsync(UndoTarget target, Dictionary<string, string>? overwrite = null) =>
        await Session.UndoAsync(target, overwrite ?? None, CancellationToken.None);

    public Task<UndoPreview> PreviewAsync(UndoTarget target) => Session.PreviewUndoAsync(target, CancellationToken.None);

    /// <summary>Ends the server and starts another on the same data.</summary>
    public async Task RestartAsync()
    {
        await Core.StopAsync();
        await Core.StartAgainAsync();
        Session = await Core.Sessions.OpenAgentAsync(Session.ConversationId, CancellationToken.None);
    }

    public ValueTask DisposeAsync() => Core.DisposeAsync();

    private async IAsyncEnumerable<EngineEvent> WorkAsync(EngineRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new EngineEvent.StepStarted();
        await Gate.WaitAsync(cancellationToken);
        foreach (var (tool, arguments) in _scripts.Dequeue())
        {
            var given = JsonSerializer.SerializeToElement(arguments);
            if (ReadsFirst && given.GetProperty("path").GetString() is { } path && File.Exists(PathOf(path)))
            {
                await request.Tools.ExecuteAsync(new ToolCall($"call-{++_calls}", "Read", JsonSerializer.SerializeToElement(new { path })), cancellationToken);
            }

            await request.Tools.ExecuteAsync(new ToolCall($"call-{++_calls}", tool, given), cancellationToken);
        }

        yield return new EngineEvent.StepEnded("end_turn", TokenUsage.None);
    }
}
