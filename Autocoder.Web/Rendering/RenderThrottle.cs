using System.Threading.Channels;

namespace Autocoder.Web.Rendering;

/// <summary>Turns any number of "something changed" signals into a bounded number of renders.</summary>
/// <remarks>
/// The first signal renders at once. Signals that arrive while a render or the pause after it is under way share the
/// next render, so the last change always reaches the screen. Renders never overlap.
/// Create it in <c>OnInitialized</c>: the loop then keeps the culture of the component.
/// </remarks>
public sealed class RenderThrottle : IAsyncDisposable
{
    /// <summary>50 ms: twenty pictures a second, as smooth as reading needs.</summary>
    public static readonly TimeSpan DefaultInterval = TimeSpan.FromMilliseconds(50);

    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _loop;

    /// <param name="render">Draws the current state; usually <c>() => InvokeAsync(Refresh)</c>.</param>
    /// <param name="onError">Where a failed render goes; usually <c>DispatchExceptionAsync</c>.</param>
    /// <param name="interval">The least time between two renders. <see cref="DefaultInterval"/> if not given.</param>
    public RenderThrottle(
        Func<CancellationToken, Task> render, Func<Exception, Task> onError, TimeProvider clock, TimeSpan? interval = null) =>
        _loop = RunAsync(render, onError, clock, interval ?? DefaultInterval);

    /// <summary>Asks for a render. Returns at once and may be called from any thread, also after disposal.</summary>
    public void Signal() => _signal.Writer.TryWrite(true);

    /// <summary>Ends the loop. A render under way is cancelled, not awaited: it may itself be what disposes.</summary>
    public async ValueTask DisposeAsync()
    {
        _signal.Writer.TryComplete();
        await _stopping.CancelAsync().ConfigureAwait(false);
        _ = _loop.ContinueWith(_ => _stopping.Dispose(), TaskScheduler.Default);
    }

    private async Task RunAsync(
        Func<CancellationToken, Task> render, Func<Exception, Task> onError, TimeProvider clock, TimeSpan interval)
    {
        var stopping = _stopping.Token;
        try
        {
            await foreach (var _ in _signal.Reader.ReadAllAsync(stopping).ConfigureAwait(false))
            {
                await render(stopping).ConfigureAwait(false);
                await Task.Delay(interval, clock, stopping).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException && stopping.IsCancellationRequested)
        {
            // The component is gone.
        }
        catch (Exception exception)
        {
            await onError(exception).ConfigureAwait(false);
        }
    }
}
