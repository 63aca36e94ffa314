using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Engines;
using Autocoder.Core.Engines.Models;
using Autocoder.Core.Runs.Context;

namespace Autocoder.Tests.Runs.Context;

/// <summary>When and how room is made. A window of 8,000: masked from 4,000 tokens, summarised from 6,000; tail 1,000, newest output 2,000.</summary>
public sealed class ContextKeeperTests
{
    private const int Window = 8_000;

    private readonly ContextBench _bench = new();
    private readonly FakeSummarizer _summarizer = new(Window);

    [Fact]
    public async Task Nothing_is_changed_while_there_is_room()
    {
        _bench.Prompt("Go").Step(Tokens(3_000)).EndRun().Prompt("On");

        var call = await PrepareAsync();

        Assert.Equal(3, call!.Messages.Count);
        Assert.Empty(_bench.Events<CompactionStarted>());
    }

    [Fact]
    public async Task Without_a_window_nothing_is_ever_changed()
    {
        _bench.Prompt("Go").Step(Tokens(900_000)).EndRun().Prompt("On");

        Assert.NotNull(await _bench.PrepareAsync(new FakeSummarizer(window: null)));
        Assert.Empty(_bench.Events<CompactionStarted>());
    }

    [Fact]
    public async Task Old_tool_output_is_masked_first_and_the_line_says_where_it_is()
    {
        _bench.Prompt("One").BeginStep();
        _bench.End(_bench.Call(), Tokens(1_500), blob: "b10b");
        _bench.EndStep().EndRun().Prompt("Two").Step("", "", null, Tokens(1_500)).EndRun().Prompt("Three").Step("", "", null, Tokens(1_500));

        var call = await PrepareAsync();

        var completed = Assert.Single(_bench.Events<CompactionCompleted>());
        Assert.Equal(CompactionMethod.Mask, completed.Method);
        Assert.Single(completed.Masked);
        var outputs = call!.Messages.SelectMany(message => message.Parts).OfType<ModelPart.ToolResult>().Select(result => result.Output).ToList();
        Assert.StartsWith("[Read call-1.cs: the output of 6,000 characters is no longer shown, and kept as blob b10b. Make the same call again", outputs[0], StringComparison.Ordinal);
        Assert.All(outputs.Skip(1), output => Assert.Equal(6_000, output.Length));
        Assert.Empty(_summarizer.Asked);
    }

    [Fact]
    public async Task What_a_person_answered_is_never_masked()
    {
        _bench.Prompt("One").BeginStep();
        var call = _bench.Call();
        var requestId = Guid.CreateVersion7();
        _bench.Append(new QuestionsAsked(requestId, call, []));
        _bench.Append(new QuestionsAnswered(requestId, []));
        _bench.End(call, Tokens(3_000));
        _bench.EndStep().EndRun().Prompt("Two").Step("", "", null, Tokens(2_500)).EndRun().Prompt("Three");

        await PrepareAsync();

        Assert.DoesNotContain(_bench.Events<CompactionCompleted>(), completed => completed.Masked.Count > 0);
    }

