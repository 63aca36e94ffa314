using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Transcripts;

namespace Autocoder.Web.Rendering;

/// <summary>Follows one conversation for one component: opens it at its end, hears the bell, pulls what is new, folds it, and asks for a picture.</summary>
/// <remarks>
/// Everything but the bell happens on the component's dispatcher, at most twenty times a second. A bell that does not ring
/// loses nothing: after <see cref="QuietTime"/> the follower looks by itself. Create it in <c>OnInitialized</c> or
/// <c>OnParametersSet</c>, dispose it with the component.
/// </remarks>
public sealed class TranscriptFollower : IAsyncDisposable
{
    /// <summary>How many more rows than at its opening a follower holds before it opens anew, unless its reader has gone back.</summary>
    public const int MaxNewRows = 1500;

    /// <summary>How often a follower looks by itself.</summary>
    public static readonly TimeSpan QuietTime = FollowOptions.Default.Heartbeat;

    private readonly ITranscriptSource _source;
    private readonly Action _show;
    private readonly RenderThrottle _throttle;
    private readonly ITimer _quiet;
    private readonly CancellationTokenSource _closing = new();
    private LogPosition? _position;
    private int _rowsAtOpening;
    private bool _hasGoneBack;
    private bool _mayHaveMissed;
    private bool _isDisposed;

    /// <param name="dispatch">Usually the component's <c>InvokeAsync</c>.</param>
    /// <param name="show">Called on the dispatcher after something was folded; usually <c>StateHasChanged</c>.</param>
    /// <param name="onError">Where a failed pull goes; usually <c>DispatchExceptionAsync</c>.</param>
    public TranscriptFollower(
        ITranscriptSource source, Func<Func<Task>, Task> dispatch, Action show, Func<Exception, Task> onError, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(clock);
        _source = source;
        _show = show;
        _throttle = new RenderThrottle(stopping => dispatch(() => CatchUpAsync(stopping)), onError, clock);

        // Before the opening, so that an event between the two is not missed.
        source.Changed += OnChanged;
        _quiet = clock.CreateTimer(_ => OnQuiet(), null, QuietTime, QuietTime);
        _throttle.Signal();
    }

    /// <summary>The conversation as far as it was pulled. Replaced by another one when it grew too long, or history was rewritten.</summary>
    public Transcript Transcript { get; private set; } = new();

    /// <summary>Whether everything that was recorded when following began has been folded.</summary>
    public bool IsLoaded { get; private set; }

    /// <summary>Changes whenever the transcript does.</summary>
    public long Version { get; private set; }

    /// <summary>Puts the page before the rows in front of them. Call it on the dispatcher; the caller draws.</summary>
    public async Task ReadEarlierAsync()
    {
        if (_isDisposed || !Transcript.HasEarlier)
        {
            return;
        }

        var transcript = Transcript;
        _hasGoneBack = true;
        var page = await _source.ReadEarlierAsync(transcript.From, _closing.Token);

        // Two clicks may have asked for the same page, and history may have been rewritten meanwhile.
        if (!_isDisposed && ReferenceEquals(transcript, Transcript) && page.From < transcript.From
            && (page.Events is [] || page.Events[^1].Sequence == transcript.From - 1))
        {
            transcript.Prepend(page);
            Version++;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        _source.Changed -= OnChanged;
        await _quiet.DisposeAsync().ConfigureAwait(false);
        await _closing.CancelAsync().ConfigureAwait(false);
        _closing.Dispose();
        await _throttle.DisposeAsync().ConfigureAwait(false);
    }

    // On the committer's thread: nothing of the component may be touched here.
    private void OnChanged() => _throttle.Signal();

    private void OnQuiet()
    {
        Volatile.Write(ref _mayHaveMissed, true);
        _throttle.Signal();
    }

    private async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        if (_isDisposed)
        {
            return;
        }

        if (Interlocked.Exchange(ref _mayHaveMissed, false))
        {
            await _source.RefreshAsync(cancellationToken);
        }

        var changed = !IsLoaded;
        LogPull pull;
        do
        {
            var position = _position ??= await OpenAsync(cancellationToken);
            pull = await _source.PullAsync(position, cancellationToken);
            if (_isDisposed)
            {
                return;
            }

            changed |= Fold(pull, position);
        }
        while (_position is null || pull.HasMore);

        IsLoaded = true;
        if (changed)
        {
            Version++;
            _show();
        }
    }

    private async Task<LogPosition> OpenAsync(CancellationToken cancellationToken)
    {
        var opening = await _source.OpenAsync(cancellationToken);
        (Transcript, _hasGoneBack) = (new Transcript(opening), false);
        _rowsAtOpening = Transcript.Items.Count;
        return opening.ToPosition();
    }

    private bool Fold(LogPull pull, LogPosition position)
    {
        if (!pull.Expired)
        {
            Transcript.Apply(pull);
            position.Advance(pull);
        }

        // A page that is open for days must not hold all that happened meanwhile; what is older can be read again.
        if (pull.Expired || (!_hasGoneBack && Transcript.Items.Count > _rowsAtOpening + MaxNewRows))
        {
            _position = null;
        }

        return !pull.IsEmpty;
    }
}
