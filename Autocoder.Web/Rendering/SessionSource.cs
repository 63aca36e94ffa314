using Autocoder.Core.Conversations;
using Autocoder.Core.Sessions;

namespace Autocoder.Web.Rendering;

/// <summary>A session, as a view follows it.</summary>
public sealed class SessionSource(Session session) : ITranscriptSource
{
    /// <inheritdoc/>
    public event Action? Changed
    {
        add => session.Changed += value;
        remove => session.Changed -= value;
    }

    /// <inheritdoc/>
    public Task<LogPull> PullAsync(LogPosition position, CancellationToken cancellationToken) => session.PullAsync(position, cancellationToken);
}
