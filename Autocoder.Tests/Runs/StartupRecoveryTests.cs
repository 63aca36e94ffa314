using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Tests.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Autocoder.Tests.Runs;

/// <summary>Logs as a process may leave them in a moment that is hard to hit, and what becomes of them at the next start.</summary>
public sealed class StartupRecoveryTests
{
    private static readonly JsonElement NoArguments = JsonSerializer.SerializeToElement(new { });
    private readonly (Guid Root, Guid Child, Guid Run, Guid ChildRun) _id = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());

    [Theory]
    [InlineData(ApprovalOutcome.AllowedOnce)]
    [InlineData(null)]
    public async Task What_an_ended_sub_agent_had_asked_does_not_keep_its_parent_waiting(ApprovalOutcome? answer)
    {
        await using var core = await CoreHarness.StartAsync();
        var asked = new ApprovalRequested(Guid.CreateVersion7(), "write", ApprovalSubject.ToolCall, "Write a.txt", "A rule says so.", "hash");
        await AppendAsync(core, _id.Root, Begin(core, _id.Run, null));
        await AppendAsync(core, _id.Child, Begin(core, _id.ChildRun, _id.Root));
        await AppendAsync(core, _id.Root, In(
            _id.Run,
            new ToolCallRequested("agent", "Agent", "Ask helper", NoArguments, ToolEffect.SideEffect),
            new ToolCallStarted("agent"),
            new SubAgentStarted(_id.Child, "agent", "helper", "Write.", 1),
            asked with { ChildConversationId = _id.Child, Path = ["helper"] }));
        await AppendAsync(core, _id.Child, In(
            _id.ChildRun, new ToolCallRequested("write", "Write", "Write a.txt", NoArguments, ToolEffect.Idempotent), asked));
        await AppendAsync(core, _id.Child, In(
            _id.ChildRun,
            new ApprovalResolved(asked.ApprovalId, answer ?? ApprovalOutcome.Expired, By: answer is null ? "run" : "person"),
            new ToolCallEnded("write", ToolCallStatus.NotStarted, "Not started.", 0),
            new RunEnded(RunOutcome.Completed, TokenUsage.None, 1, 0, 0)));

        await core.StopAsync();
        await core.StartAgainAsync();

        var log = await core.ReadAsync(_id.Root);
        RunInvariants.Check(log);
        var events = log.Select(envelope => envelope.Event).ToList();
        Assert.Equal(answer ?? ApprovalOutcome.Expired, Assert.Single(events.OfType<ApprovalResolved>()).Outcome);
        Assert.Equal(ToolCallStatus.Completed, Assert.Single(events.OfType<ToolCallEnded>()).Status);
        Assert.Equal(RunOutcome.Interrupted, Assert.Single(events.OfType<RunEnded>()).Outcome);
    }

    private static NewEvent[] Begin(CoreHarness core, Guid run, Guid? parent)
    {
        var prompt = new PromptAdmitted(Guid.CreateVersion7(), "Go.", []);
        return
        [
            new(new ConversationCreated(core.Project.Id, ConversationKind.Agent, "Sample", "scripted", parent)),
            new(prompt),
            .. In(run, new RunStarted(run, prompt.PromptId, "coder", 1, "scripted"), new PromptDelivered(prompt.PromptId)),
        ];
    }

    private static NewEvent[] In(Guid run, params ConversationEvent[] events) => [.. events.Select(each => new NewEvent(each, run))];

    private static Task AppendAsync(CoreHarness core, Guid conversation, NewEvent[] events) =>
        core.Services.GetRequiredService<IConversationWriter>().AppendAsync(conversation, _ => events, CancellationToken.None);
}
