using System.Globalization;
using Autocoder.Core.Assistant;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Ledgers;
using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Core.Features;
using Autocoder.Core.Projects;
using Autocoder.Core.Runs;
using Autocoder.Core.Sessions;
using Autocoder.Core.Specs;
using Autocoder.Web.Components.Conversation;
using Autocoder.Web.Components.Layout;
using Autocoder.Web.Rendering;
using Microsoft.AspNetCore.Components;

namespace Autocoder.Web.Components.Pages.Console;

/// <summary>The agent's console: a run as it happens, and beside it the plan, the backlog and the files.</summary>
public sealed partial class ConsoleView(
    SessionRegistry sessions, NewConversation conversations, FeatureBacklog backlog, SpecVersions specs, FileFinder files, IConversationLog log,
    NavigationManager navigation,
    TimeProvider clock) : ComponentBase, IAsyncDisposable
{
    private const string Demo = "demo";
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan BooksPace = TimeSpan.FromSeconds(1);
    private AgentSession? _session;
    private SessionPane? _pane;
    private Transcript? _transcript;
    private IReadOnlyList<Feature> _features = [];
    private RenderThrottle? _throttle;
    private RenderThrottle? _booksThrottle;
    private LedgerReader? _books;
    private (Transcript Transcript, ConversationLedger Ledger)? _past;
    private Guid? _shown;
    private string? _engine;
    private bool _isOpened;
    private bool _hasSpec;
    private bool _isBusy;
    private SurfaceLayout? _layout;
    private string? _problem;

    [Parameter, EditorRequired]
    public required Project Project { get; set; }

    /// <summary>The conversation in the address; null for a new one.</summary>
    [Parameter]
    public Guid? ConversationId { get; set; }

    /// <summary>The event as of which the conversation is shown; null for what happens now.</summary>
    [Parameter]
    public long? AsOf { get; set; }

    /// <summary>The event in the address; null for the end of the conversation.</summary>
    [Parameter]
    public long? At { get; set; }

    /// <summary>Whether the address asks for the demo to begin.</summary>
    [Parameter]
    public bool IsDemo { get; set; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        backlog.Changed -= OnBacklogChanged;
        specs.Changed -= OnBacklogChanged;
        if (_throttle is not null)
        {
            await _throttle.DisposeAsync();
        }

        if (_booksThrottle is not null)
        {
            await _booksThrottle.DisposeAsync();
        }
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _throttle = new RenderThrottle(stopping => InvokeAsync(() => ReadFeaturesAsync(stopping)), DispatchExceptionAsync, clock, Pace);
        _booksThrottle = new RenderThrottle(stopping => InvokeAsync(() => ReadBooksAsync(stopping)), DispatchExceptionAsync, clock, BooksPace);
        backlog.Changed += OnBacklogChanged;
        specs.Changed += OnBacklogChanged;
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        _past = AsOf is null ? null : _past;
        if (_isOpened && _shown == ConversationId)
        {
            return;
        }

        (_isOpened, _shown) = (true, ConversationId);
        (_session, _transcript, _books, _past, _problem) = (null, null, null, null, null);
        _layout?.CloseList();
        _throttle?.Signal();
        if (ConversationId is { } id)
        {
            await OpenAsync(id);
        }
        else if (IsDemo)
        {
            await DemoAsync(Demo);
        }
    }

    private void OnBacklogChanged(Guid projectId)
    {
        if (projectId == Project.Id)
        {
            _throttle?.Signal();
        }
    }

    private async Task ReadFeaturesAsync(CancellationToken cancellationToken)
    {
        _features = await backlog.ListAsync(Project.Id, cancellationToken);
        _hasSpec = await specs.FindLatestAsync(Project.Id, cancellationToken) is not null;
        StateHasChanged();
    }

    private async Task OpenAsync(Guid id)
    {
        try
        {
            var session = await sessions.OpenAgentAsync(id, CancellationToken.None);
            var books = new LedgerReader(log, id);
            await books.CatchUpAsync(CancellationToken.None);
            if (id == ConversationId)
            {
                (_session, _books) = (session, books);
            }
        }
        catch (Exception exception) when (exception is ConversationNotFoundException or ProjectNotFoundException)
        {
            _problem = exception.Message;
        }
    }

    private void Changed(Transcript transcript)
    {
        _transcript = transcript;
        _booksThrottle?.Signal();
    }

    private async Task ReadBooksAsync(CancellationToken cancellationToken)
    {
        if (_books is { } books)
        {
            await books.CatchUpAsync(cancellationToken);
            StateHasChanged();
        }
    }

    private void LookBack(long sequence) => navigation.NavigateTo(
        string.Create(CultureInfo.InvariantCulture, $"{Place.Address(Project.Name.Value, "console", ConversationId)}?asof={sequence}"), replace: AsOf is not null);

    private void ShowPast((Transcript Transcript, ConversationLedger Ledger) past) => _past = past;

    private void BackToLive() => navigation.NavigateTo(Place.Address(Project.Name.Value, "console", ConversationId));

    private void New()
    {
        _layout?.CloseList();
        navigation.NavigateTo(Place.Address(Project.Name.Value, "console"));
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

    private Task InitializeAsync() => BeginAsync(
        _engine, "Initialize project", session => session.InitializeProjectAsync(Guid.CreateVersion7(), CancellationToken.None));

    private Task DemoAsync(string scenario) => BeginAsync(
        $"scripted:{scenario}",
        scenario is Demo ? "Demo run" : "Approvals and plans",
        session => session.SendAsync(
            Guid.CreateVersion7(), scenario is Demo ? "Show me a demo run." : "Show me what you ask for.", [], CancellationToken.None));

    private async Task BeginAsync(string? engine, string title, Func<AgentSession, Task<PromptReceipt>> begin)
    {
        _isBusy = true;
        _problem = await conversations.RunAsync(Project, engine, title, begin, replace: IsDemo);
        _isBusy = false;
    }

    private IReadOnlyList<string> FindFiles(string letters, CancellationToken cancellationToken) => files.Find(Project.Folder, letters, cancellationToken);

    private Task<string?> StartAsync(ComposerSubmission submission) => conversations.RunAsync(
        Project, _engine, title: null,
        session => session.SendAsync(
            submission.PromptId, submission.Text, submission.Attachments, submission.Delivery, submission.PlanFirst, CancellationToken.None));
}
