using Autocoder.Core.Conversations;
using Autocoder.Core.Persistence;
using Autocoder.Web.Components.Layout;
using Autocoder.Web.Rendering;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Radzen;

namespace Autocoder.Web.Components.Conversation;

/// <content>Going to a place in the conversation: by an address, or by finding it.</content>
public sealed partial class SessionPane
{
    // As far before what is held, one page more is read; what is farther away is shown by itself.
    private const int Near = 500;

    private TranscriptDetour? _detour;
    private RowTarget? _target;
    private Search? _finds;
    private string? _phrase;
    private long? _wentTo;
    private int _turn;

    /// <summary>The event in the address; null for the end.</summary>
    [Parameter]
    public long? At { get; set; }

    private string Address => Session.Surface switch
    {
        ConversationKind.Spec => Place.Address(Session.Project.Name.Value, "spec"),
        ConversationKind.Assistant => Place.Address(Session.Project.Name.Value, "assistant", Session.ConversationId),
        _ => Place.Address(Session.Project.Name.Value, IsReadOnly ? "agents" : "console", Session.ConversationId),
    };

    // Once for each address: whoever scrolls away from it afterwards stays there.
    private async Task GoToAddressAsync()
    {
        if (_wentTo == At || _follower is not { IsLoaded: true })
        {
            return;
        }

        _wentTo = At;
        if (At is not { } sequence)
        {
            return;
        }

        try
        {
            if (await Session.FindPlaceAsync(sequence, _closing.Token) is { } place)
            {
                await JumpAsync(place);
            }
            else
            {
                _problem = $"There is no event #{sequence} in this conversation; this is its end.";
            }

            StateHasChanged();
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The page was closed meanwhile.
        }
    }

    private async Task JumpAsync(TranscriptPlace place)
    {
        try
        {
            await ShowAsync(place);
        }
        catch (StorageException exception)
        {
            _problem = exception.Message;
        }
    }

    private async Task ShowAsync(TranscriptPlace place)
    {
        if (_follower is not { } follower)
        {
            return;
        }

        if (place.Sequence < follower.Transcript.From && place.Sequence >= follower.Transcript.From - Near && _detour is null)
        {
            await follower.ReadEarlierAsync();
        }

        if (place.Sequence >= follower.Transcript.From || follower.Transcript.Items.Any(item => item.Key == place.Key))
        {
            _detour = null;
        }
        else if (_detour?.Holds(place.Sequence) is not true)
        {
            _detour = await TranscriptDetour.OpenAsync(Session, place.Sequence, _closing.Token);
        }

        _target = new RowTarget(place, ++_turn);
    }

    private void GoToEnd()
    {
        _detour = null;
        _target = new RowTarget(Place: null, ++_turn);
    }

    // Whoever writes wants to see what comes of it.
    private void LeaveDetour()
    {
        if (_detour is not null)
        {
            GoToEnd();
        }
    }

    // A new one each time: the bar then takes the focus again.
    private void OpenFind(string words) => _finds = new Search(words.Length > 0 ? words : _phrase ?? "");

    private void CloseFind() => (_finds, _phrase) = (null, null);

    private void Mark(string words) => _phrase = words.Length > 0 ? words : null;

    private Task<IReadOnlyList<TranscriptPlace>> FindAsync(string words, CancellationToken cancellationToken) =>
        search.FindInAsync(Session.ConversationId, words, cancellationToken);

    private async Task CopyLinkAsync()
    {
        try
        {
            await js.InvokeVoidAsync("autocoderCopy", Address);
            notifications.Notify(NotificationSeverity.Info, "The link is copied", duration: 3000);
        }
        catch (JSException)
        {
            _problem = "The browser does not allow copying here. The address of the page is the link.";
        }
    }

    private sealed class Search(string words)
    {
        public string Words => words;
    }
}
