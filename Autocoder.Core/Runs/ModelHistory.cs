using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Engines.Models;

namespace Autocoder.Core.Runs;

/// <summary>The log as a model sees it: a pure function, in which every tool call is followed by its one result.</summary>
internal sealed class ModelHistory
{
    private readonly Dictionary<Guid, PromptAdmitted> _prompts = [];
    private readonly List<ModelMessage> _messages = [];
    private readonly List<ModelPart> _answer = [];
    private readonly Dictionary<string, ModelPart.ToolResult> _results = [];

    /// <summary>Builds the messages of a conversation, oldest first.</summary>
    public static IReadOnlyList<ModelMessage> Build(IEnumerable<EventEnvelope> log)
    {
        var history = new ModelHistory();
        foreach (var envelope in log)
        {
            history.Apply(envelope.Event);
        }

        history.FinishStep();
        return history._messages;
    }

    private void Apply(ConversationEvent next)
    {
        switch (next)
        {
            case PromptAdmitted admitted:
                _prompts[admitted.PromptId] = admitted;
                break;
            case PromptEdited edited:
                _prompts[edited.PromptId] = _prompts[edited.PromptId] with { Text = edited.Text };
                break;
            case PromptDelivered delivered:
                FinishStep();
                _messages.Add(ToMessage(_prompts[delivered.PromptId]));
                break;
            case StepStarted or StepEnded or RunEnded:
                FinishStep();
                break;
            case TextCompleted { Text.Length: > 0 } text:
                _answer.Add(new ModelPart.Text(text.Text));
                break;
            case ReasoningCompleted { Text.Length: > 0 } reasoning:
                _answer.Add(new ModelPart.Reasoning(reasoning.Text));
                break;
            case ToolCallRequested call:
                _answer.Add(new ModelPart.ToolCall(call.CallId, call.Tool, call.Arguments));
                break;
            case ToolCallEnded ended:
                _results[ended.CallId] = new ModelPart.ToolResult(
                    ended.CallId, ended.Output, ended.Status is ToolCallStatus.Completed);
                break;
        }
    }

    private static ModelMessage ToMessage(PromptAdmitted prompt) => new(
        ModelRole.User,
        [new ModelPart.Text(prompt.Text), .. prompt.Attachments.Select(attachment => new ModelPart.File(attachment))]);

    // Results come right after their calls and in the order of the calls, whatever the order in which they arrived.
    private void FinishStep()
    {
        if (_answer.Count > 0)
        {
            _messages.Add(new ModelMessage(ModelRole.Assistant, [.. _answer]));
            var calls = _answer.OfType<ModelPart.ToolCall>().ToList();
            if (calls.Count > 0)
            {
                _messages.Add(new ModelMessage(ModelRole.User, [.. calls.Select(ResultOf)]));
            }
        }

        _answer.Clear();
        _results.Clear();
    }

    private ModelPart ResultOf(ModelPart.ToolCall call) => _results.GetValueOrDefault(
        call.CallId, new ModelPart.ToolResult(call.CallId, "There is no result.", Succeeded: false));
}
