using Autocoder.Core.Attachments;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Tests.Attachments;
using Autocoder.Tests.TestSupport.ScriptedAnthropic;
using Microsoft.Extensions.DependencyInjection;

namespace Autocoder.Tests.Engines.Anthropic;

/// <summary>The Messages API engine, through the real SDK, against the scripted model.</summary>
public sealed class AnthropicEngineTests
{
    // Questions and programs of Claude Code's are not among our tools; that they are asked for must end nothing.
    [Theory]
    [InlineData("plain-text", "Hello, I am the fake model.")]
    [InlineData("thinking", "Hello after thinking.")]
    [InlineData("conversation", "Reply to: Say something.")]
    [InlineData("tool-read", null)]
    [InlineData("tool-error", "The file does not exist.")]
    [InlineData("parallel-tools", "Three calls at once.|All three are back.")]
    [InlineData("sub-agent", null)]
    [InlineData("ask-user-question", null)]
    [InlineData("tool-write-spec", null)]
    [InlineData("overload-then-success", "Made it after the overload.")]
    [InlineData("mid-stream-drop", "one two three four five")]
    [InlineData("malformed-sse", "one two three four five")]
    [InlineData("sse-overloaded", "one two three four five")]
    public async Task A_scenario_is_played_to_its_end(string scenario, string? answers)
    {
        await using var bench = await AnthropicBench.StartAsync(scenario);

        var transcript = await bench.AskAsync("Say something.");

        Assert.Equal(RunOutcome.Completed, AnthropicBench.End(transcript).Outcome);
        Assert.Equal(answers ?? string.Join('|', AnthropicBench.Answers(transcript)), string.Join('|', AnthropicBench.Answers(transcript)));
        Assert.DoesNotContain(transcript.Items.OfType<TextItem>(), item => item.Partial || item.IsWithdrawn);
    }

    [Theory]
    [InlineData("overload-forever", "overloaded", 3)]
    [InlineData("server-error-forever", "model_server_error", 3)]
    [InlineData("mid-stream-drop-forever", "model_stream_cut", 3)]
    [InlineData("bad-key", "key_rejected", 1)]
    public async Task What_does_not_pass_ends_the_run_in_words(string scenario, string code, int calls)
    {
        await using var bench = await AnthropicBench.StartAsync(scenario, ("MaxRetries", "2"));

        var transcript = await bench.AskAsync("Say something.");

        var error = AnthropicBench.End(transcript).Error;
        Assert.Equal(RunOutcome.Failed, AnthropicBench.End(transcript).Outcome);
        Assert.Equal(code, error!.Code);
        Assert.EndsWith(".", error.Message);
        Assert.Equal(calls, bench.Server.Calls.Count);
        Assert.Equal(calls - 1, transcript.Items.OfType<RetryItem>().Count());
    }

    [Fact]
    public async Task Five_thousand_deltas_are_shown_to_the_letter()
    {
        await using var bench = await AnthropicBench.StartAsync("long-reply");

        var transcript = await bench.AskAsync("Say much.");

        Assert.Equal(string.Concat(Enumerable.Range(0, 5000).Select(number => $"word{number} ")), Assert.Single(AnthropicBench.Answers(transcript)));
    }

    [Fact]
    public async Task A_retry_waits_as_long_as_the_server_asks()
    {
        await using var bench = await AnthropicBench.StartAsync("rate-limit");

        await bench.AskAsync("Say something.");

        var retry = Assert.Single((await bench.Core.ReadAsync(bench.Session.ConversationId)).Select(envelope => envelope.Event).OfType<ModelCallRetried>());
        Assert.Equal(("rate_limited", 2_000), (retry.Code, retry.DelayMs));
    }

    [Fact]
    public async Task A_server_that_asks_to_wait_too_long_is_not_waited_for()
    {
        await using var bench = await AnthropicBench.StartAsync(
            """{"fallback":{"fail":{"kind":"http","status":429,"headers":{"retry-after":"3600"}}}}""");

        var transcript = await bench.AskAsync("Say something.");

        Assert.Equal("rate_limited", AnthropicBench.End(transcript).Error!.Code);
        Assert.Single(bench.Server.Calls);
    }

