using System.Text.Json;
using Autocoder.Core.Conversations;

namespace Autocoder.Tests.Tools.Permissions.Commands;

/// <summary>A command line and what the gate has to say of it, from <c>commands.json</c>.</summary>
internal sealed record CommandCase(string Effect, string Class, string Command)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public PermissionEffect Expected => Enum.Parse<PermissionEffect>(Effect, ignoreCase: true);

    public static IReadOnlyList<CommandCase> All() =>
        JsonSerializer.Deserialize<List<CommandCase>>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Tools", "Permissions", "Commands", "commands.json")), Options)!;
}
