using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Transcripts;

namespace Autocoder.Web.Rendering;

/// <summary>Follows one conversation for one component: hears the bell, pulls what is new, folds it, and asks for a picture.</summary>
/// <remarks>
/// Everything but the bell happens on the component's dispatcher, at most twenty times a second. Create it in
/// <c>OnInitialized</c> or <c>OnParametersSet</c>, dispose it with the component.
/// </remarks>
public sealed class TranscriptFollower : IAsyncDisposable
{
    private readonly ITranscriptSource _source;
    private readonly Action _show;
    private readonly RenderThrottle _throttle;
    private LogPosition _position = new();
    private bool _isDisposed;

    /// <param name="dispatch">Usually the component's <c>InvokeAsync</c>.</param>
    /// <param name="show">Called on the dispatcher after something was folded; usually <c>StateHasChanged</c>.</param>
    /// <param name="onError">Where a failed pull goes; usually <c>DispatchExceptionAsync</c>.</param>
    public TranscriptFollower(
        ITranscriptSource source, Func<Func<Task>, Task> dispatch, Action show, Func<Exception, Task> onError, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(source);
        _source = source;
        _show = show;
        _throttle = new RenderThrottle(stopping => dispatch(() => CatchUpAsync(stopping)), onError, clock);

        // Before the first pull, so that an event between the two is not missed.
        source.Changed += OnChanged;
        _throttle.Signal();
    }

    /// <summary>The conversation as far as it was pulled. Replaced by an empty one when history was rewritten.</summary>
    public Transcript Transcript { get; private set; } = new();

    /// <summary>Whether everything that was recorded when following began has been folded.</summary>
    public bool IsLoaded { get; private set; }

    /// <summary>Changes whenever the transcript does.</summary>
    public long Version { get; private set; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        _source.Changed -= OnChanged;
        await _throttle.DisposeAsync().ConfigureAwait(false);
    }

    // On the committer's thread: nothing of the component may be touched here.
    private void OnChanged() => _throttle.Signal();

    private async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        var changed = !IsLoaded;
        LogPull pull;
        do
        {
            pull = await _source.PullAsync(_position, cancellationToken);
            if (_isDisposed)
            {
                return;
            }

            changed |= Fold(pull);
        }
        while (pull.HasMore || pull.Expired);

        IsLoaded = true;
        if (changed)
        {
            Version++;
            _show();
        }
    }

    private bool Fold(LogPull pull)
    {
        if (pull.Expired)
        {
            Transcript = new Transcript();
            _position = LogPosition.At(pull.Cursor with { Sequence = 0 });
            return true;
        }

        Transcript.Apply(pull);
        _position.Advance(pull);
        return !pull.IsEmpty;
    }
}
