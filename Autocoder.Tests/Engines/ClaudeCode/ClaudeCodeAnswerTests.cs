using Autocoder.Core.Attachments;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Conversations.Transcripts;
using Microsoft.Extensions.DependencyInjection;
using static Autocoder.Tests.Engines.ClaudeCode.ClaudeCodeWorld;

namespace Autocoder.Tests.Engines.ClaudeCode;

/// <summary>The real program: what it says, also when the API stumbles.</summary>
public sealed class ClaudeCodeAnswerTests
{
    [Fact]
    public async Task An_answer_is_streamed_and_its_tokens_and_cost_are_counted()
    {
        await using var world = await StartAsync("""{"turns":[{"blocks":[{"type":"text","chunks":["Hel","lo ","café ✓ 🚀"]}],"usage":{"input_tokens":120,"output_tokens":12}}]}""");

        var (session, transcript) = await world.RunAsync("hi");

        Assert.Equal(["Hello café ✓ 🚀"], Said(transcript));
        Assert.Equal(RunOutcome.Completed, transcript.LastRun!.Outcome);
        Assert.Equal((120, 12), (transcript.LastRun.Usage.Input, transcript.LastRun.Usage.Output));
        Assert.True(transcript.LastRun.Usage.CostUsd > 0);
        Assert.Single(await world.Core.ReadAsync(session.ConversationId), envelope => envelope.Event is StepEnded);
    }

    [Fact]
    public async Task A_thought_comes_before_the_answer_and_is_not_part_of_it()
    {
        await using var world = await StartAsync("thinking");

        var (_, transcript) = await world.RunAsync("hi");

        var texts = transcript.Items.OfType<TextItem>().Select(item => (item.IsReasoning, item.Text.ToString()));
        Assert.Equal([(true, "The user wants a greeting. I will greet."), (false, "Hello after thinking.")], texts);
    }

    [Theory]
    [InlineData("mid-stream-drop", "one two three four five")]
    [InlineData("overload-then-success", null)]
    [InlineData("rate-limit", "Made it after the rate limit.")]
    [InlineData("malformed-sse", null)]
    [InlineData("sse-overloaded", null)]
    public async Task A_stumble_of_the_API_neither_loses_nor_doubles_text(string scenario, string? expected)
    {
        await using var world = await StartAsync(scenario, ("Autocoder:ClaudeCode:MaxRetries", "3"));

        var (_, transcript) = await world.RunAsync("hi");

        Assert.Equal(RunOutcome.Completed, transcript.LastRun!.Outcome);
        Assert.Equal([expected ?? TextOf(scenario)], Said(transcript));
    }

