using Autocoder.Core;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Core.Engines;
using Autocoder.Core.Projects;
using Autocoder.Core.Runs;
using Autocoder.Core.Sessions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Autocoder.Tests.TestSupport;

/// <summary>All of Core on a data directory of its own, with engines the test drives beside the real ones.</summary>
internal sealed class CoreHarness : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly TempFolder _folder = new();
    private readonly List<IAgentEngine> _engines = [];
    private readonly Dictionary<string, string?> _settings;
    private readonly ListLoggerProvider _logged = new();
    private ServiceProvider? _services;

    private CoreHarness(Dictionary<string, string?> settings)
    {
        _settings = settings;
        _settings["Autocoder:DataDirectory"] = _folder["data"];
    }

    public IServiceProvider Services => _services ?? throw new InvalidOperationException("The harness is stopped.");

    public RunSupervisor Runs => Services.GetRequiredService<RunSupervisor>();

    public SessionRegistry Sessions => Services.GetRequiredService<SessionRegistry>();

    public IConversationLog Log => Services.GetRequiredService<IConversationLog>();

    public Project Project { get; private set; } = null!;

    public string ProjectFolder => _folder["project"];

    public static Task<CoreHarness> StartAsync(params IAgentEngine[] engines) => StartAsync([], engines);

    public static async Task<CoreHarness> StartAsync(Dictionary<string, string?> settings, params IAgentEngine[] engines)
    {
        settings["Autocoder:Runs:SoftStop"] = "00:00:00.2";
        settings["Autocoder:Runs:HardStop"] = "00:00:00.1";
        var harness = new CoreHarness(settings);
        harness._engines.AddRange(engines);
        if (engines.Length > 0)
        {
            harness._settings["Autocoder:Engine:Default"] = engines[0].Description.Id;
        }

        await harness.StartAgainAsync();
        Directory.CreateDirectory(harness.ProjectFolder);
        harness.Project = await harness.Services.GetRequiredService<ProjectRegistry>()
            .CreateAsync("sample", harness.ProjectFolder, CancellationToken.None);
        return harness;
    }

    /// <summary>Starts the services, as a fresh process would, on the same data.</summary>
    public async Task StartAgainAsync()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(_settings).Build());
        services.AddLogging(logging => logging.AddProvider(_logged));
        services.AddAutocoderCore();
        foreach (var engine in _engines)
        {
            services.AddSingleton(engine);
        }

        _services = services.BuildServiceProvider();
        foreach (var hosted in _services.GetServices<IHostedService>())
        {
            await hosted.StartAsync(CancellationToken.None);
        }
    }

    /// <summary>Stops as a server does that is asked to.</summary>
    public async Task StopAsync()
    {
        foreach (var hosted in _services!.GetServices<IHostedService>().Reverse())
        {
            await hosted.StopAsync(CancellationToken.None);
        }

        await _services!.DisposeAsync();
        _services = null;
    }

    public async Task<AgentSession> OpenAgentAsync(string engine)
    {
        var id = await Sessions.CreateAsync(Project.Id, ConversationKind.Agent, engine, title: null, CancellationToken.None);
        return await Sessions.OpenAgentAsync(id, CancellationToken.None);
    }

    /// <summary>Follows a conversation until its transcript is as expected.</summary>
    public async Task<Transcript> WaitAsync(Guid conversationId, Func<Transcript, bool> expected)
    {
        var transcript = new Transcript();
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await foreach (var frame in Log.FollowAsync(conversationId, LogCursor.Start, FollowOptions.Default, limit.Token))
            {
                switch (frame)
                {
                    case LogFrame.Recorded recorded:
                        transcript.Apply(recorded.Envelope);
                        break;
                    case LogFrame.OpenText open:
                        transcript.Apply(open.Slice);
                        break;
                }

                if (expected(transcript))
                {
                    return transcript;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Told below, with what there was instead.
        }

        throw new Xunit.Sdk.XunitException(
            "What was waited for did not come. There is:\n" + string.Join('\n', transcript.Items) + "\nLogged:\n" + string.Join('\n', _logged.Lines));
    }

    public async Task<IReadOnlyList<EventEnvelope>> ReadAsync(Guid conversationId) =>
        await Log.ReadAsync(conversationId, 0, int.MaxValue, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if (_services is not null)
        {
            await StopAsync();
        }

        _folder.Dispose();
    }
}
