using System.Net;
using Autocoder.Core;
using Autocoder.Core.Persistence;
using Autocoder.Core.Settings;
using Autocoder.Web.Commands;
using Autocoder.Web.Components;
using Autocoder.Web.Components.Conversation;
using Autocoder.Web.Components.Pages;
using Autocoder.Web.Components.Pages.Projects;
using Autocoder.Web.Endpoints;
using Autocoder.Web.Endpoints.Problems;
using Autocoder.Web.Presence;
using Autocoder.Web.Security;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Options;
using Radzen;

namespace Autocoder.Web.Hosting;

/// <summary>Puts the application together. Tests build the same one with other arguments.</summary>
public static class AutocoderApplication
{
    private const int LongestHubMessage = 1024 * 1024;

    /// <summary>Builds it; nothing is touched on disk before it starts.</summary>
    /// <param name="replace">Changes services after all are registered; tests put engines of their own there.</param>
    public static WebApplication Build(string[] args, Action<IServiceCollection>? replace = null)
    {
        // Beside the program, wherever it is started from: the settings file and, once published, the static files are there.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ContentRootPath = AppContext.BaseDirectory,

            // Not whatever program hosts it: the lists of static files carry this name.
            ApplicationName = typeof(AutocoderApplication).Assembly.GetName().Name,
        });

        // As environment variables: they win over the settings file, and the full names and the command line win over them.
        var sources = builder.Configuration.Sources;
        var afterFiles = sources.ToList().FindLastIndex(source => source is JsonConfigurationSource) + 1;
        sources.Insert(afterFiles, new MemoryConfigurationSource { InitialData = Aliases() });

        // What was changed on the settings page stands above the files beside the program and below everything a start says.
        var directory = builder.Configuration["Autocoder:DataDirectory"] is { Length: > 0 } named ? named : new StorageOptions().DataDirectory;
        sources.Insert(afterFiles, new SettingsSource(new DataDirectory(directory).SettingsFile));
        builder.Logging.SetMinimumLevel(LogLevel.Warning);

        // Why a start failed is said in one sentence by Program; the host would print the stack before it.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        builder.WebHost.UseStaticWebAssets();
        Listen(builder);
        KeepKeys(builder);

        builder.Services.AddSingleton<ISecretProtector, DataProtectionSecrets>();
        builder.Services.AddAutocoderCore();
        builder.Services.AddApi();
        builder.Services.AddHostedService<ReadyLine>();
        builder.Services.AddScoped<ProjectOverviews>();
        builder.Services.AddScoped<NewConversation>();
        builder.Services.AddScoped<Handoff>();
        builder.Services.AddScoped<AnswerUses>();
        builder.Services.AddCommands();
        builder.Services.AddPresence();
        builder.Services.AddRadzenComponents();
        builder.Services.AddRazorComponents()
            .AddInteractiveServerComponents(options => options.DisconnectedCircuitRetentionPeriod = TimeSpan.FromHours(1))
            .AddHubOptions(options => options.MaximumReceiveMessageSize = LongestHubMessage);

        replace?.Invoke(builder.Services);
        var app = builder.Build();
        Map(app);
        return app;
    }

    private static void Listen(WebApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<WebOptions>().BindConfiguration(WebOptions.SectionName).ValidateDataAnnotations();

        // In code, so that no setting from outside (ASPNETCORE_URLS and its kin) opens another address.
        builder.WebHost.ConfigureKestrel((_, kestrel) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentUpgradedConnections = 100;
            var port = kestrel.ApplicationServices.GetRequiredService<IOptions<WebOptions>>().Value.Port;
            kestrel.Listen(IPAddress.Loopback, port);
            if (port != 0 && System.Net.Sockets.Socket.OSSupportsIPv6)
            {
                kestrel.Listen(IPAddress.IPv6Loopback, port);
            }
        });
    }

    // With the other data, readable by its owner only, instead of in a folder that all programs share.
    private static void KeepKeys(WebApplicationBuilder builder)
    {
        builder.Services.AddDataProtection().SetApplicationName("Autocoder");
        builder.Services.AddOptions<KeyManagementOptions>().Configure<DataDirectory, ILoggerFactory>((options, directory, loggers) =>
            options.XmlRepository = new FileSystemXmlRepository(new DirectoryInfo(Path.Combine(directory.Root, "keys")), loggers));

        // It warns that keys are not encrypted; the folder is what protects them.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
    }

    private static void Map(WebApplication app)
    {
        app.UseMiddleware<HostOriginMiddleware>();
        app.UseMiddleware<SecurityHeadersMiddleware>();
        app.UseExceptionHandler("/error", createScopeForErrors: true);
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.UseMiddleware<ApiMiddleware>();
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapGet("/healthz", () => "ok").WithTags("Server").WithSummary("Says ok once the server answers.");
        app.MapAttachments();
        app.MapApi();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = "'none'");
    }

    private static IEnumerable<KeyValuePair<string, string?>> Aliases()
    {
        (string From, string To)[] names = [("APP_PORT", "Autocoder:Port"), ("APP_DATA", "Autocoder:DataDirectory")];
        return names
            .Select(name => KeyValuePair.Create(name.To, Environment.GetEnvironmentVariable(name.From)))
            .Where(setting => !string.IsNullOrWhiteSpace(setting.Value));
    }
}
