using System.Diagnostics;
using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Core.Engines;
using Autocoder.Core.Engines.ClaudeCode;
using Autocoder.Core.Runs.Approvals;
using Autocoder.Tests.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using static Autocoder.Tests.Engines.ClaudeCode.ClaudeCodeWorld;

namespace Autocoder.Tests.Engines.ClaudeCode;

/// <summary>What the program keeps by itself: when it is gone on with, when it is not, and that it goes with the conversation.</summary>
public sealed class ClaudeCodeSessionTests
{
    [Fact]
    public async Task A_session_that_missed_what_another_engine_did_is_left_for_one_that_is_told()
    {
        await using var world = await StartAsync("conversation");
        var (session, _) = await world.RunAsync("remember the word zebra");
        var before = await KnownAsync(world, session.ConversationId);
        await session.SwitchEngineAsync("offline", CancellationToken.None);
        await world.RunAsync("the other word is walrus", session);
        await session.SwitchEngineAsync("claude-code", CancellationToken.None);

        var (_, transcript) = await world.RunAsync("which words?", session);

        var after = await KnownAsync(world, session.ConversationId);
        Assert.NotEqual(before.Id, after.Id);
        Assert.Equal([before.Id], after.Earlier);
        Assert.Contains("zebra", world.Server.Calls[^1].Text, StringComparison.Ordinal);
        Assert.Contains("walrus", world.Server.Calls[^1].Text, StringComparison.Ordinal);
        Assert.Single(transcript.Items.OfType<NoticeItem>(), notice => notice.IsWarning && notice.Text.Contains("Another engine has gone on", StringComparison.Ordinal));

        var process = world.Live.Find(session.ConversationId)!.ProcessId;
        await world.RunAsync("and again", session);
        Assert.Equal(process, world.Live.Find(session.ConversationId)!.ProcessId);
    }

    [Theory]
    [InlineData("", "a", false)]
    [InlineData("c1", "c1", false)]
    [InlineData("c1 c2", "c1", false)]
    [InlineData("c1 o2", "c1", true)]
    [InlineData("c1 o2 c3", "c1", true)]
    [InlineData("c1 o2 c3", "c3", false)]
    [InlineData("o1 c2", "c2", false)]
    [InlineData("c1 o2", "", true)]
    [InlineData("o1 c2", "", false)]
    public void A_session_has_missed_what_ran_elsewhere_after_its_last_run(string runs, string last, bool hasMissed)
    {
        var ids = new Dictionary<string, Guid>();
        var earlier = runs.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(run => new EarlierRun(ids[run] = Guid.NewGuid(), run[0] == 'c' ? "claude-code" : "offline")).ToList();
        var known = new KnownSession("id", 0) { RunId = last.Length == 0 ? null : ids.GetValueOrDefault(last, Guid.NewGuid()) };

        Assert.Equal(hasMissed, known.HasMissed(Guid.NewGuid(), earlier, "claude-code"));
        Assert.False(known.HasMissed(known.RunId ?? default, earlier, "claude-code") && known.RunId is not null);
    }

