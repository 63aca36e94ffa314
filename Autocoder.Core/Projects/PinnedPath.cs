using Autocoder.Core.Files;
using Microsoft.Win32.SafeHandles;

namespace Autocoder.Core.Projects;

/// <summary>Something inside the project that has been checked, and how to reach exactly that.</summary>
/// <param name="AccessPath">On Linux it means the file that was checked, even if its name has been given to another one since.</param>
internal sealed record PinnedPath(FileFacts Facts, string AccessPath, SafeFileHandle? Held) : IDisposable
{
    public void Dispose() => Held?.Dispose();
}
