using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Autocoder.Core.Persistence;

/// <summary>Lets EF Core 10 run on SQLitePCLRaw 2.0.6, the only version the package feed has.</summary>
/// <remarks>
/// EF Core asks for a newer assembly version than the one restored. The handler answers only when the wanted version is
/// absent, so it is inert, and can go together with the two pins, once the feed has the right package.
/// See <c>docs/decisions/0002-ef-core-and-sqlite.md</c>.
/// </remarks>
internal static class SqliteBinding
{
    // A module initializer is the only hook that is early enough whoever loads Core first: the server, a test, a tool.
#pragma warning disable CA2255
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Initialize() =>
        AssemblyLoadContext.Default.Resolving += static (context, name) =>
            name.Name!.StartsWith("SQLitePCLRaw.", StringComparison.Ordinal)
                ? context.LoadFromAssemblyName(new AssemblyName(name.Name))
                : null;
}
