using System.Runtime.Versioning;
using Autocoder.Core.Files;
using Microsoft.Win32.SafeHandles;

namespace Autocoder.Core.Projects;

/// <summary>Holds first and checks what it holds, so that nobody can swap a file for a link between check and use.</summary>
[SupportedOSPlatform("linux")]
internal sealed class LinuxPathOpener(string root) : IPathOpener
{
    public PinnedPath? Follow(string relative)
    {
        var held = LinuxFile.Hold(relative.Length == 0 ? root : $"{root}/{relative}", followLinks: true);
        return held is null ? null : Pin(held, relative);
    }

    public PinnedPath? Walk(string relative)
    {
        var held = LinuxFile.Hold(root, followLinks: false);
        foreach (var name in relative.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (held is null)
            {
                return null;
            }

            using var folder = held;
            held = LinuxFile.Hold($"{LinuxFile.AccessPath(folder)}/{name}", followLinks: false);
            if (held is not null && LinuxFile.Stat(held).Kind is FileKind.Link)
            {
                held.Dispose();
                throw ProjectFileErrors.LinkOnTheWay(relative, name);
            }
        }

        return held is null ? null : Pin(held, relative);
    }

    public void Recheck(PinnedPath pinned, string relative)
    {
        if (!PathRules.IsSameOrInside(LinuxFile.RealPath(pinned.Held!), root))
        {
            throw ProjectFileErrors.LinkLeaves(relative);
        }
    }

    private PinnedPath Pin(SafeFileHandle held, string relative)
    {
        try
        {
            var pinned = new PinnedPath(LinuxFile.Stat(held), LinuxFile.AccessPath(held), held);
            Recheck(pinned, relative);
            return pinned;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }
}
