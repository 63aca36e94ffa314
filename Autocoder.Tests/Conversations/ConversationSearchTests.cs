using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Persistence.Conversations;
using Autocoder.Tests.TestSupport;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;

namespace Autocoder.Tests.Conversations;

/// <summary>The search over all conversations, on a real index.</summary>
public sealed class ConversationSearchTests : IAsyncLifetime
{
    private static readonly Guid Home = Guid.CreateVersion7();
    private TempDatabase _database = null!;
    private LogHarness _harness = null!;

    public async Task InitializeAsync()
    {
        _database = await TempDatabase.CreateAsync();
        _harness = await LogHarness.StartAsync(_database.Store);
    }

    public async Task DisposeAsync()
    {
        await _harness.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Titles_messages_answers_and_questions_are_found_and_say_where()
    {
        var id = await BeginAsync("The walrus plan", "Where is the marmot kept?", "The ocelot lives in src/Zoo.cs.");

        Assert.Equal(id, Assert.Single(await FindAsync("walrus")).Conversation.Id);
        Assert.Equal(id, Assert.Single(await FindAsync("marmot")).Conversation.Id);
        var hit = Assert.Single(await FindAsync("ocelot"));
        var passage = Assert.Single(hit.Passages);
        var stored = Assert.Single(await _database.Store.ReadAsync(id, passage.Sequence - 1, passage.Sequence, 1, CancellationToken.None));
        Assert.IsType<TextCompleted>(stored.Event);
        Assert.Equal("ocelot", Assert.Single(passage.Parts, part => part.IsMatch).Text);
        Assert.Equal("The ocelot lives in src/Zoo.cs.", string.Concat(passage.Parts.Select(part => part.Text)));
    }

    [Theory]
    [InlineData("ocel")]
    [InlineData("OCELOT")]
    [InlineData("cafe ocel")]
    [InlineData("\"the ocelot\"")]
    [InlineData("src/Zoo.cs")]
    [InlineData("\"ocelot")]
    public async Task Words_are_found_unfinished_without_accents_and_in_any_order(string words)
    {
        await BeginAsync("Title", "Prompt", "The ocelot of the café lives in src/Zoo.cs.");

        Assert.Single(await FindAsync(words));
    }

    [Theory]
    [InlineData("\"ocelot the\"")]
    [InlineData("ocelot walrus")]
    [InlineData("celot")]
    public async Task What_is_not_said_is_not_found(string words)
    {
        await BeginAsync("Title", "walrus", "The ocelot of the café.");

        Assert.Empty(await FindAsync(words));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  \" - * ( ")]
    public async Task Nothing_is_searched_for_without_a_word(string words)
    {
        await BeginAsync("Title", "Prompt", "Answer");

        Assert.Empty(await FindAsync(words));
    }

    [Fact]
    public async Task A_changed_title_and_a_withdrawn_prompt_are_found_no_more()
    {
        var id = await BeginAsync("walrus", "Prompt", "Answer");
        var waiting = Guid.CreateVersion7();
        await AppendAsync(id, new ConversationRenamed("marmot"), new PromptAdmitted(waiting, "lemming", []));
        Assert.Empty(await FindAsync("walrus"));
        Assert.Single(await FindAsync("marmot"));

        await AppendAsync(id, new PromptEdited(waiting, "beaver"));
        Assert.Empty(await FindAsync("lemming"));
        Assert.Single(await FindAsync("beaver"));

        await AppendAsync(id, new PromptWithdrawn(waiting));
        Assert.Empty(await FindAsync("beaver"));
    }

    [Fact]
    public async Task The_trash_sub_agents_and_deleted_conversations_are_left_out()
    {
        var trashed = await BeginAsync("walrus", "Prompt", "Answer");
        await AppendAsync(trashed, new ConversationTrashed());
        var child = Guid.CreateVersion7();
        await AppendAsync(child, new ConversationCreated(Home, ConversationKind.Agent, "walrus", ParentId: trashed));
        var deleted = await BeginAsync("walrus", "Prompt", "Answer");
        await AppendAsync(deleted, new ConversationDeleted());

        Assert.Empty(await FindAsync("walrus"));

        await AppendAsync(trashed, new ConversationRestored());
        Assert.Equal(trashed, Assert.Single(await FindAsync("walrus")).Conversation.Id);
    }

    [Fact]
    public async Task One_project_can_be_searched_alone()
    {
        await BeginAsync("walrus", "Prompt", "Answer");

        var search = new EfConversationSearch(_database.Database);
        Assert.Single(await search.SearchAsync(Home, "walrus", CancellationToken.None));
        Assert.Empty(await search.SearchAsync(Guid.NewGuid(), "walrus", CancellationToken.None));
    }

    [Fact]
    public async Task What_is_pinned_or_archived_is_listed_so_and_the_index_can_be_made_anew()
    {
        var id = await BeginAsync("walrus", "Prompt", "ocelot");
        await AppendAsync(id, new ConversationPinChanged(true), new ConversationArchiveChanged(true));
        await new ProjectionRebuild(_database.Database).RunAsync(CancellationToken.None);

        var found = Assert.Single(await FindAsync("ocelot")).Conversation;
        Assert.True(found is { IsPinned: true, IsArchived: true });
        Assert.Single(await FindAsync("walrus"));
    }

    [Fact]
    public void Whatever_is_typed_can_be_searched_for() => Prop.ForAll<string>(words =>
    {
        var query = SearchQuery.Of(words ?? "");
        return query is null || _database.Database.ReadAsync(
            async (context, token) => await context.Database.SqlQuery<int>(
                $"SELECT count(*) AS Value FROM search_texts WHERE search_texts MATCH {query}").SingleAsync(token) >= 0,
            CancellationToken.None).GetAwaiter().GetResult();
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private Task<IReadOnlyList<ConversationHit>> FindAsync(string words) =>
        new EfConversationSearch(_database.Database).SearchAsync(null, words, CancellationToken.None);

    private async Task<Guid> BeginAsync(string title, string prompt, string answer)
    {
        var (id, promptId, runId, item) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await AppendAsync(id, new ConversationCreated(Home, ConversationKind.Assistant, title), new PromptAdmitted(promptId, prompt, []));
        await _harness.Writer.AppendAsync(
            id,
            _ =>
            [
                new NewEvent(new RunStarted(runId, promptId, "assistant", 1, "fake"), runId),
                new NewEvent(new PromptDelivered(promptId), runId),
                new NewEvent(new TextStarted(item), runId),
                new NewEvent(new TextCompleted(item, answer), runId),
                new NewEvent(new RunEnded(RunOutcome.Completed, TokenUsage.None, 0, 0, 0), runId),
            ],
            CancellationToken.None);
        return id;
    }

    private Task AppendAsync(Guid id, params ConversationEvent[] events) =>
        _harness.Writer.AppendAsync(id, _ => [.. events.Select(next => new NewEvent(next))], CancellationToken.None);
}
