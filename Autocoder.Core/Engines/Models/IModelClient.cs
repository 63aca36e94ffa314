namespace Autocoder.Core.Engines.Models;

/// <summary>Answers a conversation with text and tool calls: a language model, or something that behaves like one.</summary>
public interface IModelClient
{
    /// <summary>Makes one model call.</summary>
    /// <remarks>Ends with exactly one <see cref="ModelEvent.Completed"/>; a stream that ends without it was cut off.</remarks>
    /// <exception cref="EngineException">The call failed; its message is shown to the person.</exception>
    IAsyncEnumerable<ModelEvent> StreamAsync(ModelRequest request, CancellationToken cancellationToken);

    /// <summary>How many tokens one call may hold, input and output together; null when that is not limited.</summary>
    Task<int?> GetContextWindowAsync(string? variant, CancellationToken cancellationToken) => Task.FromResult<int?>(null);
}
