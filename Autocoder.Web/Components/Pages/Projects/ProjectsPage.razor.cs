using Autocoder.Core.Conversations;
using Autocoder.Core.Features;
using Autocoder.Core.Persistence;
using Autocoder.Core.Projects;
using Autocoder.Core.Specs;
using Autocoder.Web.Components.Layout;
using Autocoder.Web.Rendering;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace Autocoder.Web.Components.Pages.Projects;

/// <summary>The home page: what waits for the person, and all projects.</summary>
public sealed partial class ProjectsPage(
    ProjectOverviews overviews,
    ProjectRegistry registry,
    ConversationChanges conversations,
    FeatureBacklog features,
    SpecVersions specs,
    DialogService dialogs,
    NotificationService notifications,
    NavigationManager navigation,
    TimeProvider clock) : ComponentBase, IAsyncDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(400);
    private IReadOnlyList<ProjectOverview>? _overviews;
    private RenderThrottle? _throttle;
    private string? _problem;

    private TimeProvider Clock => clock;

    private List<(Project Project, ConversationSummary Conversation)> Waiting =>
        [.. (_overviews ?? []).SelectMany(overview => overview.Waiting.Select(waiting => (overview.Project, waiting)))];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        registry.Changed -= OnProjectsChanged;
        conversations.Changed -= OnChanged;
        features.Changed -= OnChanged;
        specs.Changed -= OnChanged;
        if (_throttle is not null)
        {
            await _throttle.DisposeAsync();
        }
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _throttle = new RenderThrottle(stopping => InvokeAsync(() => ReadAsync(stopping)), DispatchExceptionAsync, clock, Pace);
        registry.Changed += OnProjectsChanged;
        conversations.Changed += OnChanged;
        features.Changed += OnChanged;
        specs.Changed += OnChanged;
        _throttle.Signal();
    }

    private void OnProjectsChanged() => _throttle?.Signal();

    private void OnChanged(Guid id) => _throttle?.Signal();

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            _overviews = await overviews.ListAsync(cancellationToken);
            _problem = null;
        }
        catch (StorageException exception)
        {
            _problem = exception.Message;
        }

        StateHasChanged();
    }

    private async Task NewAsync(NewProjectKind kind)
    {
        var title = kind switch
        {
            NewProjectKind.Existing => "Add an existing folder",
            NewProjectKind.Demo => "Try the demo",
            _ => "New project",
        };
        var made = await dialogs.OpenAsync<NewProjectDialog>(
            title, new Dictionary<string, object?> { [nameof(NewProjectDialog.Kind)] = kind }, new DialogOptions { Width = "36rem", CloseAriaLabel = "Close" });
        if (made is Project project)
        {
            navigation.NavigateTo(kind is NewProjectKind.Demo
                ? Place.Address(project.Name.Value, "console") + "?demo=1"
                : Place.Address(project.Name.Value, kind is NewProjectKind.New ? "spec" : "assistant"));
        }
    }

    private Task RenameAsync(Project project) => dialogs.OpenAsync<RenameProjectDialog>(
        "Rename project", new Dictionary<string, object?> { [nameof(RenameProjectDialog.Project)] = project }, new DialogOptions { Width = "28rem", CloseAriaLabel = "Close" });

    private Task LocateAsync(Project project) => dialogs.OpenAsync<LocateProjectDialog>(
        $"Where is {project.Name.Value}?", new Dictionary<string, object?> { [nameof(LocateProjectDialog.Project)] = project }, new DialogOptions { Width = "36rem", CloseAriaLabel = "Close" });

    private async Task RemoveAsync(Project project)
    {
        var isSure = await dialogs.Confirm(
            $"{project.Name.Value} leaves the list. The folder {project.Folder} and its files stay as they are, and the conversations are kept: adding the folder again brings them back.",
            "Remove from the list?",
            new ConfirmOptions { OkButtonText = "Remove from the list", CancelButtonText = "Keep" });
        if (isSure is not true)
        {
            return;
        }

        await registry.RemoveAsync(project.Id, CancellationToken.None);
        notifications.Notify(NotificationSeverity.Info, $"{project.Name.Value} was taken off the list", "Its files stay where they are.", 5000);
    }

    private static string Address(Project project, ConversationSummary conversation) => conversation.Surface switch
    {
        ConversationKind.Spec => Place.Address(project.Name.Value, "spec"),
        ConversationKind.Assistant => Place.Address(project.Name.Value, "assistant", conversation.Id),
        _ => Place.Address(project.Name.Value, "console", conversation.Id),
    };

    private static string SurfaceWord(ConversationKind surface) => surface switch
    {
        ConversationKind.Spec => "The specification",
        ConversationKind.Assistant => "The assistant",
        _ => "The agent",
    };
}
