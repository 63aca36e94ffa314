using System.Text.Json.Nodes;
using Autocoder.Core.Conversations.Events;

namespace Autocoder.Tests.Engines.Anthropic;

/// <summary>What a call shares with the one before it is sent as the same bytes, and marked for the server's cache.</summary>
public sealed class AnthropicCachingTests
{
    private const string FourSteps = """
        {"turns":[
          {"blocks":[{"type":"tool_use","id":"t1","name":"Glob","input":{"pattern":"*"}}]},
          {"blocks":[{"type":"text","text":"More."},{"type":"tool_use","id":"t2","name":"Glob","input":{"pattern":"**"}}]},
          {"blocks":[{"type":"tool_use","id":"t3","name":"Glob","input":{"pattern":"a*"}}]},
          {"blocks":[{"type":"text","text":"Done."}],"usage":{"input_tokens":10,"cache_read_input_tokens":900,"cache_creation_input_tokens":90,"output_tokens":5}}]}
        """;

    [Fact]
    public async Task Each_call_begins_with_all_of_the_call_before()
    {
        await using var bench = await AnthropicBench.StartAsync(FourSteps);

        await bench.AskAsync("Look around.");

        var calls = bench.Server.Calls;
        Assert.Equal(4, calls.Count);
        for (var index = 1; index < calls.Count; index++)
        {
            Assert.Equal(calls[index - 1].Body["tools"]!.ToJsonString(), calls[index].Body["tools"]!.ToJsonString());
            Assert.Equal(calls[index - 1].Body["system"]!.ToJsonString(), calls[index].Body["system"]!.ToJsonString());
            var earlier = Unmarked(calls[index - 1].Body["messages"]!);
            Assert.Equal(earlier, Unmarked(calls[index].Body["messages"]!).Take(earlier.Count));
        }
    }

    [Fact]
    public async Task Tools_instructions_and_the_last_two_messages_are_marked_and_no_more_than_four_places()
    {
        await using var bench = await AnthropicBench.StartAsync(FourSteps);

        await bench.AskAsync("Look around.");

        Assert.All(bench.Server.Calls, call => Assert.InRange(Marks(call.Body), 3, 4));
        var last = bench.Server.Calls[^1].Body;
        Assert.NotNull(last["tools"]!.AsArray()[^1]!["cache_control"]);
        Assert.NotNull(last["system"]!.AsArray()[^1]!["cache_control"]);
        Assert.NotNull(last["messages"]!.AsArray()[^1]!["content"]!.AsArray()[^1]!["cache_control"]);
    }

    [Fact]
    public async Task What_the_cache_held_is_counted()
    {
        await using var bench = await AnthropicBench.StartAsync(FourSteps);

        await bench.AskAsync("Look around.");

        var usage = (await bench.Core.ReadAsync(bench.Session.ConversationId)).Select(envelope => envelope.Event).OfType<StepEnded>().Last().Usage;
        Assert.Equal((10, 5, 900, 90), (usage.Input, usage.Output, usage.CacheRead, usage.CacheWrite));
    }

    private static int Marks(JsonNode node) => node switch
    {
        JsonObject parts => (parts.ContainsKey("cache_control") ? 1 : 0) + parts.Sum(part => part.Value is null ? 0 : Marks(part.Value)),
        JsonArray parts => parts.Sum(part => part is null ? 0 : Marks(part)),
        _ => 0,
    };

    private static List<string> Unmarked(JsonNode messages) =>
        [.. messages.AsArray().Select(message => message!.ToJsonString().Replace(""","cache_control":{"type":"ephemeral"}""", "", StringComparison.Ordinal))];
}
