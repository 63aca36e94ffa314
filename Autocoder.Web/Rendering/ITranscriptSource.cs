using Autocoder.Core.Conversations;

namespace Autocoder.Web.Rendering;

/// <summary>What a view of a conversation needs: a doorbell, and a way to get what it has not seen.</summary>
public interface ITranscriptSource
{
    /// <summary>Raised, on any thread, when there may be something new.</summary>
    event Action? Changed;

    /// <summary>Gets what is new after a position.</summary>
    Task<LogPull> PullAsync(LogPosition position, CancellationToken cancellationToken);
}
