using Autocoder.Web.Commands;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Autocoder.Web.Components.Pages.Shortcuts;

/// <summary>All commands with their keys, which a person can change here.</summary>
public sealed partial class ShortcutsPage(ShortcutBook book, IJSRuntime js) : ComponentBase, IAsyncDisposable
{
    private DotNetObjectReference<ShortcutsPage>? _self;
    private IJSObjectReference? _module;
    private ElementReference _taker;
    private string? _taking;
    private Chord? _wanted;
    private Command? _conflict;
    private bool _listens;
    private bool _isMac;
    private string? _said;
    private string? _refusal;

    private bool AnyChanged => CommandCatalog.All.Any(command => book.IsChanged(command.Id));

    /// <summary>Called by the browser with the keys that were pressed; null for Escape.</summary>
    [JSInvokable]
    public async Task PressedAsync(string? keys)
    {
        if (_taking is not { } commandId)
        {
            return;
        }

        if (keys is null)
        {
            Leave();
        }
        else if (Chord.TryParse(keys) is not { } chord)
        {
            _refusal = "The browser does not say which keys these are. Choose others.";
            _listens = true;
        }
        else if (book.UserOf(chord) is { } other && other.Id != commandId)
        {
            (_wanted, _conflict, _refusal) = (chord, other, ChordRules.Refusal(chord));
        }
        else
        {
            _wanted = chord;
            await ChangeAsync(() => book.BindAsync(commandId, chord, CancellationToken.None), $"{chord.Say(_isMac)} it is ✓");
        }

        StateHasChanged();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        book.Changed -= OnChanged;
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

        _self?.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnInitialized() => book.Changed += OnChanged;

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            _module = await js.InvokeAsync<IJSObjectReference>("import", "./Components/Pages/Shortcuts/ShortcutsPage.razor.js");
            _isMac = await _module.InvokeAsync<bool>("isApple");
            StateHasChanged();
        }

        if (_listens && _module is not null)
        {
            _listens = false;
            await _module.InvokeVoidAsync("take", _taker, _self);
        }
    }

    private void OnChanged() => _ = InvokeAsync(StateHasChanged);

    private void Take(Command command) =>
        (_taking, _wanted, _conflict, _listens, _said, _refusal) = (command.Id, null, null, true, null, null);

    private void Leave() => (_taking, _wanted, _conflict, _refusal) = (null, null, null, null);

    private Task TakeOverAsync() => _taking is { } commandId && _wanted is { } chord
        ? ChangeAsync(() => book.BindAsync(commandId, chord, CancellationToken.None), $"{chord.Say(_isMac)} it is ✓ “{_conflict?.Title}” no longer has these keys.")
        : Task.CompletedTask;

    private Task ClearAsync(Command command) => ChangeAsync(() => book.ClearAsync(command.Id, CancellationToken.None), $"“{command.Title}” has no keys now.");

    private Task ResetAsync(Command command) => ChangeAsync(() => book.ResetAsync(command.Id, CancellationToken.None), $"“{command.Title}” is as usual ✓");

    private Task ResetAllAsync() => ChangeAsync(() => book.ResetAllAsync(CancellationToken.None), "All keys are as usual ✓");

    private Task AllowPlainAsync(ChangeEventArgs e) => ChangeAsync(() => book.AllowPlainKeysAsync(e.Value is true, CancellationToken.None), "Saved ✓");

    private async Task ChangeAsync(Func<Task> change, string said)
    {
        (_said, _refusal) = (null, null);
        try
        {
            await change();
            _said = said;
            Leave();
        }
        catch (Exception exception) when (exception is ArgumentException or IOException or UnauthorizedAccessException)
        {
            // Other keys can be pressed at once.
            (_refusal, _wanted, _conflict) = (exception.Message.Split(" (Parameter", 2)[0], null, null);
            _listens = _taking is not null;
        }
    }
}