    [Fact]
    public async Task When_the_repeat_says_something_else_what_was_shown_is_taken_back()
    {
        await using var bench = await AnthropicBench.StartAsync(
            """{"routes":[{"match":{"model":"first"},"turn":{"betweenDeltasMs":40,"fail":{"kind":"drop","afterDeltas":2},"blocks":[{"type":"text","chunks":["It is ","red ","and round."]}]}},{"match":{"model":"second"},"turn":{"blocks":[{"type":"text","chunks":["It is ","blue."]}]}}]}""",
            ("Model", "first"), ("MaxRetries", "0"), ("FallbackModels:0", "second"));

        // A cut connection says nothing about the model, so it is the run that fails; the next prompt finds the model well.
        var failed = await bench.AskAsync("Which?");
        Assert.Equal("model_stream_cut", AnthropicBench.End(failed).Error!.Code);
        Assert.True(Assert.Single(failed.Items.OfType<TextItem>()).Partial);

        bench.Server.Play("""{"turns":[{"blocks":[{"type":"text","text":"unused"}]}],"routes":[{"match":{"lastUserText":"again"},"turn":{"betweenDeltasMs":40,"fail":{"kind":"sse-error","type":"overloaded_error","afterDeltas":1,"times":1},"blocks":[{"type":"text","chunks":["{{model}} ","says so."]}]}}]}""");
        var transcript = await bench.AskAsync("again");

        Assert.Equal("second says so.", AnthropicBench.Answers(transcript)[^1]);
        var withdrawn = Assert.Single(transcript.Items.OfType<TextItem>(), item => item.IsWithdrawn);
        Assert.Equal("first ", withdrawn.Text.ToString());
        Assert.Contains(transcript.Items.OfType<NoticeItem>(), notice => notice.Text.Contains("second takes over", StringComparison.Ordinal));

        // It is not shown to the model as something it said.
        await bench.AskAsync("and then");
        Assert.DoesNotContain("first ", LastTexts(bench.Server, "assistant"));
    }

    [Fact]
    public async Task An_overloaded_model_rests_and_the_next_one_takes_over()
    {
        await using var bench = await AnthropicBench.StartAsync(
            """{"routes":[{"match":{"model":"busy"},"turn":{"fail":{"kind":"http","status":529}}}],"fallback":{"blocks":[{"type":"text","text":"from {{model}}","chunks":1}]}}""",
            ("Model", "busy"), ("MaxRetries", "1"), ("FallbackModels:0", "calm"));

        Assert.Equal("from calm", AnthropicBench.Answers(await bench.AskAsync("one"))[^1]);
        var calls = bench.Server.Calls.Count;
        await bench.AskAsync("two");

        Assert.Equal(calls + 1, bench.Server.Calls.Count);
    }

