using Autocoder.Core.Attachments;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Core.Runs;
using Autocoder.Core.Sessions;
using Autocoder.Web.Rendering;
using Microsoft.AspNetCore.Components;

namespace Autocoder.Web.Components.Conversation;

/// <summary>Follows a session and lets a person write into it.</summary>
public sealed partial class SessionPane(SessionRegistry registry, BlobStore blobs, TimeProvider clock) : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private ConversationActions _actions = new();
    private Session? _shown;
    private TranscriptFollower? _follower;
    private QuestionCard? _card;
    private Composer? _composer;
    private string? _problem;
    private Guid? _pending;
    private Guid? _answeredHere;

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

    [Parameter]
    public string Label { get; set; } = "Conversation";

    [Parameter]
    public string Placeholder { get; set; } = "Write a message…";

    /// <summary>Sends a text that was not typed: a suggestion, or the answer to an empty page.</summary>
    public async Task SendTextAsync(string text) => _problem = await SendAsync(new ComposerSubmission(Guid.CreateVersion7(), text, []));

    /// <summary>Puts a text into the composer.</summary>
    public Task InsertAsync(string text) => _composer?.InsertAsync(text) ?? Task.CompletedTask;

    /// <summary>Stops what runs.</summary>
    public async Task StopAsync()
    {
        if (_follower?.Transcript.Running is { } run)
        {
            await Session.StopAsync(run.RunId, _closing.Token);
        }
    }

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
        ContinueAsync = ContinueAsync,
        OpenChildAsync = async (childId, cancellationToken) => new SessionSource(await registry.OpenAgentAsync(childId, cancellationToken)),
        ReadOutputAsync = ReadOutputAsync,
        CheckCitationsAsync = Session is AssistantSession assistant ? answer => assistant.CheckCitationsAsync(answer, _closing.Token) : null,
    };

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (ReferenceEquals(_shown, Session))
        {
            return;
        }

        _shown = Session;
        _problem = null;
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
        StateHasChanged();
        _ = OnChanged.InvokeAsync(follower.Transcript);
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
        if (_card is { } card && WordsOf(card.Answers) is { Length: > 0 } words)
        {
            _problem += " What you had written is in the box below.";
            _ = InsertAsync(words);
        }
    }

    private async Task<string?> SendAsync(ComposerSubmission submission)
    {
        _problem = null;
        if (_card is { } card && _follower?.Transcript.PendingQuestions is not null)
        {
            return submission.Attachments.Count > 0
                ? "An answer cannot carry attachments. Remove them, or answer first and send them after that."
                : await card.AnswerWithWordsAsync(submission.Text);
        }

        var receipt = await Session.SendAsync(submission.PromptId, submission.Text, submission.Attachments, _closing.Token);
        return receipt.Status is PromptStatus.Refused ? receipt.Reason ?? "This could not be sent. Your text is still here." : null;
    }

    // The card that was too late is gone with the question, so the refusal is said here, and what was written is kept here.
    private async Task<AnswerReceipt> AnswerAsync(Guid requestId, IReadOnlyList<Answer> answers)
    {
        (_answeredHere, _problem) = (requestId, null);
        var receipt = await Session.AnswerAsync(requestId, answers, _closing.Token);
        if (receipt.Status is AnswerStatus.TooLate)
        {
            _problem = receipt.Reason;
            StateHasChanged();
            await InsertAsync(WordsOf(answers));
        }

        return receipt;
    }

    private static string WordsOf(IEnumerable<Answer> answers) =>
        string.Join("\n\n", answers.Select(answer => answer.Text).Where(text => !string.IsNullOrWhiteSpace(text)));

    private async Task ContinueAsync()
    {
        if (_follower?.Transcript.Queue.Count > 0)
        {
            await Session.SendQueuedAsync(_closing.Token);
        }
        else
        {
            await SendTextAsync("Continue where you stopped.");
        }
    }

    private Task SendQueuedAsync() => Session.SendQueuedAsync(_closing.Token);

    // What was taken back goes into the composer: withdrawing must not lose what somebody wrote.
    private async Task WithdrawAsync(QueuedPrompt prompt)
    {
        if (await Session.WithdrawAsync(prompt.PromptId, _closing.Token))
        {
            await InsertAsync(prompt.Text);
        }
        else
        {
            _problem = "It is too late to take this back: it has just been started.";
        }
    }

    private async Task<string?> ReadOutputAsync(string blob, CancellationToken cancellationToken)
    {
        try
        {
            return System.Text.Encoding.UTF8.GetString(await blobs.ReadAsync(blob, cancellationToken));
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
