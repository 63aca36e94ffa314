using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Core.Sessions;

namespace Autocoder.Web.Rendering;

/// <summary>A part of a conversation far from its end, held by itself. It costs the same wherever it is; what happens at the end does not touch it.</summary>
/// <remarks>To be used on the component's dispatcher.</remarks>
public sealed class TranscriptDetour
{
    private const int Before = 120;
    private const int After = 240;
    private const int More = 400;

    private readonly Session _session;
    private bool _isReading;

    private TranscriptDetour(Session session, LogPage page, long through)
    {
        _session = session;
        Transcript = new Transcript(page);
        Through = page.Events is [.., var last] ? last.Sequence : through;
        HasLater = Through == through;
    }

    /// <summary>The part.</summary>
    public Transcript Transcript { get; }

    /// <summary>The last event of the part.</summary>
    public long Through { get; private set; }

    /// <summary>Whether there was more after it when it was read.</summary>
    public bool HasLater { get; private set; }

    /// <summary>Changes whenever the part does.</summary>
    public long Version { get; private set; }

    /// <summary>Reads the part around an event.</summary>
    public static async Task<TranscriptDetour> OpenAsync(Session session, long sequence, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        var through = sequence + After;
        return new TranscriptDetour(session, await session.ReadStretchAsync(sequence - Before, through, cancellationToken), through);
    }

    /// <summary>Whether an event is in the part.</summary>
    public bool Holds(long sequence) => sequence >= Transcript.From && sequence <= Through;

    /// <summary>Reads more before it.</summary>
    public Task ReadEarlierAsync(CancellationToken cancellationToken) => AloneAsync(async () =>
    {
        if (Transcript.HasEarlier)
        {
            Transcript.Prepend(await _session.ReadStretchAsync(Transcript.From - More, Transcript.From - 1, cancellationToken));
        }
    });

    /// <summary>Reads more after it.</summary>
    public Task ReadLaterAsync(CancellationToken cancellationToken) => AloneAsync(async () =>
    {
        var page = await _session.ReadStretchAsync(Through + 1, Through + More, cancellationToken);
        Transcript.Append(page);
        HasLater = page.Events.Count == More;
        Through += page.Events.Count;
    });

    // Two clicks must not read the same twice.
    private async Task AloneAsync(Func<Task> read)
    {
        if (_isReading)
        {
            return;
        }

        _isReading = true;
        try
        {
            await read();
            Version++;
        }
        finally
        {
            _isReading = false;
        }
    }
}
