using Autocoder.Core.Assistant;
using Autocoder.Core.Attachments;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Core.Profiles;
using Autocoder.Core.Sessions;
using Autocoder.Web.Components.Layout;
using Autocoder.Web.Presence;
using Autocoder.Web.Rendering;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Radzen;

namespace Autocoder.Web.Components.Conversation;

/// <summary>Follows a session and lets a person write into it.</summary>
public sealed partial class SessionPane(
    SessionRegistry registry, BlobStore blobs, ProfileCatalog profiles, AnswerUses uses, IConversationSearch search, FileFinder files,
    ConversationPresence presence, Viewer viewer, NotificationService notifications, DialogService dialogs,
    IJSRuntime js, TimeProvider clock)
    : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private ConversationActions _actions = new();
    private Session? _shown;
    private TranscriptFollower? _follower;
    private QuestionCard? _card;
    private ApprovalCard? _approvalCard;
    private Composer? _composer;
    private IReadOnlyList<Profile> _profiles = [];
    private string _usualProfile = "";
    private string? _problem;
    private ApprovalItem? _approval;
    private int _approvals;
    private Guid? _pending;
    private Guid? _answeredHere;
    private (Guid RunId, Guid PromptId)? _continued;

    [Parameter, EditorRequired]
    public required Session Session { get; set; }

    /// <summary>Told of each new state of the transcript, for what the page shows beside it.</summary>
    [Parameter]
    public EventCallback<Transcript> OnChanged { get; set; }

    /// <summary>Shown while nothing has happened yet.</summary>
    [Parameter]
    public RenderFragment? Empty { get; set; }

    [Parameter]
    public bool AllowAttachments { get; set; }

    /// <summary>Whether one can ask for a plan before anything is changed.</summary>
    [Parameter]
    public bool OffersPlan { get; set; }

    /// <summary>Whether one can only look, and answer what is asked.</summary>
    [Parameter]
    public bool IsReadOnly { get; set; }

    [Parameter]
    public string Label { get; set; } = "Conversation";

    [Parameter]
    public string Placeholder { get; set; } = "Write a message…";

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _closing.Dispose();
        if (_follower is not null)
        {
            await _follower.DisposeAsync();
        }
    }

    /// <inheritdoc/>
    protected override void OnInitialized() => _actions = new ConversationActions
    {
        QuestionsStandApart = true,
        AnswerAsync = AnswerAsync,
        ApproveAsync = ApproveAsync,
        ContinueAsync = ContinueAsync,
        RevertCompactionAsync = compactionId => Session.RevertCompactionAsync(compactionId, _closing.Token),
        OpenChildAsync = async (childId, cancellationToken) => new SessionSource(await registry.OpenAgentAsync(childId, cancellationToken)),
        AddressOfChild = childId => Place.Address(Session.Project.Name.Value, "agents", childId),
        FindChildCallAsync = FindChildCallAsync,
        ReadFileAsync = ReadFileAsync,
        ReadOutputAsync = ReadOutputAsync,
        CheckCitationsAsync = Session.Surface is ConversationKind.Spec ? null : CheckCitationsAsync,
        AddressOfLines = (path, line, last) => FileAddress.Of(Session.Project.Name.Value, path, line, last),
        CallsOf = CallsOf,
        UndoAsync = Session.Surface is ConversationKind.Agent ? UndoAsync : null,
        MakeFeatureAsync = Session is AssistantSession ? text => uses.MakeFeatureAsync(Session.Project, text) : null,
        SendToAgentAsync = Session is AssistantSession ? text => uses.SendToAgentAsync(Session.Project, text) : null,
    };

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (ReferenceEquals(_shown, Session))
        {
            await GoToAddressAsync();
            return;
        }

        _shown = Session;
        (_problem, _approval, _pending) = (null, null, null);
        (_detour, _target, _finds, _phrase, _wentTo) = (null, null, null, null, null);
        _profiles = IsReadOnly ? [] : [.. profiles.All.Where(profile => profile.Surface == Session.Surface)];
        _usualProfile = profiles.Resolve(null, Session.Surface).Id;
        if (_follower is not null)
        {
            await _follower.DisposeAsync();
        }

        _follower = new TranscriptFollower(new SessionSource(Session), InvokeAsync, Show, DispatchExceptionAsync, clock);
    }

    private void Show()
    {
        if (_follower is not { } follower)
        {
            return;
        }

        SayIfAnsweredElsewhere(follower.Transcript);
        SayIfApprovedElsewhere(follower.Transcript);
        StateHasChanged();
        _ = OnChanged.InvokeAsync(follower.Transcript);
        _ = GoToAddressAsync();
    }

    // The card goes the moment another tab answers; whoever was about to answer here must be told, and keeps the words.
    private void SayIfAnsweredElsewhere(Transcript transcript)
    {
        var (before, now) = (_pending, transcript.PendingQuestions?.RequestId);
        _pending = now;
        if (before is null || before == now || before == _answeredHere
            || !transcript.Items.OfType<QuestionsItem>().Any(item => item.RequestId == before && item.Answers is not null))
        {
            return;
        }

        _problem = "This question was answered in another tab, and that answer counts.";
        KeepWords(_card is { } card ? WordsOf(card.Answers) : "");
    }

    private void SayIfApprovedElsewhere(Transcript transcript)
    {
        var before = _approval;
        var waiting = transcript.PendingApprovals.ToList();
        (_approval, _approvals) = (waiting.FirstOrDefault(), waiting.Count);
        if (before is null || before.ApprovalId == _approval?.ApprovalId || before.ApprovalId == _answeredHere
            || transcript.Items.OfType<ApprovalItem>().FirstOrDefault(item => item.ApprovalId == before.ApprovalId) is not { Outcome: { } outcome } answered)
        {
            return;
        }

        _problem = RunWords.SettledElsewhere(outcome, answered.ResolvedBy);
        KeepWords(_approvalCard?.Written ?? "");
    }

    private void KeepWords(string words)
    {
        if (words.Length > 0)
        {
            _problem += " What you had written is in the box below.";
            _ = InsertAsync(words);
        }
    }

    private static ToolCallItem? CallOf(ApprovalItem approval, Transcript transcript) => approval.ChildConversationId is not null ? null
        : transcript.Items.OfType<ToolCallItem>().LastOrDefault(call => call.CallId == approval.CallId && call.RunId == approval.RunId);
}
