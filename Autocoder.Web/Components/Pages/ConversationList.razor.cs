using Autocoder.Core.Conversations;
using Autocoder.Core.Projects;
using Autocoder.Core.Sessions;
using Autocoder.Web.Rendering;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Radzen;

namespace Autocoder.Web.Components.Pages;

/// <summary>Lists the conversations of a project on one surface, and keeps the list true.</summary>
public sealed partial class ConversationList(
    IConversationList conversations,
    ConversationChanges changes,
    SessionRegistry sessions,
    NotificationService notifications,
    TimeProvider clock) : ComponentBase, IAsyncDisposable
{
    private const double UndoMilliseconds = 10_000;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(300);
    private IReadOnlyList<ConversationSummary>? _list;
    private RenderThrottle? _throttle;
    private Guid? _projectId;
    private Guid? _renaming;
    private bool _isTrash;

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
        _list = await conversations.ListAsync(Project.Id, Surface, _isTrash, cancellationToken);
        StateHasChanged();
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

    // What waits for the person stands above all days.
    private IEnumerable<IGrouping<string, ConversationSummary>> Groups() => _list!
        .OrderByDescending(conversation => conversation.Status is ConversationStatus.NeedsYou)
        .GroupBy(conversation => conversation.Status is ConversationStatus.NeedsYou ? "Needs you" : Day(conversation));

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
