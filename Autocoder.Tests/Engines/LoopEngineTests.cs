using Autocoder.Core.Conversations;
using Autocoder.Core.Engines;
using Autocoder.Core.Engines.Loop;
using Autocoder.Core.Engines.Models;
using Autocoder.Core.Profiles;
using Autocoder.Core.Tools;
using static Autocoder.Tests.Engines.FakeModel;

namespace Autocoder.Tests.Engines;

public sealed class LoopEngineTests
{
    private readonly FakeTools _tools = new();

    [Fact]
    public async Task An_answer_without_tools_is_one_step()
    {
        var events = await RunAsync(new FakeModel([Thought("hm"), Text("Hel"), Text("lo"), Done()]));

        Assert.Equal(
            [
                new EngineEvent.StepStarted(),
                new EngineEvent.ReasoningDelta("hm"),
                new EngineEvent.ReasoningEnded(),
                new EngineEvent.TextDelta("Hel"),
                new EngineEvent.TextDelta("lo"),
                new EngineEvent.TextEnded(),
                new EngineEvent.StepEnded("end_turn", new TokenUsage(10, 1)),
            ],
            events.Select(next => next is EngineEvent.StepEnded ended ? ended with { FirstTokenMs = null } : next));
    }

    [Fact]
    public async Task Text_is_ended_before_any_tool_begins()
    {
        var model = new FakeModel([Text("I look."), Call("a", "Look"), Done("tool_use")], [Done()]);

        await foreach (var next in Engine(model).RunAsync(Request(), CancellationToken.None))
        {
            _tools.Note(next.GetType().Name);
        }

        Assert.Equal(
            ["StepStarted", "TextDelta", "TextEnded", "a begins", "a ends", "StepEnded", "StepStarted", "StepEnded"], _tools.Journal);
    }

