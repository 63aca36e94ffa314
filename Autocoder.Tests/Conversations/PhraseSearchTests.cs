using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Persistence.Conversations;
using Autocoder.Tests.TestSupport;
using FsCheck;
using FsCheck.Fluent;

namespace Autocoder.Tests.Conversations;

/// <summary>Finding a phrase in one conversation, on a real database.</summary>
public sealed class PhraseSearchTests : IAsyncLifetime
{
    private readonly Guid _id = Guid.CreateVersion7();
    private readonly Guid _runId = Guid.CreateVersion7();
    private TempDatabase _database = null!;
    private LogHarness _harness = null!;

    public async Task InitializeAsync()
    {
        _database = await TempDatabase.CreateAsync();
        _harness = await LogHarness.StartAsync(_database.Store);
        var prompt = Guid.CreateVersion7();
        await AppendAsync(
            runId: null, new ConversationCreated(Guid.CreateVersion7(), ConversationKind.Agent, "walrus"), new PromptAdmitted(prompt, "Where is the \"Ocelot\"?", []));
        await AppendAsync(_runId, new RunStarted(_runId, prompt, "coder", 1, "fake"), new PromptDelivered(prompt));
    }

    public async Task DisposeAsync()
    {
        await _harness.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task What_a_reader_sees_is_found_wherever_it_stands()
    {
        var (thought, text) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await AppendAsync(_runId, new ReasoningStarted(thought), new ReasoningCompleted(thought, "Perhaps in the attic."));
        await AppendAsync(
            _runId, new ToolCallRequested("c", "Grep", "Search “naïve”", Json("""{"pattern":"crème brûlée <b>"}"""), ToolEffect.ReadOnly),
            new ToolCallStarted("c"), new ToolCallEnded("c", ToolCallStatus.Completed, "src/Zoo.cs:12: ocelot", 3));
        await AppendAsync(_runId, new TextStarted(text), new TextCompleted(text, "Der Käfig ist in 100% der Fälle leer."));

        Assert.Equal(["ReasoningCompleted"], await KindsAsync("ATTIC"));
        Assert.Equal(["PromptAdmitted", "ToolCallEnded"], await KindsAsync("ocelot"));
        Assert.Equal(["PromptAdmitted"], await KindsAsync("\"Ocelot\"?"));
        Assert.Equal(["ToolCallRequested"], await KindsAsync("brûlée <b>"));
        Assert.Equal(["TextCompleted"], await KindsAsync("KÄFIG"));
        Assert.Equal(["TextCompleted"], await KindsAsync("100%"));
        Assert.Equal(["ToolCallEnded"], await KindsAsync("zoo.cs:12"));
    }

    [Theory]
    [InlineData("walrus")]
    [InlineData("toolCallId")]
    [InlineData("pattern")]
    [InlineData("%")]
    [InlineData("o_elot")]
    [InlineData("   ")]
    public async Task What_a_reader_does_not_see_is_not_found(string phrase)
    {
        await AppendAsync(
            _runId, new ToolCallRequested("c", "Grep", "Look", Json("""{"pattern":"x"}"""), ToolEffect.ReadOnly), new ToolCallStarted("c"));

        Assert.Empty(await FindAsync(phrase));
    }

    [Fact]
    public async Task A_row_is_found_once_and_the_oldest_comes_first()
    {
        for (var call = 0; call < 3; call++)
        {
            await AppendAsync(
                _runId, new ToolCallRequested($"c{call}", "Grep", "Search otter", Json("{}"), ToolEffect.ReadOnly),
                new ToolCallStarted($"c{call}"), new ToolCallEnded($"c{call}", ToolCallStatus.Completed, "otter", 1));
        }

        var found = await FindAsync("otter");

        Assert.Equal(3, found.Count);
        Assert.Distinct(found.Select(place => place.Key));
        Assert.Equal(found.OrderBy(place => place.Sequence), found);
    }

    [Fact]
    public async Task Other_conversations_are_not_searched() =>
        Assert.Empty(await new EfConversationSearch(_database.Database).FindInAsync(Guid.CreateVersion7(), "ocelot", CancellationToken.None));

    [Fact]
    public void Every_part_of_what_was_said_is_found() => Prop
        .ForAll<NonEmptyString, int, int>((said, start, length) =>
        {
            // A lone half of a surrogate pair is no text; it would not come back as it was.
            var text = string.Concat(said.Get.Where(letter => !char.IsSurrogate(letter)));
            var from = text.Length == 0 ? 0 : (start & 0x7fffffff) % text.Length;
            var phrase = text[from..Math.Min(text.Length, from + 1 + (length & 0xf))];
            return string.IsNullOrWhiteSpace(phrase) || IsFoundAsync(text, phrase).GetAwaiter().GetResult();
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private async Task<bool> IsFoundAsync(string text, string phrase)
    {
        var item = Guid.CreateVersion7();
        await AppendAsync(_runId, new TextStarted(item), new TextCompleted(item, text));
        return (await FindAsync(phrase)).Any(place => place.Key.EndsWith(item.ToString("N"), StringComparison.Ordinal));
    }

    private async Task<IEnumerable<string>> KindsAsync(string phrase)
    {
        var kinds = new List<string>();
        foreach (var place in await FindAsync(phrase))
        {
            var read = await _database.Store.ReadAsync(_id, place.Sequence - 1, place.Sequence, 1, CancellationToken.None);
            kinds.Add(read[0].Event.GetType().Name);
        }

        return kinds;
    }

    private Task<IReadOnlyList<TranscriptPlace>> FindAsync(string phrase) =>
        new EfConversationSearch(_database.Database).FindInAsync(_id, phrase, CancellationToken.None);

    private Task AppendAsync(Guid? runId, params ConversationEvent[] events) =>
        _harness.Writer.AppendAsync(_id, _ => [.. events.Select(next => new NewEvent(next, runId))], CancellationToken.None);

    private static JsonElement Json(string text)
    {
        using var parsed = JsonDocument.Parse(text);
        return parsed.RootElement.Clone();
    }
}
