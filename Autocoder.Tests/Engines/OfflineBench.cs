using Autocoder.Core.Conversations;
using Autocoder.Core.Engines;
using Autocoder.Core.Engines.Loop;
using Autocoder.Core.Engines.Models;
using Autocoder.Core.Engines.Models.Offline;
using Autocoder.Core.Profiles;
using Autocoder.Core.Projects;
using Autocoder.Core.Tools;
using Autocoder.Core.Tools.Permissions;
using Autocoder.Core.Tools.Web;
using Autocoder.Tests.Features;
using Autocoder.Tests.TestSupport;
using Autocoder.Tests.Tools;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Autocoder.Tests.Engines;

/// <summary>A project on the disk, a backlog in a database, and the offline engine with the real tools over both.</summary>
internal sealed class OfflineBench : IAsyncDisposable
{
    private readonly BacklogFile _file;
    private readonly List<ModelMessage> _messages = [];

    private OfflineBench(BacklogFile file) => _file = file;

    public TemporaryFolder Files { get; } = new();

    public BacklogFile Backlog => _file;

    /// <summary>The events of the last run's tools.</summary>
    public RecordingRun Run { get; private set; } = new();

    public static async Task<OfflineBench> CreateAsync() => new(await BacklogFile.CreateAsync());

    /// <summary>Sends a prompt in the same conversation, and gives back all that was said until the run ended.</summary>
    public async Task<string> AskAsync(string prompt, string profileId = "assistant")
    {
        var profile = new ProfileCatalog().Get(profileId);
        Run = new RecordingRun();
        var catalog = new ToolCatalog(
            [.. BuiltInTools.Create(_file.Backlog, TestProcesses.Create(), TestSandbox.Off, _file.Clock).Tools, new WebFetchTool(new FixedOptions<WebFetchOptions>(new WebFetchOptions()), fetcher: null!)]);
        var tools = new ToolExecutorFactory(catalog, new ToolBench.KeptOutputs(), _file.Clock, NullLogger<ToolExecutor>.Instance)
            .Create(profile.Tools, _file.ProjectId, Guid.CreateVersion7(), ProjectFolder.Open(Files.Path), Run, Rules(profile));
        var model = new OfflineModelClient(Options.Create(new OfflineOptions { DeltaDelay = TimeSpan.Zero }), TimeProvider.System);
        var engine = new LoopEngine(new EngineDescription("offline", "Offline", "Rules", UsesModel: false), model, TimeProvider.System);
        _messages.Add(ModelMessage.User(prompt));
        var request = new EngineRequest(Guid.CreateVersion7(), profile.Surface, profile, null, "sample", [.. _messages], tools, new FakeSteps(profile, _messages, tools.Definitions));

        var texts = new List<string> { "" };
        await foreach (var next in engine.RunAsync(request, CancellationToken.None))
        {
            if (next is EngineEvent.TextDelta delta)
            {
                texts[^1] += delta.Text;
            }
            else if (next is EngineEvent.TextEnded)
            {
                texts.Add("");
            }

            Assert.IsNotType<EngineEvent.Finished>(next);
        }

        var said = string.Join("\n\n", texts.SkipLast(1));
        _messages.Add(new ModelMessage(ModelRole.Assistant, [new ModelPart.Text(said)]));
        return said;
    }

    // The real rules of the profile, so that a tool it may not simply use shows up as a question to a person.
    private static StubPermissions Rules(Profile profile) => new()
    {
        Decide = (tool, resources) => PermissionPolicy.Decide(
            [new PermissionScope(profile.Id, [new PermissionLayer(PermissionSource.Profile, profile.Permissions)])],
            tool, ToolEffect.SideEffect, resources),
    };

    public async ValueTask DisposeAsync()
    {
        Files.Dispose();
        await _file.DisposeAsync();
    }
}
