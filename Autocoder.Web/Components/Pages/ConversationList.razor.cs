using Autocoder.Core.Conversations;
using Autocoder.Core.Projects;
using Autocoder.Core.Sessions;
using Autocoder.Web.Components.Layout;
using Autocoder.Web.Rendering;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Radzen;

namespace Autocoder.Web.Components.Pages;

/// <summary>Lists the conversations of a project on one surface, and keeps the list true.</summary>
public sealed partial class ConversationList(
    IConversationList conversations,
    IConversationSearch search,
    ProjectRegistry projects,
    ConversationChanges changes,
    SessionRegistry sessions,
    NotificationService notifications,
    NavigationManager navigation,
    TimeProvider clock) : ComponentBase, IAsyncDisposable
{
    private const double UndoMilliseconds = 10_000;
    private const int ArchiveRank = 3;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(300);
    private static readonly (string Format, string Name)[] ExportForms = [("md", "Markdown"), ("html", "a web page"), ("json", "JSON")];
    private IReadOnlyList<ConversationSummary>? _list;
    private RenderThrottle? _throttle;
    private Guid? _projectId;
    private Guid? _renaming;
    private bool _isTrash;
    private bool _showsArchive;
    private string _words = "";
    private ElementReference _search;
    private IReadOnlyList<ConversationHit>? _hits;
    private IReadOnlyDictionary<Guid, string> _projects = new Dictionary<Guid, string>();

    [Parameter, EditorRequired]
    public required Project Project { get; set; }

    [Parameter, EditorRequired]
    public ConversationKind Surface { get; set; }

    [Parameter]
    public Guid? Selected { get; set; }

    /// <summary>Somebody wants a new conversation.</summary>
    [Parameter]
    public EventCallback OnNew { get; set; }

    /// <summary>The conversation with this id went to the trash.</summary>
    [Parameter]
    public EventCallback<Guid> OnTrashed { get; set; }

    private bool IsSearching => !string.IsNullOrWhiteSpace(_words);

    private string SurfaceWord => Surface is ConversationKind.Assistant ? "assistant" : "console";

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        changes.Changed -= OnChanged;
        if (_throttle is not null)
        {
            await _throttle.DisposeAsync();
        }
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _throttle = new RenderThrottle(stopping => InvokeAsync(() => ReadAsync(stopping)), DispatchExceptionAsync, clock, Pace);
        changes.Changed += OnChanged;
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (_projectId != Project.Id)
        {
            _projectId = Project.Id;
            _throttle?.Signal();
        }
    }

    private void OnChanged(Guid conversationId) => _throttle?.Signal();

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        if (IsSearching)
        {
            _projects = (await projects.ListAsync(cancellationToken)).ToDictionary(project => project.Id, project => project.Name.Value);
            _hits = await search.SearchAsync(projectId: null, _words, cancellationToken);
        }

        _list = await conversations.ListAsync(Project.Id, Surface, _isTrash, cancellationToken);
        StateHasChanged();
    }

    private void Search()
    {
        _hits = IsSearching ? _hits : null;
        _throttle?.Signal();
    }

    private async Task PinAsync(ConversationSummary conversation)
    {
        var session = await OpenAsync(conversation.Id);
        await session.PinAsync(!conversation.IsPinned, CancellationToken.None);
    }

    private async Task ArchiveAsync(ConversationSummary conversation)
    {
        var session = await OpenAsync(conversation.Id);
        await session.ArchiveAsync(!conversation.IsArchived, CancellationToken.None);
    }

    private async Task FocusSearchAsync() => await _search.FocusAsync();

    private void Step(int by)
    {
        if (Neighbour(by) is { } conversation)
        {
            navigation.NavigateTo(Place.Address(Project.Name.Value, SurfaceWord, conversation.Id));
        }
    }

    // In the order in which they are listed; from nowhere one comes to the first.
    private ConversationSummary? Neighbour(int by)
    {
        var listed = _isTrash || _list is null ? [] : Groups().SelectMany(group => group).ToList();
        var here = listed.FindIndex(conversation => conversation.Id == Selected);
        var next = here < 0 ? 0 : here + by;
        return next >= 0 && next < listed.Count ? listed[next] : null;
    }

    private Task ToggleTrashAsync()
    {
        _isTrash = !_isTrash;
        return ReadAsync(CancellationToken.None);
    }

    private void CancelOnEscape(KeyboardEventArgs e)
    {
        if (e.Key is "Escape")
        {
            _renaming = null;
        }
    }

    private void RenameOnF2(KeyboardEventArgs e, ConversationSummary conversation)
    {
        if (e.Key is "F2")
        {
            _renaming = conversation.Id;
        }
    }

    private async Task RenameAsync(ConversationSummary conversation, ChangeEventArgs e)
    {
        _renaming = null;
        var session = await OpenAsync(conversation.Id);
        await session.RenameAsync(e.Value as string ?? "", CancellationToken.None);
    }

    private async Task TrashAsync(ConversationSummary conversation)
    {
        var session = await OpenAsync(conversation.Id);
        await session.TrashAsync(CancellationToken.None);
        var message = new NotificationMessage
        {
            Severity = NotificationSeverity.Info,
            Summary = "Moved to the trash",
            Duration = UndoMilliseconds,
            CloseOnClick = true,
        };
        message.DetailContent = _ => builder =>
        {
            builder.OpenElement(0, "button");
            builder.AddAttribute(1, "type", "button");
            builder.AddAttribute(2, "class", "btn small");
            builder.AddAttribute(3, "onclick", EventCallback.Factory.Create(this, () => RestoreAsync(conversation)));
            builder.AddContent(4, "Undo");
            builder.CloseElement();
        };
        notifications.Notify(message);
        await OnTrashed.InvokeAsync(conversation.Id);
    }

    private async Task RestoreAsync(ConversationSummary conversation)
    {
        var session = await OpenAsync(conversation.Id);
        await session.RestoreAsync(CancellationToken.None);
    }

    private async Task<Session> OpenAsync(Guid conversationId) => Surface is ConversationKind.Assistant
        ? await sessions.OpenAssistantAsync(conversationId, CancellationToken.None)
        : await sessions.OpenAgentAsync(conversationId, CancellationToken.None);

    // What waits for the person stands above all days, archived or not.
    private IEnumerable<IGrouping<string, ConversationSummary>> Groups() => _list!
        .Select(conversation => (Group: GroupOf(conversation), Conversation: conversation))
        .Where(entry => entry.Group.Rank < ArchiveRank || _showsArchive)
        .OrderBy(entry => entry.Group.Rank)
        .GroupBy(entry => entry.Group.Name, entry => entry.Conversation);

    private (int Rank, string Name) GroupOf(ConversationSummary conversation) => conversation switch
    {
        _ when _isTrash => (2, Day(conversation)),
        { Status: ConversationStatus.NeedsYou } => (0, "Needs you"),
        { IsArchived: true } => (ArchiveRank, "Archive"),
        { IsPinned: true } => (1, "Pinned"),
        _ => (2, Day(conversation)),
    };

    private string Day(ConversationSummary conversation)
    {
        var now = clock.GetLocalNow();
        var days = (now.Date - conversation.UpdatedAt.ToOffset(now.Offset).Date).Days;
        return days switch
        {
            <= 0 => "Today",
            1 => "Yesterday",
            < 7 => "Last 7 days",
            < 31 => "Last 30 days",
            _ => "Older",
        };
    }
}
