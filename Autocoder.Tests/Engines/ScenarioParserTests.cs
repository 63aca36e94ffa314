using System.Text;
using Autocoder.Core.Conversations;
using Autocoder.Core.Engines;
using Autocoder.Core.Engines.Models.Scripted;

namespace Autocoder.Tests.Engines;

public sealed class ScenarioParserTests
{
    [Fact]
    public void Every_field_is_read()
    {
        var scenario = Parse("""
            { // a comment is fine
              "name": "all", "description": "d",
              "turns": [{ "steps": [{
                "thinking": "t", "text": "ab", "repeat": 3, "delta": { "size": 4, "delay_ms": 7 }, "delay_ms": 9,
                "tools": [{ "id": "x", "tool": "Read", "arguments": { "path": "a" } }, { "tool": "Glob" }],
                "stop": "max_tokens", "usage": { "input": 1, "output": 2, "cache_read": 3, "cache_write": 4 },
                "error": { "code": "c", "message": "m" } }] }],
              "agents": { "explorer": { "turns": [{ "steps": [{ "text": "hi" }] }] } },
            }
            """);

        var step = Assert.Single(Assert.Single(scenario.Turns).Steps);
        Assert.Equal(("all", "d", "t", "ababab", "max_tokens"), (scenario.Name, scenario.Description, step.Thinking, step.Text, step.Stop));
        Assert.Equal(new ScenarioDelta(4, TimeSpan.FromMilliseconds(7)), step.Delta);
        Assert.Equal(TimeSpan.FromMilliseconds(9), step.Delay);
        Assert.Equal(["x", "call-1-1-2"], step.Tools.Select(tool => tool.CallId));
        Assert.Equal("""{ "path": "a" }""", step.Tools[0].Arguments.GetRawText());
        Assert.Equal("{}", step.Tools[1].Arguments.GetRawText());
        Assert.Equal(new TokenUsage(1, 2, 3, 4), step.Usage);
        Assert.Equal(new ScenarioError("c", "m"), step.Error);
        Assert.Equal("hi", scenario.Agents["explorer"][0].Steps[0].Text);
    }

    [Fact]
    public void What_is_left_out_has_sensible_values()
    {
        var steps = Parse("""{"name":"n","turns":[{"steps":[{},{"tools":[{"tool":"Glob"}]}]}]}""").Turns[0].Steps;

        Assert.Equal(("", "", "end_turn"), (steps[0].Thinking, steps[0].Text, steps[0].Stop));
        Assert.Equal("tool_use", steps[1].Stop);
    }

    [Theory]
    [InlineData("{\n  \"name\": \"n\",\n  turns: 1 }", "line 3")]
    [InlineData("", "line 1")]
    [InlineData("{\"name\":\"a\",\"name\":\"b\",\"turns\":[]}", "JSON")]
    [InlineData("[]", "at the top of the file, expected an object, but found a list")]
    [InlineData("""{"name":"n"}""", "expected a field 'turns'")]
    [InlineData("""{"name":"n","turns":[]}""", "at turns, expected at least one turn")]
    [InlineData("""{"name":"n","turns":[{"steps":[]}]}""", "at turns[0].steps, expected at least one step")]
    [InlineData("""{"name":"n","turns":{}}""", "at turns, expected a list, but found an object")]
    [InlineData("""{"turns":[{"steps":[{}]}]}""", "expected a field 'name'")]
    [InlineData("""{"name":"n","turns":[{"steps":[{"txet":"a"}]}]}""", "at turns[0].steps[0], expected only the fields thinking, text")]
    [InlineData("""{"name":"n","turns":[{"steps":[{"text":7}]}]}""", "at turns[0].steps[0].text, expected a text, but found the number 7")]
    [InlineData("""{"name":"n","turns":[{"steps":[{"delay_ms":-1}]}]}""", "at turns[0].steps[0].delay_ms, expected a whole number from 0")]
    [InlineData("""{"name":"n","turns":[{"steps":[{"delay_ms":1.5}]}]}""", "the number 1.5")]
    [InlineData("""{"name":"n","turns":[{"steps":[{"delta":{"size":0}}]}]}""", "at turns[0].steps[0].delta.size")]
    [InlineData("""{"name":"n","turns":[{"steps":[{"stop":"tired"}]}]}""", "expected one of end_turn, tool_use, max_tokens, refusal, but found 'tired'")]
    [InlineData("""{"name":"n","turns":[{"steps":[{"tools":[{}]}]}]}""", "at turns[0].steps[0].tools[0], expected a field 'tool'")]
    [InlineData("""{"name":"n","turns":[{"steps":[{"tools":[{"tool":"A","arguments":[]}]}]}]}""", "tools[0].arguments, expected an object")]
    [InlineData("""{"name":"n","turns":[{"steps":[{"tools":[{"tool":"A","id":"x"}]},{"tools":[{"tool":"A","id":"x"}]}]}]}""", "'x' again")]
    [InlineData("""{"name":"n","turns":[{"steps":[{"text":"ab","repeat":16777216}]}]}""", "at turns[0].steps[0].repeat")]
    [InlineData("""{"name":"n","turns":[{"steps":[{"error":{"code":"c"}}]}]}""", "expected a field 'message'")]
    [InlineData("""{"name":"n","turns":[{"steps":[{}]}],"agents":{"e":{}}}""", "at agents.e, expected a field 'turns'")]
    [InlineData("""{"name":"n","turns":[{"steps":[{"text":"\ud800"}]}]}""", "half a character")]
    public void A_malformed_file_is_refused_with_its_place_and_what_was_expected(string json, string expected)
    {
        var exception = Assert.Throws<EngineException>(() => Parse(json));

        Assert.Equal("scenario_invalid", exception.Code);
        Assert.Contains("mine.json", exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_too_deep_or_too_large_is_refused()
    {
        var deep = new string('[', 100) + new string(']', 100);
        Assert.Contains("64 levels", Assert.Throws<EngineException>(() => Parse(deep)).Message, StringComparison.Ordinal);

        var large = new byte[ScenarioParser.MaxBytes + 1];
        Assert.Contains("4 MiB", Assert.Throws<EngineException>(() => ScenarioParser.Parse("mine.json", large)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_order_mark_is_no_error() =>
        Assert.Equal("n", ScenarioParser.Parse("mine.json", (byte[])[.. "\uFEFF"u8, .. """{"name":"n","turns":[{"steps":[{}]}]}"""u8]).Name);

    private static Scenario Parse(string json) => ScenarioParser.Parse("mine.json", Encoding.UTF8.GetBytes(json));
}
