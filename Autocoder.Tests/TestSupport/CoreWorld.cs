using Autocoder.Core;
using Autocoder.Core.Conversations;
using Autocoder.Core.Persistence;
using Autocoder.Core.Persistence.Startup;
using Autocoder.Core.Projects;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Autocoder.Tests.TestSupport;

/// <summary>
/// What thousands of short-lived cores share: one migrated database with one project. Each core keeps its conversations where
/// its case says, so that a case costs milliseconds and still runs every part of Core but the opening of the database.
/// </summary>
internal sealed class CoreWorld : IAsyncDisposable
{
    private readonly TempDatabase _database;
    private readonly TempFolder _folder = new();

    private CoreWorld(TempDatabase database) => _database = database;

    public Guid ProjectId { get; private set; }

    public string ProjectFolder => _folder["project"];

    /// <summary>The conversations of the real database.</summary>
    public IConversationStore SqliteStore => _database.Store;

    public static async Task<CoreWorld> CreateAsync()
    {
        var world = new CoreWorld(await TempDatabase.CreateAsync());
        Directory.CreateDirectory(world.ProjectFolder);
        await using var core = await world.StartAsync(new MemoryConversationStore(), _ => { });
        var project = await core.Services.GetRequiredService<ProjectRegistry>()
            .CreateAsync("sample", world.ProjectFolder, CancellationToken.None);
        world.ProjectId = project.Id;
        return world;
    }

    /// <summary>Starts a core on conversations, as a fresh process would: recovery included.</summary>
    public async Task<CoreProcess> StartAsync(IConversationStore store, Action<IServiceCollection> change)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Autocoder:DataDirectory"] = _database.Directory.Root,
            ["Autocoder:Runs:TextInterval"] = "00:00:00",
        };
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddLogging();
        services.AddAutocoderCore();
        services.RemoveAll<Database>().AddSingleton(_database.Database);
        services.RemoveAll<IConversationStore>().AddSingleton(store);
        services.RemoveAll<IConversationList>().AddSingleton<IConversationList, StoreConversationList>();
        services.Remove(services.Single(service => service.ImplementationType == typeof(StorageService)));
        change(services);

        var core = new CoreProcess(services.BuildServiceProvider());
        await core.StartAsync();
        return core;
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>A running core. Disposing it is a shutdown; forgetting it, once its store is dead, is a crash.</summary>
internal sealed class CoreProcess(ServiceProvider services) : IAsyncDisposable
{
    public IServiceProvider Services => services;

    public Core.Runs.RunSupervisor Runs => services.GetRequiredService<Core.Runs.RunSupervisor>();

    public IConversationLog Log => services.GetRequiredService<IConversationLog>();

    public IConversationWriter Writer => services.GetRequiredService<IConversationWriter>();

    public async Task StartAsync()
    {
        foreach (var hosted in services.GetServices<IHostedService>())
        {
            await hosted.StartAsync(CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var hosted in services.GetServices<IHostedService>().Reverse())
        {
            await hosted.StopAsync(CancellationToken.None);
        }

        await services.DisposeAsync();
    }
}