    [Fact]
    public async Task A_conversation_that_is_deleted_takes_its_sessions_along_and_nobody_elses()
    {
        await using var world = await StartAsync("conversation");
        var (session, _) = await world.RunAsync("first");
        var (other, _) = await world.RunAsync("of another conversation");
        var known = await KnownAsync(world, session.ConversationId);
        var process = world.Live.Find(session.ConversationId)!.ProcessId;
        var file = Assert.Single(Files(world), path => Path.GetFileName(path) == $"{known.Id}.jsonl");
        var own = Path.Combine(Path.GetDirectoryName(file)!, $"{Guid.NewGuid()}.jsonl");
        await File.WriteAllTextAsync(own, "a person's own");
        var more = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(file)!, known.Id, "tool-results"));
        await File.WriteAllTextAsync(Path.Combine(more.FullName, "a.txt"), "x");

        await session.TrashAsync(CancellationToken.None);
        Assert.True(File.Exists(file));
        await session.DeleteAsync(CancellationToken.None);

        Assert.DoesNotContain(Files(world), path => path.Contains(known.Id, StringComparison.Ordinal));
        Assert.True(File.Exists(own));
        Assert.False(Directory.Exists($"/proc/{process}"), "The process is still there.");
        Assert.DoesNotContain(Files(world), path => Path.GetFileName(path) == $"{session.ConversationId:N}.json");
        Assert.Contains(Files(world), path => Path.GetFileName(path) == $"{other.ConversationId:N}.json");
        var (_, transcript) = await world.RunAsync("still there?", other);
        Assert.DoesNotContain(transcript.Items.OfType<NoticeItem>(), notice => notice.IsWarning);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("..")]
    [InlineData("../../config")]
    [InlineData("")]
    public async Task A_record_that_holds_no_session_id_removes_nothing(string id)
    {
        await using var world = await StartAsync("conversation");
        var (session, _) = await world.RunAsync("first");
        var before = Files(world).Where(path => path.EndsWith(".jsonl", StringComparison.Ordinal)).ToList();
        await File.WriteAllTextAsync(RecordOf(world, session.ConversationId), JsonSerializer.Serialize(new KnownSession(id, 0)));

        await session.DeleteAsync(CancellationToken.None);

        Assert.NotEmpty(before);
        Assert.Subset(Files(world).ToHashSet(), before.ToHashSet());
    }

    [Fact]
    public async Task A_program_that_is_killed_during_a_call_takes_what_the_call_started_along_and_the_next_prompt_resumes()
    {
        var seconds = Marked.Seconds();
        await using var world = await StartAsync(
            $$$"""{"turns":[{"blocks":[{"type":"tool_use","name":"mcp__autocoder__Bash","input":{"command":"sleep {{{seconds}}}; touch slept.txt"}}]},{"blocks":[{"type":"text","text":"done"}]}]}""");
        var session = await world.SendAsync("begin with the word zebra");
        var waiting = await world.Core.WaitAsync(session.ConversationId, t => t.PendingApprovals.Any());
        await session.ApproveAsync(waiting.PendingApprovals.First().ApprovalId, new ApprovalAnswer(ApprovalOutcome.AllowedOnce), CancellationToken.None);
        await Marked.WaitForSleepAsync(seconds, 1);

        Process.GetProcessById(world.Live.Find(session.ConversationId)!.ProcessId).Kill();

        var ended = await world.Core.WaitAsync(session.ConversationId, t => t.LastRun is not null);
        Assert.Equal((RunOutcome.Failed, "engine_ended"), (ended.LastRun!.Outcome, ended.LastRun.Error?.Code));
        Assert.Contains("ended unexpectedly", ended.LastRun.Error!.Message, StringComparison.Ordinal);
        Assert.NotEqual(ToolCallStatus.Completed, Assert.Single(ended.Items.OfType<ToolCallItem>()).Status);
        Assert.Empty(Marked.Alive(seconds));
        Assert.Equal(0, world.Live.Count);
        world.Play("conversation");
        var (_, again) = await world.RunAsync("go on", session);
        Assert.Equal(RunOutcome.Completed, again.LastRun!.Outcome);
        Assert.Contains("zebra", world.Server.Calls[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_none_is_its_health_problem_in_words()
    {
        await using var world = await StartAsync("plain-text", ("Autocoder:ClaudeCode:BaseUrl", "not an address"));
        var probe = world.Core.Services.GetServices<IEngineProbe>().Single(each => each.EngineId == "claude-code");

        var health = await probe.CheckAsync(isThorough: false, CancellationToken.None);

        Assert.Equal(EngineCondition.Failed, health.Condition);
        Assert.Contains("ANTHROPIC_BASE_URL", health.Advice, StringComparison.Ordinal);
    }

    private static async Task<KnownSession> KnownAsync(ClaudeCodeWorld world, Guid conversationId) =>
        JsonSerializer.Deserialize<KnownSession>(await File.ReadAllTextAsync(RecordOf(world, conversationId)))!;

    private static string RecordOf(ClaudeCodeWorld world, Guid conversationId) =>
        Path.Combine(world.Core.DataFolder, "claude-code", "sessions", $"{conversationId:N}.json");

    private static List<string> Files(ClaudeCodeWorld world) =>
        [.. Directory.EnumerateFiles(Path.Combine(world.Core.DataFolder, "claude-code"), "*", SearchOption.AllDirectories)];
}
