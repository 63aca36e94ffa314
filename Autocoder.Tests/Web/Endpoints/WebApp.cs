using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Engines;
using Autocoder.Core.Projects;
using Autocoder.Core.Sessions;
using Autocoder.Tests.TestSupport;
using Autocoder.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Autocoder.Tests.Web.Endpoints;

/// <summary>The whole application in this process, on a real port, with an engine the test drives and one project.</summary>
internal sealed class WebApp : IAsyncDisposable
{
    public const string ProjectName = "sample";

    private readonly TempFolder _folder = new();
    private readonly ListLoggerProvider _logged = new();
    private WebApplication? _app;

    private WebApp()
    {
    }

    public IServiceProvider Services => _app!.Services;

    public SessionRegistry Sessions => Services.GetRequiredService<SessionRegistry>();

    public IConversationLog Log => Services.GetRequiredService<IConversationLog>();

    public Project Project { get; private set; } = null!;

    public string ProjectFolder => _folder[ProjectName];

    public Uri Address { get; private set; } = null!;

    /// <summary>A client that also looks whether each answer's status is in the description.</summary>
    public ApiClient Client { get; private set; } = null!;

    /// <summary>What the server logged, at warnings and above.</summary>
    public IReadOnlyCollection<string> Logged => [.. _logged.Lines];

    public static Task<WebApp> StartAsync(IAgentEngine engine, params string[] settings) =>
        StartAsync(services => services.AddSingleton(engine), [$"--Autocoder:Engine:Default={engine.Description.Id}", .. settings]);

    public static async Task<WebApp> StartAsync(Action<IServiceCollection> replace, params string[] settings)
    {
        var app = new WebApp();
        string[] arguments = ["--Autocoder:Port=0", $"--Autocoder:DataDirectory={app._folder["data"]}", .. settings];
        app._app = AutocoderApplication.Build(arguments, services =>
        {
            services.AddLogging(logging => logging.ClearProviders().AddProvider(app._logged));
            replace(services);
        });
        await app._app.StartAsync();
        app.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Directory.CreateDirectory(app.ProjectFolder);
        app.Project = await app.Services.GetRequiredService<ProjectRegistry>().CreateAsync(ProjectName, app.ProjectFolder, CancellationToken.None);
        app.Client = await ApiClient.ConnectAsync(app.Address);
        return app;
    }

    /// <summary>Makes a conversation of the console.</summary>
    public async Task<Guid> CreateAsync(string surface = "Agent")
    {
        var (status, made) = await Client.PostAsync("/api/conversations", new { project = ProjectName, surface });
        Assert.Equal(201, status);
        return made.GetProperty("id").GetGuid();
    }

    /// <summary>Sends a prompt that starts a run.</summary>
    public async Task<Guid> PromptAsync(Guid conversationId, string text = "go")
    {
        var promptId = Guid.CreateVersion7();
        var (status, _) = await Client.PostAsync($"/api/conversations/{conversationId}/prompts", new { promptId, text });
        Assert.Equal(202, status);
        return promptId;
    }

    /// <summary>Asks for a conversation until it is as expected.</summary>
    public async Task<JsonElement> WaitAsync(Guid conversationId, Func<JsonElement, bool> expected)
    {
        for (var tries = 0; tries < 400; tries++)
        {
            var (status, body) = await Client.GetAsync($"/api/conversations/{conversationId}");
            Assert.Equal(200, status);
            if (expected(body))
            {
                return body;
            }

            await Task.Delay(25);
        }

        throw new Xunit.Sdk.XunitException("What was waited for did not come. Logged:\n" + string.Join('\n', Logged));
    }

    public Task StopAsync(CancellationToken cancellationToken) => _app!.StopAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (_app is not null)
        {
            await _app.StopAsync(CancellationToken.None);
            await _app.DisposeAsync();
        }

        _folder.Dispose();
    }
}