    [Fact]
    public async Task Calls_that_only_look_run_at_the_same_time_and_keep_their_order()
    {
        var bothBegan = new CountdownEvent(2);
        _tools.Work = async (call, token) =>
        {
            // Ends only when the other has begun too: one after the other would never end.
            bothBegan.Signal();
            while (!bothBegan.IsSet)
            {
                token.ThrowIfCancellationRequested();
                await Task.Yield();
            }

            return new ToolResult(call.CallId);
        };
        var model = new FakeModel([Call("a", "Look"), Call("b", "Peek"), Done("tool_use")], [Done()]);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));

        await RunAsync(model, limit.Token);

        Assert.Equal(["a", "b"], Results(model.Requests[1]).Select(result => result.Output));
    }

    [Theory]
    [InlineData("Change")]
    [InlineData("Nonsense")]
    public async Task One_call_that_may_change_something_makes_all_run_one_after_the_other(string tool)
    {
        _tools.Work = async (call, _) =>
        {
            // Long enough for another call to begin, if one may.
            for (var turn = 0; turn < 50; turn++)
            {
                await Task.Yield();
            }

            return new ToolResult(call.CallId);
        };
        var model = new FakeModel([Call("a", "Look"), Call("b", tool), Call("c", "Peek"), Done("tool_use")], [Done()]);

        await RunAsync(model);

        Assert.Equal(["a begins", "a ends", "b begins"], _tools.Journal.Take(3));
        Assert.Equal(["c begins", "c ends"], _tools.Journal.TakeLast(2));
        Assert.Equal(["a", "b", "c"], Results(model.Requests[1]).Select(result => result.CallId));
        Assert.Equal(tool == "Change", Results(model.Requests[1])[1].Succeeded);
    }

    [Fact]
    public async Task The_next_call_sees_the_answer_and_the_results_right_after_it()
    {
        var model = new FakeModel([Thought("t"), Text("x"), Call("a", "Look"), Done("tool_use")], [Text("y"), Done()]);

        await RunAsync(model);

        Assert.Single(model.Requests[0].Messages);
        var messages = model.Requests[1].Messages;
        Assert.Equal([ModelRole.User, ModelRole.Assistant, ModelRole.User], messages.Select(message => message.Role));
        Assert.Collection(
            messages[1].Parts,
            part => Assert.Equal(new ModelPart.Reasoning("t"), part),
            part => Assert.Equal(new ModelPart.Text("x"), part),
            part => Assert.Equal("a", Assert.IsType<ModelPart.ToolCall>(part).CallId));
        Assert.Equal(new ModelPart.ToolResult("a", "a done", true), Assert.Single(messages[2].Parts));
        Assert.False(messages[2].IsPrompt);
    }

    [Fact]
    public async Task A_run_that_was_interrupted_after_its_tools_goes_on_from_there()
    {
        var model = new FakeModel([Text("Found."), Done()]);
        var request = Request(
            ModelMessage.User("Go"),
            new ModelMessage(ModelRole.Assistant, [new ModelPart.ToolCall("a", "Look", default)]),
            new ModelMessage(ModelRole.User, [new ModelPart.ToolResult("a", "seen", true)]));

        var events = await Engine(model).RunAsync(request, CancellationToken.None).ToListAsync();

        Assert.Equal(3, Assert.Single(model.Requests).Messages.Count);
        Assert.Contains(new EngineEvent.TextDelta("Found."), events);
        Assert.Empty(_tools.Journal);
    }

    [Fact]
    public async Task The_limit_of_steps_ends_the_run_after_the_tools_of_the_last_one()
    {
        var again = (IReadOnlyList<ModelEvent>)[Call("a", "Look"), Done("tool_use")];
        var model = new FakeModel(again, again, again, again);

        var events = await RunAsync(model);

        Assert.Equal(3, model.Requests.Count);
        Assert.Equal(new EngineEvent.Finished(RunOutcome.MaxSteps), events[^1]);
        Assert.Equal(3, _tools.Journal.Count(line => line.EndsWith("ends", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_call_id_the_run_has_had_is_made_unique()
    {
        var model = new FakeModel(
            [Call("a", "Look"), Call("a", "Peek"), Done("tool_use")], [Call("a", "Look"), Done("tool_use")], [Done()]);

        await RunAsync(model);

        Assert.Equal(["a", "a~2"], Results(model.Requests[1]).Select(result => result.CallId));
        Assert.Equal("a~3", Assert.Single(Results(model.Requests[2])).CallId);
    }

    [Fact]
    public async Task A_refusal_ends_the_run_and_runs_no_tool()
    {
        var events = await RunAsync(new FakeModel([Text("No."), Call("a", "Change"), Done("refusal")]));

        Assert.Equal(new EngineEvent.Finished(RunOutcome.Refused), events[^1]);
        Assert.Empty(_tools.Journal);
    }

    [Fact]
    public async Task An_answer_that_was_too_long_is_said_to_be_cut()
    {
        var events = await RunAsync(new FakeModel([Text("long"), Done("max_tokens")]));

        Assert.Equal("answer_too_long", Assert.IsType<EngineEvent.Warning>(events[^1]).Code);
    }

    [Fact]
    public async Task A_stream_without_an_end_fails_the_run_and_leaves_the_text_open()
    {
        var seen = new List<EngineEvent>();

        var exception = await Assert.ThrowsAsync<EngineException>(async () =>
        {
            await foreach (var next in Engine(new FakeModel([Text("Hal"), Call("a", "Look"), Text("f")])).RunAsync(Request(), CancellationToken.None))
            {
                seen.Add(next);
            }
        });

        Assert.Equal("model_stream_cut", exception.Code);
        Assert.Equal(new EngineEvent.TextDelta("f"), seen[^1]);
        Assert.Empty(_tools.Journal);
    }

    [Fact]
    public async Task Pieces_without_text_open_nothing()
    {
        var events = await RunAsync(new FakeModel([Text(""), Thought(""), Done()]));

        Assert.Equal(["StepStarted", "StepEnded"], events.Select(next => next.GetType().Name));
    }

    [Fact]
    public async Task A_stop_during_a_tool_ends_the_stream()
    {
        using var stop = new CancellationTokenSource();
        _tools.Work = async (_, token) =>
        {
            await stop.CancelAsync();
            token.ThrowIfCancellationRequested();
            return new ToolResult("never");
        };

        var model = new FakeModel([Call("a", "Change"), Call("b", "Change"), Done("tool_use")], [Done()]);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(model, stop.Token));

        Assert.Equal(["a begins"], _tools.Journal);
        Assert.Single(model.Requests);
    }

    private static LoopEngine Engine(IModelClient model) =>
        new(new EngineDescription("fake", "Fake", "For tests", UsesModel: false), model, TimeProvider.System);

    private static IReadOnlyList<ModelPart.ToolResult> Results(ModelRequest request) =>
        [.. request.Messages[^1].Parts.Cast<ModelPart.ToolResult>()];

    private async Task<List<EngineEvent>> RunAsync(IModelClient model, CancellationToken cancellationToken = default) =>
        await Engine(model).RunAsync(Request(), cancellationToken).ToListAsync(cancellationToken);

    private EngineRequest Request() => Request(ModelMessage.User("Go"));

    private EngineRequest Request(params ModelMessage[] messages)
    {
        var profile = new Profile("coder", 1, ConversationKind.Agent, "", [], MaxSteps: 3);
        return new EngineRequest(
            Guid.CreateVersion7(), ConversationKind.Agent, profile, null, "sample", messages, _tools,
            new FakeSteps(profile, messages, _tools.Definitions));
    }
}
