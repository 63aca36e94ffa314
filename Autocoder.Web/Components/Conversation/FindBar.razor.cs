using Autocoder.Core.Conversations;
using Autocoder.Core.Persistence;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace Autocoder.Web.Components.Conversation;

/// <summary>Finds a phrase and goes from place to place. It begins with the newest: that is where the reader is.</summary>
public sealed partial class FindBar(IJSRuntime js, TimeProvider clock) : ComponentBase, IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    private readonly CancellationTokenSource _closing = new();
    private ElementReference _input;
    private IJSObjectReference? _module;
    private IReadOnlyList<TranscriptPlace> _places = [];
    private string _words = "";
    private string _searched = "";
    private long _searchedAt;
    private int _current = -1;
    private int _typed;

    /// <summary>What to look for at first; empty for nothing yet.</summary>
    [Parameter]
    public string First { get; set; } = "";

    /// <summary>Changes when the conversation has changed.</summary>
    [Parameter]
    public long Version { get; set; }

    /// <summary>Finds the places where a phrase stands, oldest first.</summary>
    [Parameter, EditorRequired]
    public required Func<string, CancellationToken, Task<IReadOnlyList<TranscriptPlace>>> FindAsync { get; set; }

    /// <summary>This phrase is being looked for; empty for none.</summary>
    [Parameter]
    public EventCallback<string> OnWords { get; set; }

    /// <summary>This place is to be shown.</summary>
    [Parameter]
    public EventCallback<TranscriptPlace> OnGo { get; set; }

    /// <summary>The person is done.</summary>
    [Parameter]
    public EventCallback OnClose { get; set; }

    private string Count => _searched.Length == 0 ? ""
        : _places.Count == 0 ? "Not found"
        : $"{_current + 1} of {_places.Count}{(_places.Count == IConversationSearch.MaxPlaces ? "+" : "")}";

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _closing.Dispose();
        try
        {
            if (_module is not null)
            {
                await _module.InvokeVoidAsync("giveBack");
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
        if (!firstRender)
        {
            return;
        }

        _module = await js.InvokeAsync<IJSObjectReference>("import", "./Components/Conversation/FindBar.razor.js");
        await _module.InvokeVoidAsync("take", _input);
        if (First.Length > 0)
        {
            _words = First;
            await SearchAsync(startAnew: true);
            StateHasChanged();
        }
    }

    private async Task TypeAsync(ChangeEventArgs e)
    {
        _words = e.Value as string ?? "";
        var typed = ++_typed;
        try
        {
            await Task.Delay(Pause, clock, _closing.Token);
            if (typed == _typed)
            {
                await SearchAsync(startAnew: true);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The bar was closed meanwhile.
        }
    }

    private async Task PressAsync(KeyboardEventArgs e)
    {
        if (e.Key is "Escape")
        {
            await OnClose.InvokeAsync();
        }
        else if (e is { Key: "Enter", ShiftKey: true })
        {
            await GoAsync(-1);
        }
    }

    private async Task GoAsync(int by)
    {
        // Enter may come before the pause after the last letter is over, and something may have been said meanwhile.
        if (_words.Trim() != _searched)
        {
            _typed++;
            await SearchAsync(startAnew: true);
            return;
        }

        if (Version != _searchedAt)
        {
            await SearchAsync(startAnew: false);
        }

        if (_places.Count > 0)
        {
            _current = (_current + by + _places.Count) % _places.Count;
            await OnGo.InvokeAsync(_places[_current]);
        }
    }

    private async Task SearchAsync(bool startAnew)
    {
        var (words, here) = (_words.Trim(), _current >= 0 && _current < _places.Count ? _places[_current].Key : null);
        IReadOnlyList<TranscriptPlace> places;
        try
        {
            places = await FindAsync(words, _closing.Token);
        }
        catch (StorageException)
        {
            places = [];
        }

        (_places, _searched, _searchedAt) = (places, words, Version);
        await OnWords.InvokeAsync(words);
        if (startAnew)
        {
            _current = places.Count - 1;
            if (_current >= 0)
            {
                await OnGo.InvokeAsync(places[_current]);
            }
        }
        else
        {
            _current = Math.Max(0, places.Select((place, index) => (place, index)).FirstOrDefault(pair => pair.place.Key == here).index);
        }
    }
}
