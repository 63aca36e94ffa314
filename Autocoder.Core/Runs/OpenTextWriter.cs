using System.Text;
using Autocoder.Core.Conversations;

namespace Autocoder.Core.Runs;

/// <summary>Streams one text into the log: whatever arrives while a commit is under way shares the next one.</summary>
/// <remarks>
/// Text is committed before anyone sees it, so a viewer never loses what it has shown. The pause between commits keeps a
/// fast model from turning every token into a write to the disk.
/// </remarks>
internal sealed class OpenTextWriter(
    IConversationWriter writer, Guid conversationId, Guid runId, TimeProvider clock, TimeSpan interval) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly StringBuilder _all = new();
    private readonly CancellationTokenSource _finished = new();
    private int _committed;
    private char? _half;
    private Task _flushing = Task.CompletedTask;

    public Guid ItemId { get; } = Guid.CreateVersion7(clock.GetUtcNow());

    /// <summary>Everything that was added, committed or not.</summary>
    public string Text
    {
        get
        {
            lock (_gate)
            {
                return _all.ToString();
            }
        }
    }

    /// <summary>Adds to the text. Does not wait for the disk.</summary>
    /// <exception cref="IllegalEventException">An earlier piece was refused, because the run was ended.</exception>
    public async ValueTask AddAsync(string delta)
    {
        Task flushing;
        lock (_gate)
        {
            _all.Append(WholeCharacters(delta));
            flushing = _flushing;
            if (flushing.IsCompletedSuccessfully)
            {
                _flushing = FlushAsync();
                return;
            }
        }

        if (flushing.IsCompleted)
        {
            await flushing.ConfigureAwait(false);
        }
    }

    /// <summary>Ends the streaming and returns the whole text; the completed event carries it.</summary>
    /// <exception cref="IllegalEventException">A piece was refused, because the run was ended.</exception>
    public async Task<string> FinishAsync()
    {
        await _finished.CancelAsync().ConfigureAwait(false);
        await _flushing.ConfigureAwait(false);
        lock (_gate)
        {
            if (_half is not null)
            {
                _half = null;
                _all.Append(Rune.ReplacementChar);
            }
        }

        return Text;
    }

    public void Dispose() => _finished.Dispose();

    // A model that streams bytes may cut a surrogate pair in two. Half a pair waits for the other half; one that never
    // gets it becomes a replacement character, as it would on its way to the disk or a browser.
    private string WholeCharacters(string delta)
    {
        var text = _half is { } half ? half + delta : delta;
        _half = text.Length > 0 && char.IsHighSurrogate(text[^1]) ? text[^1] : null;
        var whole = _half is null ? text : text[..^1];
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(whole));
    }

    private async Task FlushAsync()
    {
        // Off the lock of the caller before anything slow happens.
        await Task.Yield();
        while (TakePending() is { } pending)
        {
            await writer.AppendTextAsync(conversationId, runId, ItemId, pending, CancellationToken.None).ConfigureAwait(false);
            await Task.Delay(interval, clock, _finished.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private string? TakePending()
    {
        lock (_gate)
        {
            if (_committed == _all.Length || _finished.IsCancellationRequested)
            {
                // Decided under the lock, so that the next delta either is seen here or starts a new flush.
                _flushing = Task.CompletedTask;
                return null;
            }

            var pending = _all.ToString(_committed, _all.Length - _committed);
            _committed = _all.Length;
            return pending;
        }
    }
}
