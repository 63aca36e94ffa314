namespace Autocoder.Core.Tools;

/// <summary>Keeps output that is too long for the log.</summary>
public interface IToolOutputStore
{
    /// <summary>Keeps a text.</summary>
    /// <returns>Its key in the blob store.</returns>
    Task<string> SaveAsync(string text, CancellationToken cancellationToken);
}
