namespace Autocoder.Web.Endpoints.Events;

/// <summary>Cuts off a client that does not take what is being written to it.</summary>
/// <param name="limit">How long one write may take.</param>
/// <param name="cut">Called at most once, from a timer.</param>
internal sealed class WriteWatch(TimeProvider clock, TimeSpan limit, Action cut) : IDisposable
{
    private readonly ITimer _timer = clock.CreateTimer(_ => cut(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>A write begins.</summary>
    public void Start() => _timer.Change(limit, Timeout.InfiniteTimeSpan);

    /// <summary>The write is done.</summary>
    public void Stop() => _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public void Dispose() => _timer.Dispose();
}