    [Fact]
    public async Task Old_messages_become_one_summary_with_the_persons_words_and_the_tail_begins_with_a_prompt()
    {
        _bench.Prompt("Build a shop").Step(Tokens(3_000)).EndRun().Prompt("Add a cart").Step(Tokens(3_000)).EndRun()
            .Prompt("Now pay").Step(Tokens(500)).EndRun().Prompt("On");

        var call = await PrepareAsync();

        var view = ContextBench.Show(call!.Messages);
        Assert.Equal(["User", "Assistant", "User"], call.Messages.Select(message => message.Role.ToString()));
        Assert.Contains("## Work state", view, StringComparison.Ordinal);
        Assert.Contains("> Build a shop", view, StringComparison.Ordinal);
        Assert.Contains("> Add a cart", view, StringComparison.Ordinal);
        Assert.Contains(" | Now pay\nAssistant:", view, StringComparison.Ordinal);
        Assert.Equal(new ConversationPosition(4, 0), call.Position);
        Assert.Contains("=== The person\nBuild a shop", Assert.Single(_summarizer.Asked), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_later_summary_takes_the_earlier_one_in_and_quotes_every_prompt_once()
    {
        await SummariseOnceAsync();
        _bench.Step(Tokens(6_200)).EndRun().Prompt("Last");

        var call = await PrepareAsync();

        var view = ContextBench.Show(call!.Messages);
        Assert.Contains("=== Earlier summary\n## Goal\nBuild it.", _summarizer.Asked[1], StringComparison.Ordinal);
        Assert.Equal([1, 2], _summarizer.Numbers);
        Assert.Equal(2, view.Split("> First").Length);
        Assert.Contains("> Second", view, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_train_of_thought_goes_as_a_whole_and_leaves_the_order_to_go_on()
    {
        _bench.Prompt("Build it");
        foreach (var _ in Enumerable.Range(0, 5))
        {
            _bench.Step("", "Thinking.", null, Tokens(1_300));
        }

        var call = await PrepareAsync();

        var note = Assert.IsType<ModelPart.Note>(Assert.Single(Assert.Single(call!.Messages).Parts));
        Assert.Contains("> Build it", note.Value, StringComparison.Ordinal);
        Assert.Equal(new ConversationPosition(1, 5), call.Position);
    }

    [Fact]
    public async Task Steps_without_thoughts_may_be_cut_between_two_of_them()
    {
        _bench.Prompt("Build it");
        foreach (var _ in Enumerable.Range(0, 10))
        {
            _bench.Step("", "", null, Tokens(650));
        }

        var call = await PrepareAsync();

        Assert.Single(call!.Messages.SelectMany(message => message.Parts).OfType<ModelPart.ToolResult>());
    }

    [Theory]
    [InlineData("I would rather not.", "end_turn", "The summary lacks: Goal, Requirements, Decisions, Work state, Next, Files, Open questions.")]
    [InlineData(FakeSummarizer.Good, "max_tokens", "The summary reached the model's length limit and was cut off.")]
    [InlineData(FakeSummarizer.Good, "refusal", "The model did not finish the summary (refusal).")]
    public async Task A_summary_that_cannot_be_used_changes_nothing_and_is_not_tried_again_in_this_run(string summary, string stop, string reason)
    {
        var summarizer = new FakeSummarizer(Window, _ => (summary, stop));
        LongConversation();

        var call = await _bench.PrepareAsync(summarizer);
        _bench.Step("One more.");
        await _bench.PrepareAsync(summarizer);

        Assert.Equal(5, call!.Messages.Count);
        var failed = Assert.Single(_bench.Events<CompactionFailed>());
        Assert.Equal(reason, failed.Reason);
        Assert.Equal(10, failed.Usage!.Total);
        Assert.Equal(10, _bench.State.Run!.Usage.Total);
    }

    [Fact]
    public async Task The_next_run_may_try_again()
    {
        LongConversation();
        await _bench.PrepareAsync(new FakeSummarizer(Window, "junk"));
        _bench.EndRun().Prompt("Again");

        Assert.NotNull(await PrepareAsync());
        Assert.Single(_bench.Events<CompactionCompleted>());
    }

    [Fact]
    public async Task A_summary_that_saves_less_than_a_tenth_has_failed()
    {
        LongConversation();

        await _bench.PrepareAsync(new FakeSummarizer(Window, FakeSummarizer.Good + Tokens(6_000)));

        Assert.Equal("The summary was not shorter than what it would have replaced.", Assert.Single(_bench.Events<CompactionFailed>()).Reason);
    }

    [Fact]
    public async Task A_summary_whose_own_call_is_too_long_is_asked_for_again_with_shorter_entries()
    {
        LongConversation();
        var summarizer = new FakeSummarizer(Window, record => record.Length > 14_000 ? FakeSummarizer.Overflow() : (FakeSummarizer.Good, "end_turn"));

        Assert.NotNull(await _bench.PrepareAsync(summarizer));

        Assert.Equal(CompactionMethod.HardReset, Assert.Single(_bench.Events<CompactionCompleted>()).Method);
        Assert.True(summarizer.Asked.Count is > 1 and <= 6);
        Assert.All(summarizer.Asked, record => Assert.Contains("=== The person\nFirst", record, StringComparison.Ordinal));
    }

    [Fact]
    public async Task If_no_summary_ever_fits_the_shortened_entries_stand_for_the_messages()
    {
        LongConversation();
        var summarizer = new FakeSummarizer(Window, _ => FakeSummarizer.Overflow());

        var call = await _bench.PrepareAsync(summarizer);

        Assert.Equal(6, summarizer.Asked.Count);
        Assert.Contains("=== The person\nFirst", ContextBench.Show(call!.Messages), StringComparison.Ordinal);
        Assert.True(call.Tokens < Window / 2);
    }

    [Fact]
    public async Task When_the_model_says_the_call_was_too_long_room_is_made_and_it_is_called_once_more()
    {
        _bench.Prompt("First").Step(Tokens(3_000)).EndRun().Prompt("Second").BeginStep().EndStep(stopReason: IContextSummarizer.ContextOverflow);

        Assert.NotNull(await PrepareAsync());
        Assert.Equal(CompactionReason.Overflow, Assert.Single(_bench.Events<CompactionStarted>()).Reason);

        _bench.BeginStep().EndStep(stopReason: IContextSummarizer.ContextOverflow);
        Assert.Null(await PrepareAsync());
        Assert.Single(_bench.Events<CompactionStarted>());
    }

    [Fact]
    public async Task A_prompt_that_alone_is_too_long_does_not_fit()
    {
        _bench.Prompt(Tokens(9_000));

        Assert.Null(await PrepareAsync());
        Assert.Empty(_bench.Events<CompactionStarted>());
    }

    [Fact]
    public async Task A_prompt_that_was_too_long_does_not_block_those_that_follow()
    {
        _bench.Prompt(Tokens(9_000)).EndRun(RunOutcome.ContextOverflow).Prompt("Shorter");

        var call = await PrepareAsync();

        Assert.True(call!.Tokens < Window / 2);
        Assert.EndsWith(" | Shorter", ContextBench.Show(call.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_model_counted_is_believed_and_only_what_is_new_is_estimated()
    {
        _bench.Prompt("First").Step("ok", usage: new TokenUsage(Input: 2_000, Output: 40, CacheRead: 3_000, CacheWrite: 60)).EndRun().Prompt(Tokens(100));

        var call = await PrepareAsync();

        Assert.Equal(5_204, call!.Tokens);
    }

    [Fact]
    public async Task A_person_may_have_room_made_early_and_take_it_back()
    {
        _bench.Prompt("First").Step(Tokens(1_500)).EndRun().Prompt("Second").Step("ok").EndRun();
        _bench.Append(new CompactionRequested("person"));
        _bench.Prompt("Third");

        var shorter = await PrepareAsync();
        var completed = Assert.Single(_bench.Events<CompactionCompleted>());
        await PrepareAsync();
        _bench.Append(new CompactionReverted(completed.CompactionId));
        var whole = await PrepareAsync();

        Assert.True(shorter!.Tokens < 1_000);
        Assert.Equal(CompactionReason.Person, Assert.Single(_bench.Events<CompactionStarted>()).Reason);
        Assert.True(whole!.Tokens > 1_500);
        Assert.Equal(5, whole.Messages.Count);
    }

    [Fact]
    public async Task A_wish_that_cannot_be_met_is_answered_in_words_and_only_once()
    {
        _bench.Append(new CompactionRequested("person"));
        _bench.Prompt("First");

        await _bench.PrepareAsync(new FakeSummarizer(window: null));
        await PrepareAsync();

        Assert.StartsWith("This engine sets no limit", Assert.Single(_bench.Events<CompactionFailed>()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_while_a_summary_is_made_leaves_the_conversation_as_it_was()
    {
        LongConversation();
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _bench.Keeper.PrepareAsync("", [], _summarizer, stop.Token));
        _bench.EndRun(RunOutcome.Stopped);

        Assert.Equal("The run was stopped.", Assert.Single(_bench.Events<CompactionFailed>()).Reason);
    }

    [Fact]
    public void In_a_small_window_every_number_is_a_part_of_it()
    {
        Assert.Equal(new ContextLimits(200_000, 20_000, 15_000, 40_000, 20_000, 100_000), ContextLimits.For(200_000, new ContextOptions()));
        Assert.Equal(new ContextLimits(8_000, 2_000, 1_000, 2_000, 1_000, 4_000), ContextLimits.For(8_000, new ContextOptions()));
    }

    private static string Tokens(int count) => new('x', count * 4);

    private Task<ContextCall?> PrepareAsync() => _bench.PrepareAsync(_summarizer);

    private void LongConversation() => _bench.Prompt("First").Step(Tokens(2_600)).Step(Tokens(2_600)).EndRun()
        .Prompt("Second").Step(Tokens(900)).EndRun().Prompt("Third");

    private async Task SummariseOnceAsync()
    {
        _bench.Prompt("First").Step(Tokens(6_200)).EndRun().Prompt("Second");
        await PrepareAsync();
        Assert.Single(_bench.Events<CompactionCompleted>());
    }
}
