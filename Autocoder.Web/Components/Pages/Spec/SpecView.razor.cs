using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Core.Projects;
using Autocoder.Core.Sessions;
using Autocoder.Core.Specs;
using Autocoder.Core.Specs.Interviews;
using Autocoder.Web.Components.Conversation;
using Microsoft.AspNetCore.Components;

namespace Autocoder.Web.Components.Pages.Spec;

/// <summary>The wizard: the conversation on one side, on the other the specification as it grows.</summary>
public sealed partial class SpecView(SessionRegistry sessions) : ComponentBase
{
    private SpecSession? _session;
    private SessionPane? _pane;
    private Transcript? _transcript;
    private SpecDocument? _document;
    private SpecOutline? _outline;
    private InterviewProgress? _progress;
    private Guid? _shown;
    private int _revision;
    private int _answered = -1;
    private bool _isBusy;
    private bool _isSpecShown;
    private string? _problem;

    [Parameter, EditorRequired]
    public required Project Project { get; set; }

    /// <summary>The event in the address; null for the end of the conversation.</summary>
    [Parameter]
    public long? At { get; set; }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_shown == Project.Id)
        {
            return;
        }

        _shown = Project.Id;
        (_session, _transcript, _document, _outline, _progress, _revision, _answered) = (null, null, null, null, null, 0, -1);
        try
        {
            _session = await sessions.OpenSpecAsync(Project.Id, CancellationToken.None);
        }
        catch (ProjectNotFoundException exception)
        {
            _problem = exception.Message;
        }
    }

    private void Changed(Transcript transcript)
    {
        _transcript = transcript;
        ReadDraft(transcript.Draft);
        ReadProgress(transcript);
    }

    // Laying out and checking a large document is work: once for each revision.
    private void ReadDraft(SpecDraftUpdated? draft)
    {
        if (draft is null || draft.Revision == _revision)
        {
            return;
        }

        _revision = draft.Revision;
        try
        {
            _document = SpecJson.Read(draft.Document);
            _outline = SpecOutline.Of(_document);
            _problem = null;
        }
        catch (SpecFormatException exception)
        {
            _problem = $"The draft cannot be shown: {exception.Message} The conversation is kept.";
        }
    }

    private void ReadProgress(Transcript transcript)
    {
        var answered = transcript.Items.Count(item => item is MessageItem or QuestionsItem { Answers: not null });
        if (answered != _answered)
        {
            _answered = answered;
            _progress = InterviewProgress.From(InterviewAnswers.FromEvents(transcript.Items.SelectMany(Events)));
        }
    }

    private static IEnumerable<ConversationEvent> Events(TranscriptItem item) => item switch
    {
        MessageItem message => [new PromptAdmitted(message.PromptId, message.Text, message.Attachments)],
        QuestionsItem { Answers: { } answers } questions =>
            [new QuestionsAsked(questions.RequestId, "", questions.Questions), new QuestionsAnswered(questions.RequestId, answers)],
        _ => [],
    };

    private async Task BeginAsync()
    {
        _isBusy = true;
        await _pane!.SendTextAsync(Interview.OpeningPrompt);
        _isBusy = false;
    }

    private Task StopAsync() => _pane?.StopAsync() ?? Task.CompletedTask;
}
