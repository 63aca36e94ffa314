using Autocoder.Core.Assistant;
using Autocoder.Core.Attachments;
using Autocoder.Core.Checkpoints;
using Autocoder.Core.Conversations;
using Autocoder.Core.Engines;
using Autocoder.Core.Engines.ClaudeCode;
using Autocoder.Core.Engines.Loop;
using Autocoder.Core.Engines.Models.Anthropic;
using Autocoder.Core.Engines.Models.Offline;
using Autocoder.Core.Engines.Models.Scripted;
using Autocoder.Core.Features;
using Autocoder.Core.Persistence;
using Autocoder.Core.Persistence.Conversations;
using Autocoder.Core.Persistence.Features;
using Autocoder.Core.Persistence.Permissions;
using Autocoder.Core.Persistence.Projects;
using Autocoder.Core.Persistence.Specs;
using Autocoder.Core.Persistence.Startup;
using Autocoder.Core.Processes;
using Autocoder.Core.Profiles;
using Autocoder.Core.Projects;
using Autocoder.Core.Runs;
using Autocoder.Core.Runs.Approvals;
using Autocoder.Core.Runs.Context;
using Autocoder.Core.Sessions;
using Autocoder.Core.Settings;
using Autocoder.Core.Specs;
using Autocoder.Core.Tools;
using Autocoder.Core.Tools.Permissions;
using Autocoder.Core.Tools.Shell;
using Autocoder.Core.Tools.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Autocoder.Core;

/// <summary>The one place where Core registers its services.</summary>
public static class CoreServiceCollectionExtensions
{
    /// <summary>Adds everything in Core. Hosted services start in the order storage, processes, log, runs, and stop in reverse.</summary>
    public static IServiceCollection AddAutocoderCore(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        AddStorage(services);
        AddProcesses(services);
        AddConversations(services);
        AddProjects(services);
        AddTools(services);
        AddEngines(services);
        AddSettings(services);
        AddRuns(services);
        return services;
    }

    private static void AddStorage(IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<StorageOptions>().BindConfiguration(StorageOptions.SectionName).ValidateDataAnnotations();
        services.AddSingleton(provider => new DataDirectory(provider.GetRequiredService<IOptions<StorageOptions>>().Value.DataDirectory));
        services.AddSingleton<Database>();
        services.AddSingleton<DatabaseStartup>();
        services.AddSingleton<ProjectionRebuild>();
        services.AddHostedService<StorageService>();
        services.AddSingleton(provider => new BlobStore(provider.GetRequiredService<DataDirectory>().Blobs));
        services.AddSingleton<AttachmentIntake>();
    }

    private static void AddProcesses(IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<ProcessOptions>()
            .Configure<DataDirectory>((options, directory) => options.Folder = directory.Processes)
            .BindConfiguration(ProcessOptions.SectionName)
            .ValidateDataAnnotations();
        services.AddSingleton<ProcessLedger>();
        services.AddSingleton(provider => new ChildProcesses(
            provider.GetRequiredService<ProcessLedger>(),
            provider.GetRequiredService<IOptions<ProcessOptions>>(),
            provider.GetRequiredService<TimeProvider>()));

        // After the storage, which keeps a second server out, and before the log: nothing is accepted while old programs are at work.
        services.AddHostedService<ProcessReaper>();
        services.AddOptions<SandboxOptions>()
            .Configure<DataDirectory>((options, directory) => options.Folder = directory.Homes)
            .BindConfiguration(SandboxOptions.SectionName);
        services.AddSingleton<Sandbox>();
        services.AddHostedService(provider => provider.GetRequiredService<Sandbox>());
    }

    private static void AddConversations(IServiceCollection services)
    {
        services.AddSingleton<IConversationStore, EfConversationStore>();
        services.AddSingleton<IConversationList, EfConversationList>();
        services.AddSingleton<IConversationSearch, EfConversationSearch>();
        services.AddSingleton(RingLimits.Default);
        services.AddSingleton<IWakeBus, Doorbells>();
        services.AddSingleton<ConversationChanges>();
        services.AddSingleton<ConversationStreams>();
        services.AddSingleton<IConversationLog, ConversationLog>();

        // One instance behind both faces: the writer others call and the loop the host runs.
        services.AddSingleton<ConversationCommitter>();
        services.AddSingleton<IConversationWriter>(provider => provider.GetRequiredService<ConversationCommitter>());
        services.AddHostedService(provider => provider.GetRequiredService<ConversationCommitter>());
    }

    private static void AddProjects(IServiceCollection services)
    {
        services.AddOptions<ProjectFolderOptions>().Configure<DataDirectory>((options, directory) => options.DataDirectory = directory.Root);
        services.AddSingleton<ProjectFolderRules>();
        services.AddSingleton<FolderBrowser>();
        services.AddSingleton<FileFinder>();
        services.AddSingleton<IProjectStore, EfProjectStore>();
        services.AddSingleton<ProjectRegistry>();
        services.AddSingleton<IFeatureStore, FeatureStore>();
        services.AddSingleton<FeatureBacklog>();
        services.AddSingleton<ISpecVersionStore, EfSpecVersionStore>();
        services.AddSingleton<SpecVersions>();
        services.AddSingleton<SpecApproval>();
    }

