using System.Diagnostics;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Core.Sessions;
using static Autocoder.Tests.Engines.ClaudeCode.ClaudeCodeWorld;

namespace Autocoder.Tests.Engines.ClaudeCode;

/// <summary>The real program as a process: what it is given, how it ends, and that its session outlives it.</summary>
public sealed class ClaudeCodeProcessTests
{
    [Fact]
    public async Task One_process_serves_a_conversation_and_writes_nothing_into_the_project()
    {
        await using var world = await StartAsync("conversation");
        var (session, _) = await world.RunAsync("first");
        var process = world.Live.Find(session.ConversationId)!.ProcessId;

        await world.RunAsync("second", session);

        Assert.Equal(process, world.Live.Find(session.ConversationId)!.ProcessId);
        Assert.Contains("first", world.Server.Calls[^1].Text, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(world.Folder));
    }

    [Fact]
    public async Task Its_environment_is_the_little_it_needs()
    {
        Environment.SetEnvironmentVariable("AUTOCODER_TEST_FOREIGN_SECRET", "somebody-elses");
        await using var world = await StartAsync("plain-text");
        var (session, _) = await world.RunAsync("hi");

        var environment = await File.ReadAllTextAsync($"/proc/{world.Live.Find(session.ConversationId)!.ProcessId}/environ");

        Assert.DoesNotContain("somebody-elses", environment, StringComparison.Ordinal);
        Assert.Contains($"ANTHROPIC_API_KEY={Key}\0", environment, StringComparison.Ordinal);
        Assert.DoesNotContain("ANTHROPIC_AUTH_TOKEN", environment, StringComparison.Ordinal);
        var command = await File.ReadAllTextAsync($"/proc/{world.Live.Find(session.ConversationId)!.ProcessId}/cmdline");
        Assert.DoesNotContain(Key, command, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_ends_the_run_soon_and_the_next_prompt_goes_on_with_the_session()
    {
        await using var world = await StartAsync("slow-reply");
        var session = await world.SendAsync("begin");
        var running = await world.Core.WaitAsync(session.ConversationId, t => Said(t).Any(text => text.Contains("tick3", StringComparison.Ordinal)));
        var process = world.Live.Find(session.ConversationId)!.ProcessId;
        var since = Stopwatch.StartNew();

        await session.StopAsync(running.Running!.RunId, CancellationToken.None);

        var ended = await world.Core.WaitAsync(session.ConversationId, t => t.LastRun is not null);
        Assert.True(since.Elapsed < TimeSpan.FromSeconds(3), $"It took {since.Elapsed}.");
        Assert.Equal(RunOutcome.Stopped, ended.LastRun!.Outcome);
        Assert.False(Directory.Exists($"/proc/{process}"), "The process is still there.");

        world.Play("conversation");
        await world.RunAsync("go on", session);
        Assert.Contains("begin", world.Server.Calls[^1].Text, StringComparison.Ordinal);
        Assert.Contains("tick3", world.Server.Calls[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_is_killed_ends_the_run_in_words_and_the_next_prompt_resumes()
    {
        await using var world = await StartAsync("slow-reply");
        var session = await world.SendAsync("begin");
        await world.Core.WaitAsync(session.ConversationId, t => Said(t).Any(text => text.Contains("tick3", StringComparison.Ordinal)));

        Process.GetProcessById(world.Live.Find(session.ConversationId)!.ProcessId).Kill();

        var ended = await world.Core.WaitAsync(session.ConversationId, t => t.LastRun is not null);
        Assert.Equal((RunOutcome.Failed, "engine_ended"), (ended.LastRun!.Outcome, ended.LastRun.Error?.Code));
        world.Play("conversation");
        var (_, again) = await world.RunAsync("go on", session);
        Assert.Equal(RunOutcome.Completed, again.LastRun!.Outcome);
        Assert.Contains("begin", world.Server.Calls[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restart_of_the_server_leaves_no_process_and_the_session_goes_on()
    {
        await using var world = await StartAsync("conversation");
        var (session, _) = await world.RunAsync("the first words");
        var process = world.Live.Find(session.ConversationId)!.ProcessId;

        await world.Core.StopAsync();
        Assert.False(Directory.Exists($"/proc/{process}"), "The process is still there.");
        await world.Core.StartAgainAsync();
        var again = await world.Core.Sessions.OpenAgentAsync(session.ConversationId, CancellationToken.None);
        var (_, transcript) = await world.RunAsync("and then", again);

        Assert.Equal(RunOutcome.Completed, transcript.LastRun!.Outcome);
        Assert.DoesNotContain(transcript.Items, item => item is NoticeItem { IsWarning: true });
        Assert.Contains("the first words", world.Server.Calls[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_that_is_gone_is_replaced_by_what_was_said_and_the_person_is_told()
    {
        await using var world = await StartAsync("conversation");
        var (session, _) = await world.RunAsync("remember the word zebra");
        await world.Core.StopAsync();
        Directory.Delete(Path.Combine(world.Core.DataFolder, "claude-code", "config", "projects"), recursive: true);
        await world.Core.StartAgainAsync();
        var again = await world.Core.Sessions.OpenAgentAsync(session.ConversationId, CancellationToken.None);

        var (_, transcript) = await world.RunAsync("which word?", again);

        Assert.Equal(RunOutcome.Completed, transcript.LastRun!.Outcome);
        Assert.Contains("zebra", world.Server.Calls[^1].Text, StringComparison.Ordinal);
        Assert.Single(transcript.Items.OfType<NoticeItem>(), notice => notice.IsWarning && notice.Text.Contains("no longer has its session", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_question_outlives_a_restart_and_its_answer_reaches_the_model()
    {
        await using var world = await StartAsync("ask-user-question");
        var session = await world.SendAsync("ask");
        var asked = (await world.Core.WaitAsync(session.ConversationId, t => t.PendingQuestions is not null)).PendingQuestions!;
        await world.Core.StopAsync();
        await world.Core.StartAgainAsync();
        world.Play("conversation");
        var again = await world.Core.Sessions.OpenAgentAsync(session.ConversationId, CancellationToken.None);

        await again.AnswerAsync(asked.RequestId, [new Answer("q1", ["o2"]), new Answer("q2", ["o2"])], CancellationToken.None);

        var ended = await world.Core.WaitAsync(session.ConversationId, t => t.LastRun is not null);
        Assert.Equal(RunOutcome.Completed, ended.LastRun!.Outcome);
        Assert.Contains("PostgreSQL", world.Server.Calls[^1].Body["messages"]!.AsArray()[^1]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_without_work_is_closed_and_its_session_resumed_on_demand()
    {
        await using var world = await StartAsync("conversation", ("Autocoder:ClaudeCode:IdleTimeout", "00:00:01"));
        var (session, _) = await world.RunAsync("the first words");
        var process = world.Live.Find(session.ConversationId)?.ProcessId ?? 0;

        using var exited = process == 0 ? null : Process.GetProcessById(process);
        await (exited?.WaitForExitAsync() ?? Task.CompletedTask).WaitAsync(TimeSpan.FromSeconds(10));

        var (_, transcript) = await world.RunAsync("more", session);
        Assert.Equal(RunOutcome.Completed, transcript.LastRun!.Outcome);
        Assert.Contains("the first words", world.Server.Calls[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_is_killed_while_a_call_waits_for_its_yes_fails_the_run_and_the_call_never_runs()
    {
        await using var world = await StartAsync(
            """{"turns":[{"blocks":[{"type":"tool_use","name":"mcp__autocoder__Write","input":{"path":"new.txt","content":"x"}}]},{"blocks":[{"type":"text","text":"done"}]}]}""");
        var session = await world.SendAsync("write");
        await world.Core.WaitAsync(session.ConversationId, t => t.PendingApprovals.Any());

        Process.GetProcessById(world.Live.Find(session.ConversationId)!.ProcessId).Kill();

        var ended = await world.Core.WaitAsync(session.ConversationId, t => t.LastRun is not null);
        Assert.Equal((RunOutcome.Failed, "engine_ended"), (ended.LastRun!.Outcome, ended.LastRun.Error?.Code));
        Assert.Equal(ToolCallStatus.NotStarted, Assert.Single(ended.Items.OfType<ToolCallItem>()).Status);
        Assert.Empty(ended.PendingApprovals);
        Assert.Empty(Directory.GetFileSystemEntries(world.Folder));
    }

    [Fact]
    public async Task A_stream_that_has_gone_silent_can_be_stopped()
    {
        await using var world = await StartAsync(
            """{"turns":[{"fail":{"kind":"stall","afterDeltas":1,"ms":60000},"blocks":[{"type":"text","chunks":["one ","two"]}]}]}""");
        var session = await world.SendAsync("begin");
        var running = await world.Core.WaitAsync(session.ConversationId, t => Said(t).Count > 0 && Said(t)[0].Length > 0);

        await session.StopAsync(running.Running!.RunId, CancellationToken.None);

        var ended = await world.Core.WaitAsync(session.ConversationId, t => t.LastRun is not null);
        Assert.Equal(RunOutcome.Stopped, ended.LastRun!.Outcome);
        Assert.Equal(["one "], Said(ended));
        Assert.Equal(0, world.Live.Count);
    }

    [Fact]
    public async Task Ten_runs_at_once_can_all_be_stopped_and_nothing_is_left()
    {
        await using var world = await StartAsync("slow-reply");
        var sessions = new List<AgentSession>();
        for (var number = 0; number < 10; number++)
        {
            sessions.Add(await world.SendAsync($"begin {number}"));
        }

        var runs = new List<Guid>();
        foreach (var session in sessions)
        {
            runs.Add((await world.Core.WaitAsync(session.ConversationId, t => Said(t).Count > 0)).Running!.RunId);
        }

        var processes = sessions.Select(session => world.Live.Find(session.ConversationId)!.ProcessId).ToList();
        var since = Stopwatch.StartNew();
        await Task.WhenAll(sessions.Select((session, index) => session.StopAsync(runs[index], CancellationToken.None)));
        foreach (var session in sessions)
        {
            await world.Core.WaitAsync(session.ConversationId, t => t.LastRun is { Outcome: RunOutcome.Stopped });
        }

        Assert.All(processes, process => Assert.False(Directory.Exists($"/proc/{process}"), "A process is still there."));
        Assert.True(since.Elapsed < TimeSpan.FromSeconds(3), $"It took {since.Elapsed}.");
        Assert.Equal(0, world.Live.Count);
    }

    [Fact]
    public async Task A_program_that_is_not_there_fails_the_run_in_words_and_not_the_start()
    {
        await using var world = await StartAsync("plain-text", ("Autocoder:ClaudeCode:Path", "/nowhere/claude"));

        var (_, transcript) = await world.RunAsync("hi");

        Assert.Equal((RunOutcome.Failed, "engine_missing"), (transcript.LastRun!.Outcome, transcript.LastRun.Error?.Code));
        Assert.Contains("/nowhere/claude", transcript.LastRun.Error!.Message, StringComparison.Ordinal);
    }
}
