using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;

namespace Autocoder.Tests.Runs.Model;

/// <summary>Makes the picture of a log, as a viewer would who pulls and knows which prompt is which.</summary>
internal sealed class PictureReader(List<Guid> prompts)
{
    private readonly List<(Guid RunId, PictureOfRun Picture)> _runs = [];
    private readonly List<(Guid RunId, string CallId)> _calls = [];
    private readonly Dictionary<Guid, string> _requests = [];
    private readonly Dictionary<Guid, string> _open = [];
    private readonly List<int> _queue = [];
    private bool _isTrashed;

    public LogPosition Position { get; } = new();

    public List<EventEnvelope> Log { get; } = [];

    public IReadOnlyList<Guid> RunIds => [.. _runs.Select(run => run.RunId)];

    public IReadOnlyList<Guid> RequestIds => [.. Log.Select(envelope => envelope.Event).OfType<QuestionsAsked>().Select(asked => asked.RequestId)];

    public IReadOnlyList<Guid> ApprovalIds => [.. Log.Select(envelope => envelope.Event).OfType<ApprovalRequested>().Select(request => request.ApprovalId)];

    public RunPicture Picture => new()
    {
        IsTrashed = _isTrashed,
        Queue = [.. _queue],
        Runs = [.. _runs.Select(run => run.Picture with { Text = run.Picture.Text + (run.Picture.Outcome is null ? string.Concat(_open.Values) : "") })],
    };

    public void Apply(LogPull pull)
    {
        foreach (var envelope in pull.Events)
        {
            Log.Add(envelope);
            Apply(envelope);
        }

        foreach (var slice in pull.OpenTexts)
        {
            _open[slice.ItemId] = _open.GetValueOrDefault(slice.ItemId, "")[..slice.Offset] + slice.Text;
        }

        Position.Advance(pull);
    }

    private void Apply(EventEnvelope envelope)
    {
        switch (envelope.Event)
        {
            case ConversationTrashed:
                _isTrashed = true;
                break;
            case ConversationRestored:
                _isTrashed = false;
                break;
            case PromptAdmitted admitted:
                _queue.Add(prompts.IndexOf(admitted.PromptId));
                break;
            case PromptWithdrawn withdrawn:
                _queue.Remove(prompts.IndexOf(withdrawn.PromptId));
                break;
            case PromptsReordered reordered:
                _queue.Clear();
                _queue.AddRange(reordered.PromptIds.Select(id => prompts.IndexOf(id)));
                break;
            case PromptDelivered delivered:
                _queue.Remove(prompts.IndexOf(delivered.PromptId));
                break;
            case RunStarted started:
                _runs.Add((started.RunId, new PictureOfRun(prompts.IndexOf(started.PromptId), null, "")));
                break;
            default:
                ApplyToRun(envelope);
                break;
        }
    }

    private void ApplyToRun(EventEnvelope envelope)
    {
        var index = _runs.FindIndex(run => run.RunId == envelope.RunId);
        if (index < 0)
        {
            return;
        }

        var run = _runs[index].Picture;
        switch (envelope.Event)
        {
            case TextCompleted text:
                _open.Remove(text.ItemId);
                run = run with { Text = $"{run.Text}{text.Text}|" };
                break;
            case ToolCallStarted call when call.CallId.StartsWith("call", StringComparison.Ordinal) && Find(envelope.RunId!.Value, call.CallId) < 0:
                _calls.Add((envelope.RunId!.Value, call.CallId));
                run = run with { Calls = run.Calls.Add(new PictureOfCall(CallKind.Tool, null)) };
                break;
            case QuestionsAsked asked:
                _calls.Add((envelope.RunId!.Value, asked.CallId));
                run = run with { Calls = run.Calls.Add(new PictureOfCall(CallKind.Question, null)) };
                break;
            case ApprovalRequested request:
                _calls.Add((envelope.RunId!.Value, request.CallId));
                _requests[request.ApprovalId] = request.CallId;
                run = run with { Calls = run.Calls.Add(new PictureOfCall(CallKind.Guarded, null)) };
                break;
            case ApprovalResolved resolved:
                var at = Find(envelope.RunId!.Value, _requests[resolved.ApprovalId]);
                run = run with { Calls = run.Calls.SetItem(at, run.Calls[at] with { Approval = resolved.Outcome }) };
                break;
            case ToolCallEnded call when Find(envelope.RunId!.Value, call.CallId) is >= 0 and var place:
                run = run with { Calls = run.Calls.SetItem(place, run.Calls[place] with { Status = call.Status }) };
                break;
            case RunEnded ended:
                run = run with { Outcome = ended.Outcome };
                break;
        }

        _runs[index] = (_runs[index].RunId, run);
    }

    private int Find(Guid runId, string callId) => _calls.Where(call => call.RunId == runId).ToList().FindIndex(call => call.CallId == callId);
}
