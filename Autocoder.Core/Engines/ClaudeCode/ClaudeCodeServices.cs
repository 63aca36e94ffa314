using Autocoder.Core.Attachments;
using Autocoder.Core.Processes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Autocoder.Core.Engines.ClaudeCode;

/// <summary>Registers the Claude Code engine.</summary>
internal static class ClaudeCodeServices
{
    public static void AddClaudeCode(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<ClaudeCodeOptions>()
            .Configure<IOptions<ProcessOptions>>((options, processes) =>
                options.Folder = Path.Combine(Path.GetDirectoryName(processes.Value.Folder) ?? "", "claude-code"))
            .BindConfiguration(ClaudeCodeOptions.SectionName)
            .ValidateDataAnnotations();
        services.AddSingleton<CliProgram>();
        services.AddSingleton<SessionIds>();
        services.AddSingleton<SessionTraces>();
        services.AddSingleton(provider => new CliSessions(
            provider.GetRequiredService<CliProgram>(),
            provider.GetRequiredService<ChildProcesses>(),
            provider.GetRequiredService<IOptionsMonitor<ClaudeCodeOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<CliSession>>()));
        services.AddHostedService(provider => provider.GetRequiredService<CliSessions>());
        services.AddSingleton<IAgentEngine>(provider => new ClaudeCodeEngine(
            provider.GetRequiredService<CliSessions>(),
            provider.GetRequiredService<CliProgram>(),
            provider.GetRequiredService<SessionIds>(),
            provider.GetRequiredService<SessionTraces>(),
            provider.GetRequiredService<BlobStore>()));
        services.AddSingleton<IEngineProbe>(provider => new ClaudeCodeProbe(
            provider.GetRequiredService<CliProgram>(),
            provider.GetRequiredService<ChildProcesses>(),
            provider.GetRequiredService<ILogger<CliSession>>()));
    }
}
