using Autocoder.Core.Persistence;
using Autocoder.Core.Projects;
using Autocoder.Web.Commands;
using Autocoder.Web.Components.Layout;
using Autocoder.Web.Components.Pages.Projects;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Radzen;

namespace Autocoder.Web.Components.Commands;

/// <summary>Hears keys on every page, and offers what can be done everywhere.</summary>
public sealed partial class CommandHost(
    CommandDesk desk, ShortcutBook book, NavigationManager navigation, DialogService dialogs,
    NotificationService notifications, IJSRuntime js) : ComponentBase, IAsyncDisposable
{
    private readonly List<IDisposable> _offers = [];
    private CommandPalette? _palette;
    private ShortcutHelp? _help;
    private DotNetObjectReference<CommandHost>? _self;
    private IJSObjectReference? _module;
    private IJSObjectReference? _keys;
    private bool _isTelling;
    private bool _isDisposed;

    /// <summary>Where the person is.</summary>
    [Parameter, EditorRequired]
    public required Place Place { get; set; }

    /// <summary>Called by the browser when the keys of a command were pressed, or a button for it.</summary>
    [JSInvokable]
    public async Task RunAsync(string commandId)
    {
        try
        {
            await desk.RunAsync(commandId);
        }
        catch (StorageException exception)
        {
            notifications.Notify(NotificationSeverity.Error, "This could not be done", exception.Message, 10_000);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        desk.Changed -= Tell;
        book.Changed -= OnBookChanged;
        _offers.ForEach(offer => offer.Dispose());
        try
        {
            if (_keys is not null)
            {
                await _keys.InvokeVoidAsync("dispose");
                await _keys.DisposeAsync();
            }

            if (_module is not null)
            {
                await _module.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and with it what listened there.
        }

        _self?.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Offer(CommandIds.Palette, () => _palette?.FillAsync());
        Offer(CommandIds.Help, () => _help?.OpenAsync());
        Offer(CommandIds.ChangeShortcuts, () => Go("shortcuts"));
        Offer(CommandIds.Home, () => Go(""));
        Offer(CommandIds.Settings, () => Go("settings"));
        Offer(CommandIds.NewProject, NewProjectAsync);
        OfferInProject(CommandIds.Spec, "spec");
        OfferInProject(CommandIds.Assistant, "assistant");
        OfferInProject(CommandIds.Console, "console");
        _offers.Add(desk.Offer(
            CommandIds.NewConversation,
            _ => Go(Place.Address(Place.Project!, Place.Surface is "assistant" ? "assistant" : "console")),
            () => Place.Project is not null));
        Offer(CommandIds.Rail, () => InBrowserAsync("toggleRail"));
        Offer(CommandIds.Light, () => InBrowserAsync("theme", "light"));
        Offer(CommandIds.Dark, () => InBrowserAsync("theme", "dark"));
        Offer(CommandIds.Contrast, () => InBrowserAsync("theme", "contrast"));
        Offer(CommandIds.AsSystem, () => InBrowserAsync("theme", "system"));
        desk.Changed += Tell;
        book.Changed += OnBookChanged;
    }

    /// <inheritdoc/>
    protected override void OnParametersSet() => desk.Refresh();

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        _self = DotNetObjectReference.Create(this);
        _module = await js.InvokeAsync<IJSObjectReference>("import", "./Components/Commands/CommandHost.razor.js");
        _keys = await _module.InvokeAsync<IJSObjectReference>("create", _self, CommandIds.Palette);
        desk.Meet(await _keys.InvokeAsync<bool>("isMac"));
        StateHasChanged();
    }

    private void Offer(string commandId, Func<Task?> run) => _offers.Add(desk.Offer(commandId, _ => run() ?? Task.CompletedTask));

    private void OfferInProject(string commandId, string surface) =>
        _offers.Add(desk.Offer(commandId, _ => Go(Place.Address(Place.Project!, surface)), () => Place.Project is not null));

    private Task Go(string address)
    {
        navigation.NavigateTo(address);
        return Task.CompletedTask;
    }

    private async Task InBrowserAsync(string what, params object[] words)
    {
        if (_keys is not null)
        {
            await _keys.InvokeVoidAsync(what, words);
        }
    }

    private async Task NewProjectAsync()
    {
        var made = await dialogs.OpenAsync<NewProjectDialog>(
            "New project",
            new Dictionary<string, object?> { [nameof(NewProjectDialog.Kind)] = NewProjectKind.New },
            new DialogOptions { Width = "36rem", CloseAriaLabel = "Close" });
        if (made is Project project)
        {
            navigation.NavigateTo(Place.Address(project.Name.Value, "spec"));
        }
    }

    private void OnBookChanged() => _ = InvokeAsync(() =>
    {
        Tell();
        StateHasChanged();
    });

    // Only keys that do something are taken from the browser: its own Ctrl+F stays where there is no conversation.
    private void Tell()
    {
        if (!_isTelling && _keys is not null)
        {
            _isTelling = true;
            _ = TellAsync();
        }
    }

    // A page that opens offers many commands at once; they are told together.
    private async Task TellAsync()
    {
        await Task.Yield();
        _isTelling = false;
        if (_isDisposed || _keys is not { } keys)
        {
            return;
        }

        var bindings = desk.Available.SelectMany(command => book.KeysOf(command.Id).Select(chord => new[] { chord.ToString(), command.Id }));
        try
        {
            await keys.InvokeVoidAsync("keys", bindings.ToArray(), book.AllowsPlainKeys);
        }
        catch (Exception exception) when (exception is JSDisconnectedException or ObjectDisposedException or OperationCanceledException)
        {
            // The browser is gone; a new circuit tells it anew.
        }
    }
}
