using Autocoder.Core.Files;

namespace Autocoder.Core.Projects;

/// <summary>Checks by path, for the systems where a file cannot be held without opening it.</summary>
/// <remarks>It sees every link that lies still. Only Linux also withstands somebody who swaps files while we look.</remarks>
internal sealed class PortablePathOpener(string root) : IPathOpener
{
    public PinnedPath? Follow(string relative)
    {
        var real = RealPath.Resolve(Path.Combine(root, relative));
        if (!PathRules.IsSameOrInside(real, root))
        {
            throw ProjectFileErrors.LinkLeaves(relative);
        }

        return FileFacts.Of(real) is { } facts ? new PinnedPath(facts, real, Held: null) : null;
    }

    public PinnedPath? Walk(string relative)
    {
        var path = root;
        if (FileFacts.Of(path) is not { Kind: not FileKind.Link } facts)
        {
            return null;
        }

        foreach (var name in relative.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            path = Path.Combine(path, name);
            if (FileFacts.Of(path) is not { } next)
            {
                return null;
            }

            if (next.Kind is FileKind.Link)
            {
                throw ProjectFileErrors.LinkOnTheWay(relative, name);
            }

            facts = next;
        }

        return new PinnedPath(facts, path, Held: null);
    }

    public void Recheck(PinnedPath pinned, string relative)
    {
        if (!PathRules.IsSameOrInside(RealPath.Resolve(pinned.AccessPath), root))
        {
            throw ProjectFileErrors.LinkLeaves(relative);
        }
    }
}
