using Autocoder.Core.Persistence;
using Autocoder.Web.Commands;
using Autocoder.Web.Components.Layout;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace Autocoder.Web.Components.Commands;

/// <summary>Goes anywhere and does anything by a few letters.</summary>
/// <remarks>Keys are heard here and not in the browser, in the order they were pressed: Enter takes what the letters before it found.</remarks>
public sealed partial class CommandPalette(PaletteSource source, NavigationManager navigation, IJSRuntime js, TimeProvider clock)
    : ComponentBase, IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(120);

    private readonly CancellationTokenSource _closing = new();
    private ElementReference _dialog;
    private IJSObjectReference? _module;
    private IReadOnlyList<PaletteEntry> _entries = [];
    private IReadOnlyList<PaletteEntry> _found = [];
    private IReadOnlyList<PaletteEntry> _shown = [];
    private string _typed = "";
    private int _active;
    private int _search;
    private bool _isSearching;
    private bool _isRead;

    /// <summary>Where the person is.</summary>
    [Parameter, EditorRequired]
    public required Place Place { get; set; }

    [Parameter]
    public bool IsMac { get; set; }

    /// <summary>The command with this id was chosen.</summary>
    [Parameter]
    public EventCallback<string> OnCommand { get; set; }

    private PaletteEntry? Active => _active < _shown.Count ? _shown[_active] : null;

    /// <summary>Fills it; the browser has opened it already.</summary>
    public async Task FillAsync()
    {
        try
        {
            _entries = await source.ReadAsync(Place, _closing.Token);
        }
        catch (StorageException)
        {
            // What cannot be listed now is left out; commands need no disk.
            _entries = [];
        }

        _isRead = true;
        Show();
        StateHasChanged();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _closing.Dispose();
        try
        {
            if (_module is not null)
            {
                await _module.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and its module with it.
        }
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _module = await js.InvokeAsync<IJSObjectReference>("import", "./Components/Commands/CommandPalette.razor.js");
        }
    }

    private static string IdOf(PaletteEntry entry) => $"palette-{entry.Id.Replace('.', '-')}";

    // What is listed the next time is there before the server has heard of it.
    private void Reset()
    {
        (_typed, _found, _active, _isSearching) = ("", [], 0, false);
        _search++;
        Show();
    }

    private void Type(ChangeEventArgs e)
    {
        _typed = e.Value as string ?? "";
        _active = 0;
        Show();
        _ = SearchAsync(++_search, _typed);
    }

    private void Show()
    {
        _shown = [.. PaletteSource.Rank(_entries, _typed), .. _found];
        _active = Math.Clamp(_active, 0, Math.Max(0, _shown.Count - 1));
    }

    // What fits by its name is there at once; what was said comes when somebody stops typing, below it, and moves nothing.
    private async Task SearchAsync(int search, string words)
    {
        _isSearching = !string.IsNullOrWhiteSpace(words);
        try
        {
            await Task.Delay(Pause, clock, _closing.Token);
            if (search != _search)
            {
                return;
            }

            var found = _isSearching ? await source.FindAsync(words, _closing.Token) : [];
            if (search == _search)
            {
                (_found, _isSearching) = (found, false);
                Show();
                StateHasChanged();
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The page was closed meanwhile.
        }
        catch (StorageException)
        {
            _isSearching = false;
        }
    }

    private async Task PressAsync(KeyboardEventArgs e)
    {
        switch (e.Key)
        {
            case "ArrowDown":
                Move(_active + 1);
                break;
            case "ArrowUp":
                Move(_active - 1);
                break;
            case "PageDown":
                Move(Math.Min(_active + 8, _shown.Count - 1));
                break;
            case "PageUp":
                Move(Math.Max(_active - 8, 0));
                break;
            case "Enter" when Active is { } entry:
                await ChooseAsync(entry);
                break;
        }
    }

    private void Move(int to)
    {
        if (_shown.Count > 0)
        {
            _active = (to + _shown.Count) % _shown.Count;
        }
    }

    private async Task ChooseAsync(PaletteEntry entry)
    {
        // Closed first: the focus goes back, and what follows may put it elsewhere.
        if (_module is not null)
        {
            await _module.InvokeVoidAsync("close", _dialog);
        }

        if (entry.CommandId is { } commandId)
        {
            await OnCommand.InvokeAsync(commandId);
        }
        else
        {
            navigation.NavigateTo(entry.Address!);
        }
    }
}
