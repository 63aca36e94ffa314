using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Persistence.Conversations;
using Autocoder.Tests.TestSupport;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;

namespace Autocoder.Tests.Conversations;

/// <summary>P8: the projections are what the log says, whatever was appended, refused or lost to a failing disk.</summary>
public sealed class ProjectionPropertyTests
{
    [Fact]
    public async Task Rebuilding_the_projections_from_the_log_gives_the_stored_ones()
    {
        await using var database = await TempDatabase.CreateAsync();
        Prop.ForAll(Histories(), history => RunAsync(history, database).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(150));
    }

    [Fact]
    public async Task The_state_loaded_from_the_database_is_the_fold_of_the_whole_log()
    {
        await using var database = await TempDatabase.CreateAsync(snapshotInterval: 7);
        Prop.ForAll(Histories(), history => CompareStateAsync(history, database).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(100));
    }

    private static Arbitrary<int[]> Histories() => Gen.Choose(0, 10_000).ArrayOf().ToArbitrary();

    private static async Task RunAsync(int[] history, TempDatabase database)
    {
        var store = new FailingStore(database.Store);
        await using var harness = await LogHarness.StartAsync(store, clock: new ManualClock());
        await PlayAsync(history, harness, store);

        var stored = await DumpAsync(database);
        await new ProjectionRebuild(database.Database).RunAsync(CancellationToken.None);

        Assert.Equal(stored, await DumpAsync(database));
    }

    private static async Task CompareStateAsync(int[] history, TempDatabase database)
    {
        await using var harness = await LogHarness.StartAsync(database.Store, clock: new ManualClock());
        var id = await PlayAsync(history, harness, store: null);

        var loaded = await database.Store.LoadAsync(id, CancellationToken.None);
        var whole = await database.Store.ReadAsync(id, 0, long.MaxValue, int.MaxValue, CancellationToken.None);
        var folded = whole.Aggregate(ConversationState.Empty, (state, next) => state.Apply(next));

        Assert.Equal(Describe(folded), Describe(loaded!.Snapshot.State));
    }

    private static async Task<Guid> PlayAsync(int[] history, LogHarness harness, FailingStore? store)
    {
        var id = Guid.CreateVersion7();
        var player = new HistoryPlayer();
        foreach (var choice in (int[])[0, .. history])
        {
            if (store is not null)
            {
                store.FailNext = choice % 7 == 3;
            }

            try
            {
                await harness.Writer.AppendAsync(id, state => player.Next(state, choice), CancellationToken.None);
                if (player.Open is { } open && choice % 2 == 0)
                {
                    await harness.Writer.AppendTextAsync(id, open.RunId, open.ItemId, "text ", CancellationToken.None);
                }
            }
            catch (Exception exception) when (exception is IOException or IllegalEventException or ConversationNotFoundException)
            {
                // The disk failed or the rules refused: nothing of it may show.
            }
        }

        return id;
    }

    private static string Describe(ConversationState state) => JsonSerializer.Serialize(new
    {
        state.HeadSequence,
        state.Title,
        state.IsTrashed,
        state.IsPinned,
        state.IsArchived,
        state.DraftRevision,
        state.ApprovedVersion,
        state.Profile,
        state.Rules,
        Prompts = state.PromptIds.Order(),
        Queue = state.Queue,
        Run = state.Run is not { } run ? null : new
        {
            run.RunId,
            run.IsStopping,
            run.Steps,
            run.ToolCalls,
            run.PlanRevision,
            run.OpenStep,
            run.Usage,
            Texts = run.OpenTexts.OrderBy(open => open.Key),
            Calls = run.OpenToolCalls.OrderBy(call => call.Key),
            run.Phase,
            run.OpenCompaction,
            run.LastUsage,
            run.SubAgentUsage,
            Questions = run.OpenQuestions.Keys.Order(),
            Approvals = run.OpenApprovals.OrderBy(open => open.Key),
            Approved = run.ApprovedCalls.OrderBy(call => call.Key),
            Children = run.OpenSubAgents.OrderBy(open => open.Key),
            Known = run.CallIds.Order(),
            Files = run.ChangedFiles.Order(),
        },
    });

    private static Task<string> DumpAsync(TempDatabase database) => database.Database.ReadAsync(
        async (context, token) => JsonSerializer.Serialize(new
        {
            Conversations = await context.Set<ConversationRow>().OrderBy(row => row.Id).ToListAsync(token),
            Runs = await context.Set<RunRow>().OrderBy(row => row.Id).ToListAsync(token),
            Prompts = await context.Set<PromptRow>().OrderBy(row => row.Id).ToListAsync(token),
            Searched = await context.Database.SqlQuery<string>(
                $"SELECT e.ConversationId || ' ' || e.Sequence || ' ' || e.Key || ' ' || t.Text AS Value FROM search_entries e JOIN search_texts t ON t.rowid = e.Id ORDER BY 1").ToListAsync(token),
        }),
        CancellationToken.None);

    /// <summary>The real store on a disk that sometimes fails after the work was done and before it was committed.</summary>
    private sealed class FailingStore(IConversationStore inner) : IConversationStore
    {
        public bool FailNext { get; set; }

        public Task CommitAsync(Func<IConversationTransaction, CancellationToken, Task> work, CancellationToken cancellationToken) =>
            inner.CommitAsync(
                async (transaction, token) =>
                {
                    await work(transaction, token);
                    if (FailNext)
                    {
                        FailNext = false;
                        throw new IOException("The disk failed.");
                    }
                },
                cancellationToken);

        public Task<StoredConversation?> LoadAsync(Guid conversationId, CancellationToken cancellationToken) =>
            inner.LoadAsync(conversationId, cancellationToken);

        public Task<IReadOnlyList<EventEnvelope>> ReadAsync(
            Guid conversationId, long after, long through, int limit, CancellationToken cancellationToken) =>
            inner.ReadAsync(conversationId, after, through, limit, cancellationToken);

        public Task<StoredHead?> FindHeadAsync(Guid conversationId, CancellationToken cancellationToken) =>
            inner.FindHeadAsync(conversationId, cancellationToken);

        public Task<IReadOnlyList<EventEnvelope>> ReadAtAsync(
            Guid conversationId, IReadOnlyCollection<long> sequences, CancellationToken cancellationToken) =>
            inner.ReadAtAsync(conversationId, sequences, cancellationToken);

        public Task<IReadOnlyList<EventEnvelope>> ReadPromptsAsync(
            Guid conversationId, IReadOnlyCollection<Guid> promptIds, long before, CancellationToken cancellationToken) =>
            inner.ReadPromptsAsync(conversationId, promptIds, before, cancellationToken);

        public Task<IReadOnlyList<Guid>> ListUnfinishedAsync(CancellationToken cancellationToken) =>
            inner.ListUnfinishedAsync(cancellationToken);
    }
}
