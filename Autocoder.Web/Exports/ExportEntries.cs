using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Web.Rendering;

namespace Autocoder.Web.Exports;

/// <summary>Tells a log as entries, one event after the other. It keeps only what is still open, so a log of any length can pass through.</summary>
internal sealed class ExportEntries
{
    private readonly Dictionary<Guid, PromptAdmitted> _prompts = [];
    private readonly Dictionary<(Guid?, string), ToolCallRequested> _calls = [];
    private readonly Dictionary<Guid, IReadOnlyList<Question>> _questions = [];
    private readonly Dictionary<Guid, string> _approvals = [];
    private bool _isRunning;

    /// <summary>Said at the end when not everything had ended yet; null when it had.</summary>
    public string? Unfinished => _isRunning ? "A run was at work when this was exported; what it had not completed by then is not here." : null;

    /// <summary>What an event adds; null when it is told with another one or says nothing to a reader.</summary>
    public ExportEntry? Next(EventEnvelope envelope)
    {
        var (sequence, at) = (envelope.Sequence, envelope.At);
        return envelope.Event switch
        {
            PromptAdmitted or PromptEdited or PromptWithdrawn or PromptDelivered => Prompt(envelope),
            TextCompleted { Text.Length: > 0 } text => new ExportedAnswer(sequence, at, text.Text, text.Partial),
            ReasoningCompleted { Text.Length: > 0 } thought => new ExportedDetail(sequence, at, "Thought", thought.Text),
            AnswerWithdrawn => new ExportedNote(sequence, at, "What the model had just said was taken back: the connection broke, and it began anew."),
            ToolCallRequested or ToolCallEnded => Call(envelope),
            QuestionsAsked or QuestionsAnswered or QuestionsExpired or ApprovalRequested or ApprovalResolved => Request(envelope),
            RunStarted or RunEnded => Run(envelope),
            SubAgentStarted started => new ExportedNote(sequence, at, $"The sub-agent {started.Agent} began: {started.Task}"),
            SubAgentEnded ended => new ExportedDetail(sequence, at, $"The sub-agent ended: {ended.Outcome}", ended.Summary),
            SpecApproved approved => new ExportedNote(sequence, at, $"Version {approved.Version} of the specification was approved and written: {string.Join(", ", approved.Files)}."),
            CompactionCompleted compaction => new ExportedDetail(sequence, at, "Room was made in what the model is shown", compaction.Summary),
            WarningRaised warning => new ExportedNote(sequence, at, warning.Text),
            ProfileSwitched switched => new ExportedNote(sequence, at, $"The agent works as {switched.Profile} from here on."),
            EngineSwitched switched => new ExportedNote(sequence, at, $"From the next message on {switched.Engine ?? "the engine of the settings"} answers."),
            PhaseChanged { Note: { } note } => new ExportedNote(sequence, at, note),
            ModelCallRetried retried => new ExportedNote(sequence, at, retried.Text),
            UnknownEvent unknown => new ExportedNote(sequence, at, $"Something a newer Autocoder recorded: {unknown.Kind}."),
            _ => null,
        };
    }

    private ExportedMessage? Prompt(EventEnvelope envelope)
    {
        switch (envelope.Event)
        {
            case PromptAdmitted admitted:
                _prompts[admitted.PromptId] = admitted;
                break;
            case PromptEdited edited when _prompts.TryGetValue(edited.PromptId, out var waiting):
                _prompts[edited.PromptId] = waiting with { Text = edited.Text };
                break;
            case PromptWithdrawn withdrawn:
                _prompts.Remove(withdrawn.PromptId);
                break;
            case PromptDelivered delivered when _prompts.Remove(delivered.PromptId, out var prompt):
                return new ExportedMessage(
                    envelope.Sequence, envelope.At, prompt.Text,
                    [.. prompt.Attachments.Select(attachment => $"{attachment.Name} ({attachment.MediaType}, {Words.Size(attachment.Length)})")]);
        }

        return null;
    }

    private ExportedDetail? Call(EventEnvelope envelope)
    {
        if (envelope.Event is ToolCallRequested requested)
        {
            _calls[(envelope.RunId, requested.CallId)] = requested;
            return null;
        }

        var ended = (ToolCallEnded)envelope.Event;
        _calls.Remove((envelope.RunId, ended.CallId), out var call);
        var title = $"{call?.Title ?? "A tool call"} – {ended.Status switch
        {
            ToolCallStatus.Completed => "done",
            ToolCallStatus.Failed => "failed",
            var other => other.ToString().ToLowerInvariant(),
        }}, {Words.Duration(ended.DurationMs)}";
        return new ExportedDetail(envelope.Sequence, envelope.At, title, ended.Output);
    }

    private ExportedNote? Request(EventEnvelope envelope)
    {
        switch (envelope.Event)
        {
            case QuestionsAsked asked:
                _questions[asked.RequestId] = asked.Questions;
                break;
            case QuestionsExpired expired:
                return _questions.Remove(expired.RequestId, out var open)
                    ? Note(envelope, $"Asked: {string.Join(" ", open.Select(question => question.Text))} It was not answered: {expired.Reason}") : null;
            case QuestionsAnswered answered when _questions.Remove(answered.RequestId, out var questions):
                return Note(envelope, string.Join(" ", questions.Select(question => $"Asked: {question.Text} Answered: {Say(question, answered.Answers)}.")));
            case ApprovalRequested requested:
                _approvals[requested.ApprovalId] = requested.Title;
                break;
            case ApprovalResolved resolved when _approvals.Remove(resolved.ApprovalId, out var title):
                return Note(envelope, $"Asked to allow: {title}. {resolved.Outcome} (by {resolved.By}). {resolved.Comment}".TrimEnd());
        }

        return null;
    }

    private ExportedNote? Run(EventEnvelope envelope)
    {
        _isRunning = envelope.Event is RunStarted;
        return envelope.Event is RunEnded ended
            ? Note(envelope, $"The run ended: {ended.Outcome}, after {Words.Duration(ended.ElapsedMs)}, {Words.Count(ended.ToolCalls, "tool call")}, {Words.Count(ended.FilesChanged, "file")} written. {ended.Error?.Message}".TrimEnd())
            : null;
    }

    private static ExportedNote Note(EventEnvelope envelope, string text) => new(envelope.Sequence, envelope.At, text);

    private static string Say(Question question, IReadOnlyList<Answer> answers)
    {
        if (answers.FirstOrDefault(answer => answer.QuestionId == question.Id) is not { IsEmpty: false } given)
        {
            return "left open";
        }

        var labels = given.OptionIds.Select(id => question.Options.FirstOrDefault(option => option.Id == id)?.Label ?? id);
        return string.Join(", ", string.IsNullOrWhiteSpace(given.Text) ? labels : labels.Append(given.Text));
    }
}
