using Autocoder.Core.Engines.Loop;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Autocoder.Core.Engines.Models.Anthropic;

/// <summary>Registers the engine that works over a Messages API.</summary>
public static class AnthropicServices
{
    /// <summary>As settings and events name the engine.</summary>
    public const string EngineId = "anthropic";

    /// <summary>Adds the engine, its settings and what looks at it.</summary>
    public static IServiceCollection AddAnthropic(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<AnthropicOptions>().BindConfiguration(AnthropicOptions.SectionName).ValidateDataAnnotations();
        services.AddSingleton<IPostConfigureOptions<AnthropicOptions>, AnthropicEnvironment>();
        services.AddSingleton<IValidateOptions<AnthropicOptions>, AnthropicOptionsValidator>();
        services.AddSingleton<AnthropicModelClient>();
        services.AddSingleton<IEngineProbe, AnthropicProbe>();
        services.AddSingleton<IAgentEngine>(provider => new LoopEngine(
            new EngineDescription(EngineId, "Messages API", "A language model over Anthropic's Messages API, or any server that speaks it.", UsesModel: true),
            provider.GetRequiredService<AnthropicModelClient>(),
            provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