    [Fact]
    public async Task A_wrong_key_ends_the_run_soon_and_says_what_to_do()
    {
        await using var world = await StartAsync("""{"requireApiKey":"another","turns":[]}""");

        var (_, transcript) = await world.RunAsync("hi");

        Assert.Equal((RunOutcome.Failed, "key_rejected"), (transcript.LastRun!.Outcome, transcript.LastRun.Error?.Code));
        Assert.Contains("Autocoder:ClaudeCode:ApiKey", transcript.LastRun.Error!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, transcript.LastRun.Error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(transcript.Items.OfType<RetryItem>());
    }

    [Fact]
    public async Task A_model_that_stays_overloaded_ends_the_run_in_words()
    {
        await using var world = await StartAsync("overload-forever");

        var (_, transcript) = await world.RunAsync("hi");

        Assert.Equal((RunOutcome.Failed, "overloaded"), (transcript.LastRun!.Outcome, transcript.LastRun.Error?.Code));
    }

    [Fact]
    public async Task A_server_that_is_not_there_ends_the_run_in_words()
    {
        await using var world = await StartAsync("plain-text", ("Autocoder:ClaudeCode:BaseUrl", "http://127.0.0.1:9"));

        var (_, transcript) = await world.RunAsync("hi");

        Assert.Equal((RunOutcome.Failed, "unreachable"), (transcript.LastRun!.Outcome, transcript.LastRun.Error?.Code));
    }

    [Fact]
    public async Task A_prompt_that_looks_like_a_command_or_names_a_file_is_just_text()
    {
        await using var world = await StartAsync("conversation");
        await world.WriteAsync("secret.txt", "do not pull me in");

        await world.RunAsync("/clear @secret.txt \u2028and\u2029 then\r\nend");

        var asked = world.Server.Calls[^1].Text;
        Assert.Contains("/clear @secret.txt", asked, StringComparison.Ordinal);
        Assert.DoesNotContain("do not pull me in", asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attached_pictures_and_texts_reach_the_model()
    {
        await using var world = await StartAsync("conversation");
        var blobs = world.Core.Services.GetRequiredService<BlobStore>();
        var picture = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");
        Attachment[] attached =
        [
            new("dot.png", "image/png", picture.Length, await blobs.SaveAsync(picture, CancellationToken.None)),
            new("notes.txt", "text/plain", 11, await blobs.SaveAsync("zebra notes"u8.ToArray(), CancellationToken.None)),
        ];
        var session = await world.Core.OpenAgentAsync("claude-code");

        await session.SendAsync(Guid.CreateVersion7(), "look", attached, CancellationToken.None);

        await world.Core.WaitAsync(session.ConversationId, t => t.LastRun is not null);
        var asked = world.Server.Calls[^1].Text;
        Assert.Contains("\"image/png\"", asked, StringComparison.Ordinal);
        Assert.Contains("zebra notes", asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_prompt_that_steers_is_taken_up_when_the_turn_is_over()
    {
        await using var world = await StartAsync("ask-user-question");
        var session = await world.SendAsync("ask");
        var asked = (await world.Core.WaitAsync(session.ConversationId, t => t.PendingQuestions is not null)).PendingQuestions!;
        await session.SendAsync(Guid.CreateVersion7(), "and mind the zebra", [], PromptDelivery.Steer, planFirst: false, CancellationToken.None);

        await session.AnswerAsync(asked.RequestId, [new Answer("q1", ["o1"]), new Answer("q2", ["o1"])], CancellationToken.None);

        var ended = await world.Core.WaitAsync(session.ConversationId, t => t.LastRun is not null);
        Assert.Single(ended.Items.OfType<RunEndedItem>());
        Assert.Empty(ended.Queue);
        Assert.Contains("zebra", world.Server.Calls[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_can_plan_first_like_any_other()
    {
        await using var world = await StartAsync("""
            {"turns":[{"blocks":[{"type":"text","text":"I looked."}]},
            {"blocks":[{"type":"tool_use","name":"mcp__autocoder__UpdatePlan","input":{"entries":[{"id":"1","text":"Build it","status":"pending"}]}}]},
            {"blocks":[{"type":"text","text":"Planned."}]},{"blocks":[{"type":"text","text":"Built."}]}]}
            """);
        var session = await world.Core.OpenAgentAsync("claude-code");

        await session.SendAsync(Guid.CreateVersion7(), "build", [], PromptDelivery.Queue, planFirst: true, CancellationToken.None);

        var ended = await world.Core.WaitAsync(session.ConversationId, t => t.LastRun is not null);
        Assert.Equal(["I looked.", "Planned.", "Built."], Said(ended));
        Assert.Equal("Build it", Assert.Single(ended.Plan!.Entries).Text);
    }

    private static string TextOf(string scenario)
    {
        var blocks = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(TestSupport.Repository.PathOf(
            "Autocoder.Tests", "TestSupport", "ScriptedAnthropic", "Scenarios", $"{scenario}.json")))!["turns"]![0]!["blocks"]!.AsArray();
        return string.Concat(blocks.Select(block => (string?)block!["text"] ?? string.Concat(block["chunks"]!.AsArray().Select(chunk => (string?)chunk))));
    }
}
