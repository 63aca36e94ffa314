using Autocoder.Core.Projects;
using FsCheck;
using FsCheck.Fluent;

namespace Autocoder.Tests.Projects;

/// <summary>The path rules against a second opinion: what .NET itself makes of the same text.</summary>
public sealed class ProjectPathProperties
{
    private const string Root = "/home/x/proj";

    [Fact]
    public void A_path_is_let_through_exactly_when_it_lies_inside()
    {
        var parts = Gen.Elements("..", ".", "", "a", "proj", "proj-evil", "b.txt", "home", "x", "~", "é", " ", "\\", "...");
        var paths =
            from start in Gen.Elements("", "/", Root, Root + "/", "//", Root + "-evil/")
            from names in parts.ListOf()
            select start + string.Join('/', names);

        Prop.ForAll(paths.ToArbitrary(), Agree).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));
    }

    private static bool Agree(string typed)
    {
        var full = Path.GetFullPath(Path.Combine(Root, typed));

        // A path that leaves and comes back ("../proj/a") names a file inside; it is refused all the same.
        var leaves = !Path.IsPathRooted(typed) && LeavesOnTheWay(typed);
        var inside = !leaves && (Path.TrimEndingDirectorySeparator(full) == Root || full.StartsWith(Root + "/", StringComparison.Ordinal));
        try
        {
            var relative = ProjectPath.Normalize(typed, Root);
            return inside && Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.Combine(Root, relative)))
                == Path.TrimEndingDirectorySeparator(full);
        }
        catch (ProjectFileException)
        {
            return !inside;
        }
    }

    private static bool LeavesOnTheWay(string typed)
    {
        var depth = 0;
        foreach (var name in typed.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            depth += name switch { ".." => -1, "." => 0, _ => 1 };
            if (depth < 0)
            {
                return true;
            }
        }

        return false;
    }
}
