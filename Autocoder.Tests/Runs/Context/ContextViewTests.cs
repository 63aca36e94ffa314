using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Engines;
using Autocoder.Core.Engines.Models;

namespace Autocoder.Tests.Runs.Context;

public sealed class ContextViewTests
{
    private readonly ContextBench _bench = new();

    [Fact]
    public async Task Calls_of_one_answer_stand_together_and_their_results_follow_in_the_order_of_the_calls()
    {
        _bench.Prompt("Look").Step("I look.", "Hm.", null, "first", "second").Step("Done.");

        Assert.Equal(
            """
            User: Look
            Assistant: (Hm.) | I look. | call call-1 | call call-2
            User: result call-1: first | result call-2: second
            Assistant: Done.
            """,
            await ShowAsync(), ignoreLineEndingDifferences: true);
    }

    [Theory]
    [InlineData(RunOutcome.Stopped, ToolEffect.SideEffect, "The run ended while this was running. It may have done a part")]
    [InlineData(RunOutcome.Interrupted, ToolEffect.SideEffect, "Autocoder was restarted while this was running. It may have done a part")]
    [InlineData(RunOutcome.Interrupted, ToolEffect.ReadOnly, "nothing was changed")]
    public async Task A_call_that_a_stop_or_a_crash_cut_off_says_so(RunOutcome outcome, ToolEffect effect, string words)
    {
        _bench.Prompt("Go").BeginStep("Working.");
        _bench.Call(effect: effect);
        _bench.EndRun(outcome).Prompt("Go on");

        var view = await _bench.ViewAsync();

        Assert.Contains(words, Assert.Single(view.SelectMany(message => message.Parts).OfType<ModelPart.ToolResult>()).Output, StringComparison.Ordinal);
        Assert.Equal("Go on", view[^1].Parts[^1] is ModelPart.Text text ? text.Value : "");
    }

    [Fact]
    public async Task A_call_without_an_end_has_a_result_that_says_so()
    {
        _bench.Prompt("Go").BeginStep();
        _bench.Call();

        Assert.EndsWith("User: failure call-1: [There is no result.]", await ShowAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_prompt_sent_into_a_run_stands_after_the_results_it_came_between()
    {
        _bench.Prompt("Go").BeginStep("Looking.");
        var call = _bench.Call();
        _bench.Prompt("Look at the tests too");
        _bench.End(call, "found");
        _bench.EndStep(stopReason: "tool_use");

        Assert.EndsWith("User: result call-1: found | Look at the tests too", await ShowAsync(), StringComparison.Ordinal);
        Assert.Equal(new ConversationPosition(2, 0), _bench.Keeper.Log.Position);
    }

    [Fact]
    public async Task Prompts_nobody_answered_are_one_message_and_still_two_prompts()
    {
        _bench.Prompt("First").EndRun(RunOutcome.Stopped).Prompt("Second");

        Assert.Equal("User: First | Second", await ShowAsync());
        Assert.Equal(new ConversationPosition(2, 0), _bench.Keeper.Log.Position);
    }

    [Fact]
    public async Task An_id_that_two_runs_have_used_is_shown_as_two()
    {
        foreach (var _ in Enumerable.Range(0, 2))
        {
            _bench.Prompt("Go").BeginStep();
            _bench.End(_bench.Call("same"), "out");
            _bench.EndStep().EndRun();
        }

        var ids = (await _bench.ViewAsync()).SelectMany(message => message.Parts).OfType<ModelPart.ToolResult>().Select(result => result.CallId);

        Assert.Equal(["same", "same~2"], ids);
    }

    [Fact]
    public async Task An_edited_prompt_is_shown_as_it_was_delivered()
    {
        var promptId = Guid.CreateVersion7();
        _bench.Append(new PromptAdmitted(promptId, "Before", []));
        _bench.Append(new PromptEdited(promptId, "After"));
        _bench.Append(new RunStarted(Guid.CreateVersion7(), promptId, "coder", 1, "scripted"));
        _bench.Append(new PromptDelivered(promptId));

        Assert.Equal("User: After", await ShowAsync());
    }

    // S18, S19, S20.
    [Fact]
    public async Task Notes_on_attachments_are_made_for_the_model_and_leave_the_persons_text_alone()
    {
        _bench.Prompt("Like this", new Attachment("a.png", "image/png", 9, "aa"), new Attachment("no\"te.txt", "text/plain", 1_234, "bb"));

        var message = Assert.Single(await _bench.ViewAsync());

        Assert.Equal("Like this", message.PlainText);
        Assert.Equal("Like this", _bench.Events<PromptAdmitted>().Single().Text);
        Assert.Equal(2, message.Parts.OfType<ModelPart.File>().Count());
        var notes = message.Parts.OfType<ModelPart.Note>().Select(note => note.Value).ToList();
        Assert.Contains("already visible", notes[0], StringComparison.Ordinal);
        Assert.Contains("- \"no'te.txt\" → text/plain, 1,234 bytes, blob bb", notes[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_without_text_is_a_prompt_without_an_empty_text()
    {
        _bench.Prompt("", new Attachment("a.png", "image/png", 9, "aa"));

        var message = Assert.Single(await _bench.ViewAsync());

        Assert.True(message.IsPrompt);
        Assert.DoesNotContain(message.Parts, part => part is ModelPart.Text);
    }

    [Fact]
    public async Task A_thought_that_was_cut_off_is_not_shown()
    {
        _bench.Prompt("Go").BeginStep();
        _bench.Append(new ReasoningStarted(Guid.CreateVersion7()));
        _bench.EndRun(RunOutcome.Stopped);

        Assert.Equal("User: Go", await ShowAsync());
    }

    private async Task<string> ShowAsync() => ContextBench.Show(await _bench.ViewAsync());
}
