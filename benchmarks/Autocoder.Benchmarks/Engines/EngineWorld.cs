using Autocoder.Core;
using Autocoder.Core.Conversations;
using Autocoder.Core.Engines.ClaudeCode;
using Autocoder.Core.Projects;
using Autocoder.Core.Sessions;
using Autocoder.Tests.TestSupport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Autocoder.Benchmarks.Engines;

/// <summary>All of Core, as the server runs it, on a data directory and a project of its own.</summary>
internal sealed class EngineWorld : IAsyncDisposable
{
    /// <summary>The engine over the Messages API.</summary>
    public const string Api = "anthropic";

    /// <summary>The engine that drives the Claude Code program.</summary>
    public const string ClaudeCode = "claude-code";

    private readonly DirectoryInfo _folder;
    private readonly ServiceProvider _services;

    private EngineWorld(DirectoryInfo folder, ServiceProvider services) => (_folder, _services) = (folder, services);

    /// <summary>The program the tests use; null where <c>./test.sh</c> has not installed it.</summary>
    public static string? ClaudeProgram { get; } =
        Environment.GetEnvironmentVariable("AUTOCODER_CLAUDE") is { Length: > 0 } set
            ? set
            : Directory.Exists(Repository.PathOf(".tools", "node_modules", "@anthropic-ai"))
                ? Directory.EnumerateDirectories(Repository.PathOf(".tools", "node_modules", "@anthropic-ai"), "claude-code-*")
                    .SelectMany(folder => (string[])[Path.Combine(folder, "claude"), Path.Combine(folder, "claude.exe")])
                    .FirstOrDefault(File.Exists)
                : null;

    public CliProgram Cli => _services.GetRequiredService<CliProgram>();

    public CliSessions LiveClis => _services.GetRequiredService<CliSessions>();

    public string ProjectFolder => Path.Combine(_folder.FullName, "project");

    private Project Project { get; set; } = null!;

    /// <param name="address">Where the model is.</param>
    public static async Task<EngineWorld> StartAsync(string address)
    {
        var folder = Directory.CreateTempSubdirectory("autocoder-benchmark-");
        var settings = new Dictionary<string, string?>
        {
            ["Autocoder:DataDirectory"] = Path.Combine(folder.FullName, "data"),
            ["Autocoder:Anthropic:BaseUrl"] = address,
            ["Autocoder:Anthropic:ApiKey"] = "benchmark-key",
            ["Autocoder:ClaudeCode:Path"] = ClaudeProgram,
            ["Autocoder:ClaudeCode:BaseUrl"] = address,
            ["Autocoder:ClaudeCode:ApiKey"] = "benchmark-key",
        };
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddLogging();
        services.AddAutocoderCore();
        var world = new EngineWorld(folder, services.BuildServiceProvider());
        foreach (var hosted in world._services.GetServices<IHostedService>())
        {
            await hosted.StartAsync(CancellationToken.None);
        }

        Directory.CreateDirectory(world.ProjectFolder);
        world.Project = await world._services.GetRequiredService<ProjectRegistry>().CreateAsync("benchmark", world.ProjectFolder, CancellationToken.None);
        return world;
    }

    /// <summary>A conversation with a coding agent, and somebody who follows it.</summary>
    public async Task<EngineSession> OpenAsync(string engine)
    {
        var sessions = _services.GetRequiredService<SessionRegistry>();
        var id = await sessions.CreateAsync(Project.Id, ConversationKind.Agent, engine, title: null, CancellationToken.None);
        return new EngineSession(await sessions.OpenAgentAsync(id, CancellationToken.None));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var hosted in _services.GetServices<IHostedService>().Reverse())
        {
            await hosted.StopAsync(CancellationToken.None);
        }

        await _services.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
