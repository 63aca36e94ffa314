using System.Globalization;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Ledgers;
using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Web.Rendering;
using Microsoft.AspNetCore.Components;

namespace Autocoder.Web.Components.Pages.Console;

/// <summary>A conversation as it was at an event, with a slider through all of them.</summary>
public sealed partial class PastView : ComponentBase, IDisposable
{
    private const int MostMarks = 400;

    private static readonly (LedgerMarkKind Kind, string Word)[] Kinds =
        [(LedgerMarkKind.Error, "error"), (LedgerMarkKind.Asked, "approval or question"), (LedgerMarkKind.Change, "change"), (LedgerMarkKind.Run, "run")];

    private readonly CancellationTokenSource _leaving = new();
    private Transcript? _transcript;
    private ConversationLedger? _ledger;
    private long _wanted;
    private long _shown;
    private long? _asked;
    private bool _isGoing;
    private string? _problem;

    /// <summary>The books up to now: how far the slider goes, and where it can jump to.</summary>
    [Parameter, EditorRequired]
    public required LedgerReader Reader { get; set; }

    /// <summary>The event in the address.</summary>
    [Parameter, EditorRequired]
    public required long AsOf { get; set; }

    /// <summary>Another moment is shown: how it was then.</summary>
    [Parameter]
    public EventCallback<(Transcript Transcript, ConversationLedger Ledger)> OnShown { get; set; }

    /// <summary>The address should name this event.</summary>
    [Parameter]
    public EventCallback<long> OnKeep { get; set; }

    /// <summary>The person wants to see what happens now.</summary>
    [Parameter]
    public EventCallback OnLive { get; set; }

    private long Last => Reader.Ledger.Last;

    private IReadOnlyList<LedgerMark> Marks => Reader.Ledger.Marks;

    // So many that each is seen; the jumps know all of them.
    private IEnumerable<LedgerMark> Shown =>
        Marks.Count <= MostMarks ? Marks : Marks.Where((_, index) => index % (Marks.Count / MostMarks + 1) == 0);

    private string Here => Marks.LastOrDefault(mark => mark.Sequence <= _wanted)?.Title ?? "";

    /// <inheritdoc/>
    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        // The page around it is drawn again for other reasons too; only another address leads elsewhere.
        if (_asked != AsOf)
        {
            _asked = AsOf;
            await ShowAsync(AsOf);
        }
    }

    private LedgerMark? Before(LedgerMarkKind kind) => Marks.LastOrDefault(mark => mark.Kind == kind && mark.Sequence < _wanted);

    private LedgerMark? After(LedgerMarkKind kind) => Marks.FirstOrDefault(mark => mark.Kind == kind && mark.Sequence > _wanted);

    private string X(long sequence) => (1000.0 * (sequence - 1) / Math.Max(1, Last - 1)).ToString("0.#", CultureInfo.InvariantCulture);

    private Task JumpAsync(LedgerMark? mark) => mark is null ? Task.CompletedTask : GoAsync(mark.Sequence);

    private async Task GoAsync(long sequence)
    {
        await ShowAsync(sequence);
        await OnKeep.InvokeAsync(_wanted);
    }

    private Task SlideAsync(ChangeEventArgs e) =>
        long.TryParse(e.Value as string, CultureInfo.InvariantCulture, out var sequence) ? ShowAsync(sequence) : Task.CompletedTask;

    private Task KeepAsync(ChangeEventArgs _) => OnKeep.InvokeAsync(_wanted);

    // A slider moves faster than a conversation is read: while one moment is being read, only the newest wish is kept.
    private async Task ShowAsync(long sequence)
    {
        _wanted = Math.Clamp(sequence, 1, Math.Max(1, Last));
        if (_isGoing)
        {
            return;
        }

        _isGoing = true;
        try
        {
            while (_shown != _wanted)
            {
                var wanted = _wanted;
                (_transcript, _ledger) = await Reader.AsOfAsync(wanted, _leaving.Token);
                _shown = wanted;
                await OnShown.InvokeAsync((_transcript, _ledger));
                StateHasChanged();
            }
        }
        catch (ConversationNotFoundException exception)
        {
            _problem = exception.Message;
        }
        catch (OperationCanceledException)
        {
            // The page is gone.
        }
        finally
        {
            _isGoing = false;
        }
    }
}
