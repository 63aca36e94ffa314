using System.Runtime.CompilerServices;
using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Core.Engines;
using Autocoder.Core.Tools;
using Autocoder.Tests.TestSupport;

namespace Autocoder.Tests.Runs;

public sealed class SubAgentTests
{
    [Fact]
    public async Task A_sub_agent_works_in_a_conversation_of_its_own_and_reports_to_its_parent()
    {
        await using var core = await CoreHarness.StartAsync(new FakeEngine(DelegateAsync));
        var session = await core.OpenAgentAsync("fake");
        await session.SendAsync(Guid.CreateVersion7(), "depth 1", [], CancellationToken.None);

        var parent = await core.WaitAsync(session.ConversationId, t => t.LastRun is not null);

        var agent = Assert.Single(parent.Items.OfType<SubAgentItem>());
        Assert.Equal((RunOutcome.Completed, "I looked."), (agent.Outcome, agent.Summary));
        Assert.Contains("I looked.", parent.Items.OfType<TextItem>().Single().Text.ToString(), StringComparison.Ordinal);
        var child = (await core.ReadAsync(agent.ChildConversationId)).Select(envelope => envelope.Event).ToList();
        Assert.Equal(session.ConversationId, Assert.IsType<ConversationCreated>(child[0]).ParentId);
        Assert.IsType<RunEnded>(child[^1]);
    }

    [Fact]
    public async Task Beyond_the_limit_of_depth_a_sub_agent_is_refused_in_words()
    {
        await using var core = await CoreHarness.StartAsync(new FakeEngine(DelegateAsync));
        var session = await core.OpenAgentAsync("fake");
        await session.SendAsync(Guid.CreateVersion7(), "depth 9", [], CancellationToken.None);

        var parent = await core.WaitAsync(session.ConversationId, t => t.LastRun is not null);

        Assert.Contains("nested 2 deep", parent.Items.OfType<TextItem>().Single().Text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_of_the_parent_ends_its_sub_agents()
    {
        await using var core = await CoreHarness.StartAsync(new FakeEngine(DelegateAsync));
        var session = await core.OpenAgentAsync("fake");
        await session.SendAsync(Guid.CreateVersion7(), "hang 1", [], CancellationToken.None);
        var running = await core.WaitAsync(session.ConversationId, t => t.Items.OfType<SubAgentItem>().Any());
        var childId = running.Items.OfType<SubAgentItem>().Single().ChildConversationId;
        await core.WaitAsync(childId, t => t.Running is not null);

        await session.StopAsync(running.Running!.RunId, CancellationToken.None);

        Assert.Equal(RunOutcome.Stopped, (await core.WaitAsync(session.ConversationId, t => t.LastRun is not null)).LastRun!.Outcome);
        Assert.Equal(RunOutcome.Stopped, (await core.WaitAsync(childId, t => t.LastRun is not null)).LastRun!.Outcome);
    }

    // A sub-agent that is called by the name of a profile has the tools of that profile, the one that starts sub-agents included.
    // "depth 3" asks for a sub-agent that is told "depth 2", and so on; at 0 it looks, or hangs.
    private static async IAsyncEnumerable<EngineEvent> DelegateAsync(
        EngineRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var words = request.Messages[^1].PlainText.Split(' ');
        var depth = int.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture);
        if (depth == 0 && words[0] == "hang")
        {
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        }

        var said = "I looked.";
        if (depth > 0)
        {
            var arguments = JsonSerializer.SerializeToElement(new { agent = "coder", task = $"{words[0]} {depth - 1}" });
            said = $"It said: {(await request.Tools.ExecuteAsync(new ToolCall("call", "Agent", arguments), cancellationToken)).Output}";
        }

        yield return new EngineEvent.TextDelta(said);
    }
}
