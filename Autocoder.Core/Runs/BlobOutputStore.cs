using System.Text;
using Autocoder.Core.Attachments;
using Autocoder.Core.Tools;

namespace Autocoder.Core.Runs;

/// <summary>Keeps tool output that is too long for the log.</summary>
internal sealed class BlobOutputStore(BlobStore blobs) : IToolOutputStore
{
    public Task<string> SaveAsync(string text, CancellationToken cancellationToken) =>
        blobs.SaveAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
}
