using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Engines;
using Autocoder.Core.Engines.Models;
using Autocoder.Core.Engines.Models.Scripted;
using Autocoder.Core.Profiles;
using Autocoder.Tests.TestSupport;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Options;

namespace Autocoder.Tests.Engines;

public sealed class ScriptedModelClientTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_step_is_played_as_thought_text_tools_and_end()
    {
        Put("""{"steps":[{"thinking":"hm","text":"Hello","delta":{"size":3,"delay_ms":0},"tools":[{"id":"a","tool":"Glob"},{"id":"b","tool":"Grep"}]}]}""");

        var events = await PlayAsync(ModelMessage.User("Go"));

        Assert.Equal(
            ["ReasoningDelta hm", "TextDelta Hel", "TextDelta lo", "ToolCallReady a", "ToolCallReady b", "Completed tool_use"],
            events.Select(Show));
    }

    [Fact]
    public async Task The_step_is_the_number_of_answers_since_the_prompt_and_the_turn_the_number_of_prompts()
    {
        Put("""{"steps":[{"text":"1a"},{"text":"1b"}]}, {"steps":[{"text":"2a"}]}""");
        var answer = new ModelMessage(ModelRole.Assistant, [new ModelPart.Text("1a")]);
        var results = new ModelMessage(ModelRole.User, [new ModelPart.ToolResult("a", "x", true)]);

        Assert.Equal("1a", await TextAsync(ModelMessage.User("Go")));
        Assert.Equal("1b", await TextAsync(ModelMessage.User("Go"), answer, results));
        Assert.Equal("", await TextAsync(ModelMessage.User("Go"), answer, results, answer, results));
        Assert.Equal("2a", await TextAsync(ModelMessage.User("Go"), answer, results, answer, ModelMessage.User("More")));
        Assert.Equal("The scenario has no more turns.", await TextAsync(ModelMessage.User("1"), ModelMessage.User("2"), ModelMessage.User("3")));
    }

    [Fact]
    public async Task A_sub_agent_plays_its_own_turns()
    {
        _folder.Write("mine.json", """{"name":"mine","turns":[{"steps":[{"text":"parent"}]}],"agents":{"explorer":{"turns":[{"steps":[{"text":"child"}]}]}}}""");

        Assert.Equal("child", TextOf(await PlayVariantAsync("mine#explorer", ModelMessage.User("Look"))));
        var exception = await Assert.ThrowsAsync<EngineException>(() => PlayVariantAsync("mine#pilot", ModelMessage.User("Look")));
        Assert.Contains("'pilot'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_comes_after_the_text_and_before_the_tools()
    {
        Put("""{"steps":[{"text":"Half a sen","error":{"code":"broken","message":"It broke."},"tools":[{"tool":"Glob"}]}]}""");
        var seen = new List<ModelEvent>();

        var exception = await Assert.ThrowsAsync<EngineException>(async () =>
        {
            await foreach (var next in Client().StreamAsync(Request("mine", ModelMessage.User("Go")), CancellationToken.None))
            {
                seen.Add(next);
            }
        });

        Assert.Equal(("broken", "It broke."), (exception.Code, exception.Message));
        Assert.Equal("Half a sen", TextOf(seen));
        Assert.All(seen, next => Assert.IsType<ModelEvent.TextDelta>(next));
    }

    [Fact]
    public async Task More_than_a_megabyte_can_be_played()
    {
        Put("""{"steps":[{"text":"0123456789","repeat":150000,"delta":{"size":4096,"delay_ms":0}}]}""");

        Assert.Equal(1_500_000, (await TextAsync(ModelMessage.User("Go"))).Length);
    }

    [Fact]
    public async Task Delays_go_by_the_clock_and_end_with_a_stop()
    {
        Put("""{"steps":[{"text":"never","delay_ms":600000}]}""");
        using var stop = new CancellationTokenSource();

        var playing = Client().StreamAsync(Request("mine", ModelMessage.User("Go")), stop.Token).ToListAsync(stop.Token).AsTask();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => playing);
    }

    [Fact]
    public void Any_text_cut_into_pieces_of_any_size_comes_together_again() =>
        Prop.ForAll<NonNull<string>, PositiveInt>((text, size) =>
        {
            var withPairs = text.Get + "🙂" + text.Get;
            var bySize = TextDeltas.BySize(withPairs, size.Get).ToList();
            var byWords = TextDeltas.ByWords(withPairs, size.Get).ToList();
            return string.Concat(bySize) == withPairs
                && string.Concat(byWords) == withPairs
                && bySize.Concat(byWords).All(piece => piece.Length > 0)
                && bySize.Concat(byWords).Count(piece => piece.Contains("🙂", StringComparison.Ordinal)) == 2;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_scenario_text_is_streamed_as_it_was_written() =>
        Prop.ForAll<NonNull<string>, PositiveInt>((text, size) =>
        {
            // JSON cannot hold half a surrogate pair; the file's own reader refuses it, which another test shows.
            var whole = new string([.. text.Get.Where(character => !char.IsSurrogate(character))]);
            Put(JsonSerializer.Serialize(new { steps = new[] { new { text = whole, delta = new { size = size.Get, delay_ms = 0 } } } }));
            return TextAsync(ModelMessage.User("Go")).GetAwaiter().GetResult() == whole;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));

    private static string TextOf(IEnumerable<ModelEvent> events) =>
        string.Concat(events.OfType<ModelEvent.TextDelta>().Select(delta => delta.Text));

    private static string Show(ModelEvent next) => next switch
    {
        ModelEvent.TextDelta delta => $"TextDelta {delta.Text}",
        ModelEvent.ReasoningDelta delta => $"ReasoningDelta {delta.Text}",
        ModelEvent.ToolCallReady ready => $"ToolCallReady {ready.Call.CallId}",
        ModelEvent.Completed completed => $"Completed {completed.StopReason}",
        _ => "?",
    };

    private static ModelRequest Request(string variant, params ModelMessage[] messages) => new(
        ConversationKind.Agent, new ProfileCatalog().Get("coder"), variant, "sample", "", messages, [], Positions.After(messages));

    private void Put(string turns) => _folder.Write("mine.json", $$"""{"name":"mine","turns":[{{turns}}]}""");

    private ScriptedModelClient Client() =>
        new(new ScenarioCatalog(Options.Create(new ScenarioOptions { Folder = _folder.Path })), TimeProvider.System);

    private async Task<List<ModelEvent>> PlayVariantAsync(string variant, params ModelMessage[] messages) =>
        await Client().StreamAsync(Request(variant, messages), CancellationToken.None).ToListAsync();

    private Task<List<ModelEvent>> PlayAsync(params ModelMessage[] messages) => PlayVariantAsync("mine", messages);

    private async Task<string> TextAsync(params ModelMessage[] messages) => TextOf(await PlayAsync(messages));
}