    [Fact]
    public async Task A_silent_stream_is_given_up_and_the_call_made_again()
    {
        await using var bench = await AnthropicBench.StartAsync(
            """{"turns":[{"fail":{"kind":"stall","afterDeltas":1,"times":1},"blocks":[{"type":"text","chunks":["one ","two"]}]}]}""", ("SilenceLimit", "00:00:00.4"));

        var transcript = await bench.AskAsync("Say something.");

        Assert.Equal(["one two"], AnthropicBench.Answers(transcript));
        Assert.Contains("said nothing", Assert.Single(transcript.Items.OfType<RetryItem>()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_closes_the_connection_at_once_and_keeps_what_was_said()
    {
        await using var bench = await AnthropicBench.StartAsync("slow-reply");
        await bench.SendAsync("Count.");
        await bench.Core.WaitAsync(bench.Session.ConversationId, transcript => transcript.Items.OfType<TextItem>().Any(item => item.Length > 10));

        await bench.Session.StopAllAsync(CancellationToken.None);

        var transcript = await bench.Core.WaitAsync(bench.Session.ConversationId, each => each.Items.OfType<RunEndedItem>().Any());
        Assert.Equal(RunOutcome.Stopped, AnthropicBench.End(transcript).Outcome);
        Assert.StartsWith("tick0 tick1 ", Assert.Single(transcript.Items.OfType<TextItem>()).Text.ToString());
    }

    [Fact]
    public async Task Ten_runs_that_hear_nothing_are_stopped_together()
    {
        await using var bench = await AnthropicBench.StartAsync("""{"fallback":{"beforeHeadersMs":600000,"blocks":[]}}""");
        var sessions = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => bench.Core.OpenAgentAsync("anthropic")));
        foreach (var session in sessions)
        {
            await session.SendAsync(Guid.CreateVersion7(), "Say something.", [], CancellationToken.None);
            await bench.Core.WaitAsync(session.ConversationId, transcript => transcript.Running is not null);
        }

        await Task.WhenAll(sessions.Select(session => session.StopAllAsync(CancellationToken.None)));

        Assert.All(sessions, session => Assert.Null(session.GetAsync(CancellationToken.None).GetAwaiter().GetResult().State.Run));
    }

    [Fact]
    public async Task Tools_are_called_side_by_side_and_their_results_given_back_together()
    {
        await using var bench = await AnthropicBench.StartAsync(
            """{"turns":[{"blocks":[{"type":"text","text":"I look."},{"type":"tool_use","id":"a","name":"Read","input":{"path":"one.txt"}},{"type":"tool_use","id":"b","name":"Read","input":{"path":"two.txt"}}]},{"blocks":[{"type":"text","text":"Seen: {{toolResult}}","chunks":2}]}]}""");
        File.WriteAllText(Path.Combine(bench.Core.ProjectFolder, "one.txt"), "first\n");
        File.WriteAllText(Path.Combine(bench.Core.ProjectFolder, "two.txt"), "second\n");

        var transcript = await bench.AskAsync("Look.");

        Assert.Equal(2, transcript.Items.OfType<ToolCallItem>().Count(call => call.Status is ToolCallStatus.Completed));
        var results = bench.Server.Calls[1].Body["messages"]!.AsArray()[^1]!["content"]!.AsArray();
        Assert.Equal(["a", "b"], results.Select(result => (string?)result!["tool_use_id"]));
        Assert.Contains("first", AnthropicBench.Answers(transcript)[^1], StringComparison.Ordinal);
        Assert.Contains("second", AnthropicBench.Answers(transcript)[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_thought_is_given_back_with_its_signature()
    {
        await using var bench = await AnthropicBench.StartAsync(
            """{"turns":[{"blocks":[{"type":"thinking","text":"Hm, a file.","chunks":2,"signature":"c2ln"},{"type":"tool_use","id":"a","name":"Read","input":{"path":"no.txt"}}]}]}""", ("Thinking", "true"));

        var transcript = await bench.AskAsync("Look.");

        Assert.Equal("Hm, a file.", Assert.Single(transcript.Items.OfType<TextItem>(), item => item.IsReasoning).Text.ToString());
        var thought = bench.Server.Calls[1].Body["messages"]![1]!["content"]![0]!;
        Assert.Equal(("thinking", "Hm, a file.", "c2ln"), ((string?)thought["type"], (string?)thought["thinking"], (string?)thought["signature"]));
        Assert.Equal("adaptive", (string?)bench.Server.Calls[0].Body["thinking"]!["type"]);
    }

    [Fact]
    public async Task Pictures_and_text_files_go_with_the_message()
    {
        await using var bench = await AnthropicBench.StartAsync("plain-text");
        var intake = bench.Core.Services.GetRequiredService<AttachmentIntake>();
        var picture = (await intake.AcceptAsync("a.png", new MemoryStream(TestImage.Png(8, 8)), [], CancellationToken.None)).Accepted!;
        var text = (await intake.AcceptAsync("b.txt", new MemoryStream("hello there"u8.ToArray()), [picture], CancellationToken.None)).Accepted!;

        await bench.AskAsync("What is this?", picture, text);

        var blocks = bench.Server.Calls[0].Body["messages"]![0]!["content"]!.AsArray();
        var image = blocks.Single(block => (string?)block!["type"] == "image")!["source"]!;
        Assert.Equal(("image/png", Convert.ToBase64String(TestImage.Png(8, 8))), ((string?)image["media_type"], (string?)image["data"]));
        Assert.Equal("hello there", (string?)blocks.Single(block => (string?)block!["type"] == "document")!["source"]!["data"]);
    }

    [Fact]
    public async Task A_picture_that_was_read_goes_with_the_result_and_is_shown_on_the_card()
    {
        await using var bench = await AnthropicBench.StartAsync(
            """{"turns":[{"blocks":[{"type":"tool_use","id":"a","name":"Read","input":{"path":"shot.png"}}]},{"blocks":[{"type":"text","text":"I see it."}]}]}""");
        await File.WriteAllBytesAsync(Path.Combine(bench.Core.ProjectFolder, "shot.png"), TestImage.Png(8, 8));

        var transcript = await bench.AskAsync("Look at shot.png.");

        var content = bench.Server.Calls[1].Body["messages"]!.AsArray()[^1]!["content"]![0]!["content"]!.AsArray();
        Assert.StartsWith("[A picture: image/png, 8 × 8 pixels", (string?)content[0]!["text"], StringComparison.Ordinal);
        Assert.Equal(Convert.ToBase64String(TestImage.Png(8, 8)), (string?)content[1]!["source"]!["data"]);
        Assert.Equal("shot.png", transcript.Items.OfType<ToolCallItem>().Single().Picture!.Name);
    }

    [Fact]
    public async Task The_key_is_sent_and_kept_nowhere()
    {
        await using var bench = await AnthropicBench.StartAsync("bad-key");

        var transcript = await bench.AskAsync("Say something.");

        Assert.Equal(AnthropicBench.Key, bench.Server.Calls[0].Key);
        Assert.DoesNotContain(AnthropicBench.Key, await bench.StoredAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(AnthropicBench.Key, AnthropicBench.End(transcript).Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_is_chosen_by_the_name_of_the_engine_and_extra_headers_go_out()
    {
        await using var bench = await AnthropicBench.StartAsync("conversation", ("Headers:x-team", "blue"));
        var session = await bench.Core.OpenAgentAsync("anthropic:some-local-model");

        await session.SendAsync(Guid.CreateVersion7(), "Hello", [], CancellationToken.None);
        await bench.Core.WaitAsync(session.ConversationId, transcript => transcript.LastRun is not null);

        Assert.Equal("some-local-model", (string?)bench.Server.Calls[0].Body["model"]);
        Assert.Equal("blue", bench.Server.Calls[0].Headers["x-team"]);
    }

    [Fact]
    public async Task A_refusal_ends_the_run_as_one()
    {
        await using var bench = await AnthropicBench.StartAsync("""{"turns":[{"stopReason":"refusal","blocks":[{"type":"text","text":"I will not."}]}]}""");

        Assert.Equal(RunOutcome.Refused, AnthropicBench.End(await bench.AskAsync("Do it.")).Outcome);
    }

    [Fact]
    public async Task Events_and_blocks_nobody_knows_are_passed_over()
    {
        await using var bench = await AnthropicBench.StartAsync(
            """{"turns":[{"blocks":[{"type":"hologram","data":"x"},{"type":"text","text":"Here I am."}]}]}""");

        Assert.Equal(["Here I am."], AnthropicBench.Answers(await bench.AskAsync("Hello")));
    }

    private static string LastTexts(ScriptedServer server, string role) => string.Join(
        '\n', server.Calls[^1].Body["messages"]!.AsArray().Where(message => (string?)message!["role"] == role).Select(message => message!["content"]!.ToJsonString()));
}
