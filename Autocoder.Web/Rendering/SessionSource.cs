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
    public Task<LogOpening> OpenAsync(CancellationToken cancellationToken) => session.OpenAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<LogPage> ReadEarlierAsync(long before, CancellationToken cancellationToken) => session.ReadEarlierAsync(before, cancellationToken);

    /// <inheritdoc/>
    public Task RefreshAsync(CancellationToken cancellationToken) => session.RefreshAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<LogPull> PullAsync(LogPosition position, CancellationToken cancellationToken) => session.PullAsync(position, cancellationToken);
}
