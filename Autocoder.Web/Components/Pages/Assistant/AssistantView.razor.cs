using Autocoder.Core.Assistant;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Core.Projects;
using Autocoder.Core.Sessions;
using Autocoder.Web.Components.Conversation;
using Autocoder.Web.Components.Layout;
using Microsoft.AspNetCore.Components;

namespace Autocoder.Web.Components.Pages.Assistant;

/// <summary>The assistant of a project: its conversations, and the one in the address.</summary>
public sealed partial class AssistantView(SessionRegistry sessions, NewConversation conversations, FileFinder files, NavigationManager navigation) : ComponentBase
{
    private static readonly string[] Suggestions =
    [
        "How far is this project?", "Give me an overview of the project", "What should be built next?", "Where is the main entry point?",
    ];

    private AssistantSession? _session;
    private SessionPane? _pane;
    private Transcript? _transcript;
    private Guid? _shown;
    private string? _engine;
    private bool _isBusy;
    private SurfaceLayout? _layout;
    private string? _problem;

    [Parameter, EditorRequired]
    public required Project Project { get; set; }

    /// <summary>The conversation in the address; null for a new one, which begins with its first message.</summary>
    [Parameter]
    public Guid? ConversationId { get; set; }

    /// <summary>The event in the address; null for the end of the conversation.</summary>
    [Parameter]
    public long? At { get; set; }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_shown == ConversationId)
        {
            return;
        }

        _shown = ConversationId;
        (_session, _transcript, _problem) = (null, null, null);
        _layout?.CloseList();
        if (ConversationId is { } id)
        {
            try
            {
                _session = await sessions.OpenAssistantAsync(id, CancellationToken.None);
            }
            catch (Exception exception) when (exception is ConversationNotFoundException or ProjectNotFoundException)
            {
                _problem = exception.Message;
            }
        }
    }

    private void Changed(Transcript transcript) => _transcript = transcript;

    private void New()
    {
        _layout?.CloseList();
        navigation.NavigateTo(Place.Address(Project.Name.Value, "assistant"));
    }

    private void Trashed(Guid id)
    {
        if (id == ConversationId)
        {
            New();
        }
    }

    // Of a conversation that has not begun it is kept here, and given to it with its first message.
    private async Task ChooseEngineAsync(string? engine)
    {
        if (ConversationId is null)
        {
            _engine = engine;
        }
        else if (_session is not null)
        {
            await _session.SwitchEngineAsync(engine, CancellationToken.None);
        }
    }

    private Task StopAsync() => _pane?.StopAsync() ?? Task.CompletedTask;

    private async Task AskAsync(string text)
    {
        _isBusy = true;
        _problem = await StartAsync(new ComposerSubmission(Guid.CreateVersion7(), text, []));
        _isBusy = false;
    }

    private IReadOnlyList<string> FindFiles(string letters, CancellationToken cancellationToken) => files.Find(Project.Folder, letters, cancellationToken);

    private Task<string?> StartAsync(ComposerSubmission submission) => conversations.AskAsync(
        Project, _engine, session => session.SendAsync(
            submission.PromptId, submission.Text, submission.Attachments, submission.Delivery, submission.PlanFirst, CancellationToken.None));
}
