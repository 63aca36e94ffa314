using Autocoder.Core.Conversations;
using Autocoder.Core.Engines;
using Autocoder.Core.Engines.Models;
using Autocoder.Core.Profiles;
using Autocoder.Core.Tools;

namespace Autocoder.Tests.Engines;

/// <summary>The steps of a run without a log: each call is shown what was said before it.</summary>
internal sealed class FakeSteps(Profile profile, IReadOnlyList<ModelMessage> messages, IReadOnlyList<ToolDefinition> tools) : IRunSteps
{
    private readonly List<ModelMessage> _messages = [.. messages];
    private int _calls;

    public Task<StepDecision> NextAsync(StepReport? last, IContextSummarizer summarizer, CancellationToken cancellationToken)
    {
        if (last is { AskedForTools: false })
        {
            return Task.FromResult<StepDecision>(new StepDecision.End(RunOutcome.Completed));
        }

        if (last is not null)
        {
            _messages.Add(new ModelMessage(ModelRole.Assistant, last.Answer));
            _messages.Add(new ModelMessage(ModelRole.User, last.Results));
        }

        var position = new ConversationPosition(_messages.Count(message => message.IsPrompt), _calls);
        return Task.FromResult<StepDecision>(_calls++ < profile.MaxSteps
            ? new StepDecision.Call(profile, profile.Instructions, [.. _messages], tools, position)
            : new StepDecision.End(RunOutcome.MaxSteps));
    }
}
