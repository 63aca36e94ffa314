using Autocoder.Core.Conversations;

namespace Autocoder.Web.Rendering;

/// <summary>What a view of a conversation needs: its end to begin with, a doorbell, and ways to get what came after and before.</summary>
public interface ITranscriptSource
{
    /// <summary>Raised, on any thread, when there may be something new.</summary>
    event Action? Changed;

    /// <summary>Opens the conversation at its end.</summary>
    Task<LogOpening> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Gets the page that ends just before an event.</summary>
    Task<LogPage> ReadEarlierAsync(long before, CancellationToken cancellationToken);

    /// <summary>Looks for news the doorbell does not ring for, so that the next pull has them.</summary>
    Task RefreshAsync(CancellationToken cancellationToken);

    /// <summary>Gets what is new after a position.</summary>
    Task<LogPull> PullAsync(LogPosition position, CancellationToken cancellationToken);
}
