using System.Text;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Tests.TestSupport;
using FsCheck;
using FsCheck.Fluent;

namespace Autocoder.Tests.Conversations;

/// <summary>P2: what a viewer shows of a growing text is always a beginning of the whole text, however often it reconnects.</summary>
public sealed class OpenTextPropertyTests
{
    private const int Viewers = 3;

    private static readonly string[] Pieces =
        ["", "a", "Hello ", "\n\n", "é", "😀", "👩‍👩‍👧", "```\ncode", "\u202e\u0000", new string('z', 300)];

    [Fact]
    public void A_viewer_shows_a_beginning_of_the_text_and_in_the_end_all_of_it() => Prop
        .ForAll(Steps(), steps => RunAsync(steps, new MemoryConversationStore()).GetAwaiter().GetResult())
        .Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    [Fact]
    public async Task The_same_holds_on_a_real_database()
    {
        await using var database = await TempDatabase.CreateAsync();
        Prop.ForAll(Steps(), steps => RunAsync(steps, database.Store).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    private static Arbitrary<Step[]> Steps()
    {
        var step = from kind in Gen.Frequency((6, Gen.Constant(0)), (4, Gen.Choose(1, 3)), (2, Gen.Constant(4)))
                   from a in Gen.Choose(0, 255)
                   select new Step(kind, a);
        return step.ArrayOf().ToArbitrary();
    }

    private static async Task RunAsync(Step[] steps, IConversationStore store)
    {
        await using var harness = await LogHarness.StartAsync(store, new RingLimits(8, 4_000), new ManualClock());
        var world = new World(harness);
        await world.StartAsync();
        foreach (var step in steps)
        {
            await world.DoAsync(step);
        }

        await world.FinishAsync();
    }

    private sealed record Step(int Kind, int A);

    private sealed class World(LogHarness harness)
    {
        private readonly Guid _id = Guid.CreateVersion7();
        private readonly Guid _runId = Guid.CreateVersion7();
        private readonly Viewer[] _viewers = [new(), new(), new()];
        private readonly Dictionary<Guid, StringBuilder> _written = [];
        private Guid? _open;

        public async Task StartAsync()
        {
            var promptId = Guid.CreateVersion7();
            await AppendAsync(null, new ConversationCreated(Guid.CreateVersion7(), ConversationKind.Agent, "P2"), new PromptAdmitted(promptId, "go", []));
            await AppendAsync(_runId, new RunStarted(_runId, promptId, "coder", 1, "scripted", null), new PromptDelivered(promptId));
        }

        public async Task DoAsync(Step step)
        {
            var viewer = step.A % Viewers;
            switch (step.Kind)
            {
                case 0:
                    await WriteAsync(Pieces[step.A % Pieces.Length]);
                    break;
                case 1:
                    await _viewers[viewer].PullAsync(harness.Log, _id, 1 + (step.A % 4));
                    break;
                case 2:
                    // The connection was lost, the page lived on: it keeps its text and its cursor, and forgets the offsets.
                    _viewers[viewer].Reconnect();
                    break;
                case 3:
                    // The page was reloaded.
                    _viewers[viewer] = new Viewer();
                    break;
                default:
                    await CompleteAsync();
                    break;
            }

            Array.ForEach(_viewers, CheckBeginnings);
        }

        public async Task FinishAsync()
        {
            await CompleteAsync();
            foreach (var viewer in _viewers)
            {
                while (await viewer.PullAsync(harness.Log, _id, 3))
                {
                    CheckBeginnings(viewer);
                }

                Assert.Equal(_written.Count, viewer.Texts.Count);
                Assert.All(viewer.Texts, item => Assert.Equal(_written[item.ItemId].ToString(), item.Text.ToString()));
            }
        }

        private async Task WriteAsync(string piece)
        {
            if (_open is not { } item)
            {
                _open = item = Guid.CreateVersion7();
                _written[item] = new StringBuilder();
                await AppendAsync(_runId, new TextStarted(item));
            }

            await harness.Writer.AppendTextAsync(_id, _runId, item, piece, CancellationToken.None);
            _written[item].Append(piece);
        }

        private async Task CompleteAsync()
        {
            if (_open is { } item)
            {
                _open = null;
                await AppendAsync(_runId, new TextCompleted(item, _written[item].ToString()));
            }
        }

        private void CheckBeginnings(Viewer viewer) => Assert.All(
            viewer.Texts, item => Assert.StartsWith(item.Text.ToString(), _written[item.ItemId].ToString(), StringComparison.Ordinal));

        private Task AppendAsync(Guid? runId, params ConversationEvent[] events) =>
            harness.Writer.AppendAsync(_id, _ => [.. events.Select(next => new NewEvent(next, runId))], CancellationToken.None);
    }

    private sealed class Viewer
    {
        private readonly Transcript _transcript = new();
        private LogPosition _position = new();

        public IReadOnlyList<TextItem> Texts => [.. _transcript.Items.OfType<TextItem>()];

        public void Reconnect() => _position = LogPosition.At(_position.Cursor);

        public async Task<bool> PullAsync(IConversationLog log, Guid id, int limit)
        {
            var pull = await log.PullAsync(id, _position, limit, CancellationToken.None);
            foreach (var envelope in pull.Events)
            {
                _transcript.Apply(envelope);
            }

            foreach (var slice in pull.OpenTexts)
            {
                Assert.False(char.IsHighSurrogate(slice.Text[^1]), "A slice ends in the middle of a pair.");
                Assert.True(Texts.Single(item => item.ItemId == slice.ItemId).IsOpen, "A slice came for a text that is complete.");
                _transcript.Apply(slice);
            }

            _position.Advance(pull);
            return pull.HasMore;
        }
    }
}
