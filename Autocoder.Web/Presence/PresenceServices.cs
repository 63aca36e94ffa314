using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Autocoder.Web.Presence;

/// <summary>Registers who watches what.</summary>
public static class PresenceServices
{
    public static IServiceCollection AddPresence(this IServiceCollection services) => services
        .AddSingleton<ConversationPresence>()
        .AddScoped<Viewer>()
        .AddScoped<CircuitHandler, ViewerCircuit>();
}
