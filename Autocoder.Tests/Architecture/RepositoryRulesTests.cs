using System.Reflection;
using System.Text.RegularExpressions;
using Autocoder.Core.Conversations;
using Autocoder.Tests.TestSupport;
using Microsoft.JSInterop;

namespace Autocoder.Tests.Architecture;

/// <summary>The rules of the repository that the compiler does not check. <c>docs/architecture.md</c> gives the reasons.</summary>
public sealed partial class RepositoryRulesTests
{
    private const int MaxLinesPerFile = 400;

    // What each room of Core may use. Persistence implements the rooms' stores, Sessions is what pages talk to.
    private static readonly Dictionary<string, string[]> AllowedUses = new()
    {
        ["Files"] = [],
        ["Conversations"] = [],
        ["Features"] = [],
        ["Processes"] = [],
        ["Projects"] = ["Files"],
        ["Attachments"] = ["Conversations", "Files"],
        // A person's own profile may only name tools there are, and not every surface may have tools that write.
        ["Profiles"] = ["Conversations", "Tools"],
        ["Tools"] = ["Attachments", "Conversations", "Features", "Processes", "Projects"],
        ["Specs"] = ["Conversations", "Features", "Projects", "Tools"],
        // Reads files as the tools do: the same lines, and nothing that may be secret.
        ["Assistant"] = ["Conversations", "Projects", "Tools"],
        ["Engines"] = ["Assistant", "Attachments", "Conversations", "Features", "Files", "Processes", "Profiles", "Projects", "Specs", "Tools"],
        ["Runs"] = ["Attachments", "Conversations", "Engines", "Processes", "Profiles", "Projects", "Tools"],
        // Persistence only for where the file lies; Engines for the keys it gives them.
        ["Settings"] = ["Engines", "Files", "Persistence"],
        // Puts back what a blob keeps, through the project's one door.
        ["Checkpoints"] = ["Attachments", "Conversations", "Projects"],
        ["Sessions"] = ["Checkpoints", "Conversations", "Projects", "Runs", "Specs"],
        ["Persistence"] = ["Conversations", "Features", "Files", "Projects", "Specs", "Tools"],
    };

    [Fact]
    public void Core_knows_nothing_of_the_web_or_the_component_library()
    {
        var references = typeof(ConversationState).Assembly.GetReferencedAssemblies().Select(assembly => assembly.Name!);

        Assert.DoesNotContain(references, name =>
            name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || name.StartsWith("Radzen", StringComparison.Ordinal));
    }

    [Fact]
    public void Rooms_of_core_use_only_what_they_may()
    {
        var core = Repository.PathOf("Autocoder.Core");
        var broken =
            from file in SourceFiles(core)
            let parts = Path.GetRelativePath(core, file).Split(Path.DirectorySeparatorChar)
            where parts.Length > 1 // Files directly in Core tie the rooms together.
            from Match use in CoreNamespace().Matches(File.ReadAllText(file))
            let used = use.Groups["room"].Value
            where used != parts[0] && !AllowedUses.GetValueOrDefault(parts[0], []).Contains(used)
            select $"{Path.GetRelativePath(core, file)} uses {used}";

        Assert.Empty(broken.Distinct());
    }

    [Fact]
    public void Every_room_of_core_has_a_rule() => Assert.Equal(
        AllowedUses.Keys.Order(),
        Directory.GetDirectories(Repository.PathOf("Autocoder.Core")).Select(Path.GetFileName).Where(name => name is not ("bin" or "obj")).Order());

    [Fact]
    public void Pages_never_reach_into_the_database() => Assert.Empty(
        from file in SourceFiles(Repository.PathOf("Autocoder.Web"))
        from Match use in CoreNamespace().Matches(File.ReadAllText(file))
        where use.Value.StartsWith("Autocoder.Core.Persistence.", StringComparison.Ordinal)
            && !use.Value.EndsWith("StorageException", StringComparison.Ordinal) && !use.Value.EndsWith("DataDirectory", StringComparison.Ordinal)
        select $"{Path.GetFileName(file)}: {use.Value}");

    [Fact]
    public void No_file_is_too_long_to_read_in_one_sitting() => Assert.Empty(
        from folder in (string[])["Autocoder.Core", "Autocoder.Web", "Autocoder.Tests", "benchmarks"]
        from file in SourceFiles(Repository.PathOf(folder))
        let lines = File.ReadLines(file).Count()
        where lines > MaxLinesPerFile
        select $"{Path.GetRelativePath(Repository.Root, file)} has {lines} lines");

    [Fact]
    public void A_type_is_in_the_file_and_the_namespace_of_its_name() => Assert.Empty(
        from folder in (string[])["Autocoder.Core", "Autocoder.Web"]
        from file in SourceFiles(Repository.PathOf(folder))
        where file.EndsWith(".cs", StringComparison.Ordinal) && !file.EndsWith("Program.cs", StringComparison.Ordinal)
        let expected = $"namespace {folder}{string.Concat(Path.GetRelativePath(Repository.PathOf(folder), Path.GetDirectoryName(file)!).Split(Path.DirectorySeparatorChar).Where(part => part != ".").Select(part => "." + part))};"
        where !File.ReadAllText(file).Contains(expected, StringComparison.Ordinal)
        select $"{Path.GetRelativePath(Repository.Root, file)} should say {expected}");

    // A page of another site could call them through the hub without anything else: a static method needs no circuit.
    [Fact]
    public void No_static_method_can_be_called_from_a_browser() => Assert.Empty(
        from assembly in (Assembly[])[typeof(Program).Assembly, typeof(ConversationState).Assembly]
        from type in assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        where method.GetCustomAttribute<JSInvokableAttribute>() is not null
        select $"{type.Name}.{method.Name}");

    private static IEnumerable<string> SourceFiles(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".cs" or ".razor")
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                && !file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    [GeneratedRegex(@"Autocoder\.Core\.(?<room>[A-Z]\w+)(\.\w+)*")]
    private static partial Regex CoreNamespace();
}
