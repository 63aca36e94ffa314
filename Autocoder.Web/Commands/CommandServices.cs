namespace Autocoder.Web.Commands;

/// <summary>Registers what commands, shortcuts and the palette need.</summary>
public static class CommandServices
{
    public static IServiceCollection AddCommands(this IServiceCollection services) => services
        .AddSingleton<ShortcutBook>()
        .AddScoped<CommandDesk>()
        .AddScoped<PaletteSource>();
}