    private static void AddTools(IServiceCollection services)
    {
        services.AddSingleton(provider => new ToolCatalog(
        [
            .. BuiltInTools.Create(
                provider.GetRequiredService<FeatureBacklog>(),
                provider.GetRequiredService<ChildProcesses>(),
                provider.GetRequiredService<Sandbox>(),
                provider.GetRequiredService<TimeProvider>()).Tools,
            new SpecDraftTool(),
            new SpecWriteTool(),
            provider.GetRequiredService<WebFetchTool>(),
        ]));
        services.AddWebFetch();
        services.AddSingleton<IToolOutputStore, BlobOutputStore>();
        services.AddSingleton<ToolExecutorFactory>();
        services.AddOptionsWithValidateOnStart<PermissionOptions>().BindConfiguration(PermissionOptions.SectionName);
        services.AddSingleton<IValidateOptions<PermissionOptions>, PermissionOptionsValidator>();
        services.AddSingleton<IPermissionRuleStore, EfPermissionRuleStore>();
        services.AddSingleton<ProjectPermissions>();
    }

    private static void AddEngines(IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<EngineOptions>().BindConfiguration(EngineOptions.SectionName).ValidateDataAnnotations();
        services.AddSingleton<IValidateOptions<EngineOptions>, EngineOptionsValidator>();
        services.AddOptions<ScenarioOptions>()
            .Configure<DataDirectory>((options, directory) => options.Folder = directory.Scenarios)
            .BindConfiguration(ScenarioOptions.SectionName);
        services.AddOptionsWithValidateOnStart<OfflineOptions>().BindConfiguration(OfflineOptions.SectionName).ValidateDataAnnotations();
        services.AddOptions<ProfileOptions>()
            .Configure<DataDirectory>((options, directory) => options.Folder = directory.Profiles)
            .BindConfiguration(ProfileOptions.SectionName);
        services.AddSingleton(provider => new ProfileCatalog(
            provider.GetRequiredService<IOptions<ProfileOptions>>().Value.Folder, provider.GetRequiredService<ToolCatalog>()));
        services.AddSingleton<OfflineModelClient>();
        services.AddSingleton<IAgentEngine>(provider => new LoopEngine(
            new EngineDescription("offline", "Offline", "Works by rules, on this machine, without a key and without a language model.", UsesModel: false, PlansFirst: false),
            provider.GetRequiredService<OfflineModelClient>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ScenarioCatalog>();
        services.AddSingleton<ScriptedModelClient>();
        services.AddSingleton<IAgentEngine>(provider => new LoopEngine(
            new EngineDescription("scripted", "Scripted", "Plays a scenario file, step by step. Nothing it says comes from a model.", UsesModel: false),
            provider.GetRequiredService<ScriptedModelClient>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddAnthropic();
        services.AddClaudeCode();
        services.AddSingleton<EngineCatalog>();
    }

    // After the engines: their own ways to a key come first.
    private static void AddSettings(IServiceCollection services)
    {
        services.TryAddSingleton<ISecretProtector, NoProtector>();
        services.AddSingleton<SettingsStore>();
        services.AddSingleton<StoredSecrets>();
        services.AddSingleton<IPostConfigureOptions<AnthropicOptions>>(provider => provider.GetRequiredService<StoredSecrets>());
        services.AddSingleton<IPostConfigureOptions<ClaudeCodeOptions>>(provider => provider.GetRequiredService<StoredSecrets>());
    }

    private static void AddRuns(IServiceCollection services)
    {
        services.AddCheckpoints();
        services.AddOptionsWithValidateOnStart<RunOptions>().BindConfiguration(RunOptions.SectionName).ValidateDataAnnotations();
        services.AddOptionsWithValidateOnStart<ContextOptions>().BindConfiguration(ContextOptions.SectionName).ValidateDataAnnotations();
        services.AddSingleton<RunServices>();
        services.AddSingleton<PolicyPreview>();
        services.AddSingleton(provider => new RunSupervisor(
            provider.GetRequiredService<RunServices>(),
            provider.GetRequiredService<IConversationStore>(),
            provider.GetRequiredService<ConversationStreams>(),
            provider.GetRequiredService<ILogger<RunSupervisor>>()));
        services.AddHostedService(provider => provider.GetRequiredService<RunSupervisor>());
        services.AddSingleton(provider => new SessionRegistry(
            provider.GetRequiredService<IConversationLog>(),
            provider.GetRequiredService<IConversationWriter>(),
            provider.GetRequiredService<IConversationList>(),
            provider.GetRequiredService<RunSupervisor>(),
            provider.GetRequiredService<FileUndo>(),
            provider.GetRequiredService<ProjectRegistry>(),
            provider.GetRequiredService<SpecApproval>(),
            provider.GetRequiredService<SpecVersions>(),
            provider.GetRequiredService<TimeProvider>()));
    }
}
