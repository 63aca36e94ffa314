using System.Text.Json;
using Autocoder.Core.Engines;
using Autocoder.Core.Engines.ClaudeCode;

namespace Autocoder.Tests.Engines.ClaudeCode;

/// <summary>What follows from the program's lines, shortened from what 2.1.329 wrote.</summary>
public sealed class CliTranslatorTests
{
    private const string Start = """{"type":"stream_event","parent_tool_use_id":null,"event":{"type":"message_start","message":{"id":"msg_1","model":"m","usage":{"input_tokens":3}}}}""";
    private const string Open = """{"type":"stream_event","parent_tool_use_id":null,"event":{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}}""";
    private const string Close = """{"type":"stream_event","parent_tool_use_id":null,"event":{"type":"content_block_stop","index":0}}""";
    private const string Abandon = """{"type":"stream_event","parent_tool_use_id":null,"event":{"type":"message_stop"},"abandoned_blocks":{"api_message_id":"msg_1","from_block_index":0}}""";
    private const string Stop = """{"type":"stream_event","parent_tool_use_id":null,"event":{"type":"message_stop"}}""";
    private const string Result = """{"duration_ms":1,"type":"result","subtype":"success","is_error":false,"total_cost_usd":0.5}""";

    [Theory]
    [InlineData("""{"type":"something_new","payload":[1]}""")]
    [InlineData("""{"type":"system","subtype":"something_new"}""")]
    [InlineData("""{"type":"stream_event","event":{"type":"something_new"}}""")]
    [InlineData("""{"type":"stream_event","event":7}""")]
    [InlineData("""{"type":"assistant","message":null}""")]
    [InlineData("""{"type":"assistant","parent_tool_use_id":"toolu_1","message":{"id":"x","content":[{"type":"text","text":"a sub-agent's"}]}}""")]
    [InlineData("""{"type":7}""")]
    [InlineData("""{}""")]
    public void What_is_unknown_has_no_effect(string line) => Assert.Empty(After(line).Skip(1));

    [Fact]
    public void The_same_text_said_again_goes_on_where_it_was_cut()
    {
        var events = After(Start, Open, Delta("one "), Delta("two"), Close, Abandon, Again("msg_2"), Open, Delta("one two"), Delta(" three"), Close, Stop, Result);

        Assert.Equal("one two three", TextOf(events));
    }

    [Theory]
    [InlineData("another answer")]
    [InlineData("on")]
    [InlineData("one two")]
    public void Text_said_differently_replaces_what_was_taken_back(string second)
    {
        var events = After(Start, Open, Delta("one "), Delta("two"), Close, Abandon, Again("msg_2"), Open, Delta(second), Close, Stop, Result);

        Assert.Equal(second, TextOf(events));
    }

    [Fact]
    public void Text_that_is_taken_back_twice_is_shown_once()
    {
        var events = After(
            Start, Open, Delta("one two"), Close, Abandon, Again("msg_2"), Open, Delta("one"), Close, Abandon, Again("msg_3"), Open, Delta("one two three"), Close, Stop, Result);

        Assert.Equal("one two three", TextOf(events));
    }

    [Fact]
    public void An_answer_that_was_not_streamed_is_taken_whole()
    {
        var events = After(
            Start, Open, Delta("one"), Close, Abandon,
            """{"type":"assistant","parent_tool_use_id":null,"message":{"id":"msg_9","model":"m","content":[{"type":"text","text":"one two"}],"usage":{"output_tokens":2}}}""", Result);

        Assert.Equal("one two", TextOf(events));
        Assert.Single(events.OfType<EngineEvent.StepEnded>());
    }

    [Fact]
    public void Each_message_of_the_model_is_a_step_with_its_own_tokens()
    {
        var events = After(Start, Open, Delta("a"), Close, Stop, """{"type":"system","subtype":"status","status":"requesting"}""", Again("msg_2"), Open, Delta("b"), Close, Stop, Result);

        Assert.Equal([3, 4], events.OfType<EngineEvent.StepEnded>().Select(step => step.Usage.Input));
        Assert.Equal(0.5m, events.OfType<EngineEvent.StepEnded>().Sum(step => step.Usage.CostUsd));
    }

    private static string Again(string id) =>
        $$$"""{"type":"stream_event","parent_tool_use_id":null,"event":{"type":"message_start","message":{"id":"{{{id}}}","model":"m","usage":{"input_tokens":4} } } }""";

    private static string Delta(string text) =>
        $$$"""{"type":"stream_event","parent_tool_use_id":null,"event":{"type":"content_block_delta","delta":{"type":"text_delta","text":"{{{text}}}" } } }""";

    private static List<EngineEvent> After(params string[] lines)
    {
        var translator = new CliTranslator(costBefore: 0);
        List<EngineEvent> events = [.. translator.Begin()];
        foreach (var line in lines)
        {
            events.AddRange(translator.Translate(JsonSerializer.Deserialize<JsonElement>(line)));
        }

        return events;
    }

    // As the run makes it: the whole of a text that ends with one, else what was streamed.
    private static string TextOf(IEnumerable<EngineEvent> events)
    {
        var texts = new List<string>();
        string? open = null;
        foreach (var next in events)
        {
            if (next is EngineEvent.TextDelta delta)
            {
                open += delta.Text;
            }
            else if (next is EngineEvent.TextEnded ended && open is not null)
            {
                texts.Add(ended.Whole ?? open);
                open = null;
            }
        }

        Assert.Null(open);
        return Assert.Single(texts);
    }
}
