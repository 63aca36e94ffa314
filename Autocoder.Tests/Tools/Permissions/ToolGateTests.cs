using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Tools;
using Autocoder.Core.Tools.Files;
using Autocoder.Core.Tools.Permissions;

namespace Autocoder.Tests.Tools.Permissions;

/// <summary>The executor with rules: what is asked, what is refused, and that nothing starts without.</summary>
public sealed class ToolGateTests : IDisposable
{
    private readonly ToolBench _bench = new();
    private int _runs;

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_call_that_is_asked_starts_after_its_approval_and_with_its_hash()
    {
        Decide(PermissionEffect.Ask);

        var result = await CallAsync(new StubTool("Do", RunAsync) { Resources = ["a/b"], Title = "Do it to a/b" });

        Assert.True(result.Succeeded);
        var requested = Assert.IsType<ApprovalRequested>(_bench.Run.Events[1]);
        Assert.Equal(("c1", "Do it to a/b", "Because."), (requested.CallId, requested.Title, requested.Reason));
        Assert.Equal(new PermissionRule("Do", "a/b", PermissionEffect.Allow), requested.Always);
        Assert.Equal(CallHash.Of("Do", Word("x"), _bench.Folder.Root), requested.Hash);
        Assert.IsType<ApprovalResolved>(_bench.Run.Events[2]);
        Assert.Equal(new ToolCallStarted("c1", requested.Hash), _bench.Run.Events[3]);
    }

    [Fact]
    public async Task A_denied_call_fails_with_the_rule_in_words_and_nobody_is_asked()
    {
        Decide(PermissionEffect.Deny);

        var result = await CallAsync(new StubTool("Do", RunAsync));

        Assert.Equal((false, "This is not allowed. Because. Nothing was done. Do not try to reach the same in another way."), (result.Succeeded, result.Output));
        Assert.Equal([typeof(ToolCallRequested), typeof(ToolCallEnded)], _bench.Run.Events.Select(each => each.GetType()));
        Assert.Equal(0, _runs);
    }

    [Fact]
    public async Task A_rejection_with_a_comment_is_a_failure_that_says_the_comment()
    {
        Decide(PermissionEffect.Ask);
        _bench.Run.Approver = request => new ApprovalResolved(request.ApprovalId, ApprovalOutcome.RejectedWithComment, "Use docs/ instead.");

        var result = await CallAsync(new StubTool("Do", RunAsync));

        Assert.False(result.Succeeded);
        Assert.EndsWith("They said: Use docs/ instead.", result.Output, StringComparison.Ordinal);
        Assert.Equal(ToolCallStatus.Failed, Assert.IsType<ToolCallEnded>(_bench.Run.Events[^1]).Status);
        Assert.Equal(0, _runs);
    }

    [Fact]
    public async Task A_rule_that_came_to_deny_it_while_it_waited_wins_over_the_approval()
    {
        Decide(PermissionEffect.Ask);
        _bench.Run.Approver = request =>
        {
            Decide(PermissionEffect.Deny);
            return new ApprovalResolved(request.ApprovalId, ApprovalOutcome.AllowedOnce);
        };

        Assert.False((await CallAsync(new StubTool("Do", RunAsync))).Succeeded);
        Assert.DoesNotContain(_bench.Run.Events, each => each is ToolCallStarted);
    }

    [Fact]
    public async Task Arguments_that_do_not_fit_are_refused_before_anyone_is_asked()
    {
        Decide(PermissionEffect.Ask);

        var wrong = await _bench.Executor([new StubTool("Do", RunAsync)])
            .ExecuteAsync(new ToolCall("c1", "Do", JsonSerializer.SerializeToElement(new { wrong = 1 })), default);
        var outside = await _bench.Executor([new WriteTool()])
            .ExecuteAsync(new ToolCall("c2", "Write", JsonSerializer.SerializeToElement(new { path = "../x", content = "" })), default);

        Assert.Equal((false, false), (wrong.Succeeded, outside.Succeeded));
        Assert.Contains("outside the project", outside.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(_bench.Run.Events, each => each is ApprovalRequested);
    }

    [Fact]
    public async Task Files_are_named_as_they_lie_in_the_project_however_they_are_written()
    {
        var touched = new List<string>();
        _bench.Permissions.Decide = (_, resources) =>
        {
            touched.AddRange(resources.Select(resource => resource.Name));
            return new PermissionDecision(PermissionEffect.Deny, "No.");
        };
        var tools = _bench.Executor([new WriteTool(), new ReadTool(), new GlobTool(TimeProvider.System), new GrepTool(TimeProvider.System)]);
        async Task Use(string tool, object arguments) => await tools.ExecuteAsync(
            new ToolCall($"c{touched.Count}", tool, JsonSerializer.SerializeToElement(arguments)), default);

        await Use("Write", new { path = "./docs/../src//a.cs", content = "" });
        await Use("Read", new { path = _bench.PathOf("b.cs") });
        await Use("Glob", new { pattern = "*.cs" });
        await Use("Grep", new { pattern = "x", path = "src/" });

        Assert.Equal(["src/a.cs", "b.cs", ".", "src"], touched);
    }

    private void Decide(PermissionEffect effect) =>
        _bench.Permissions.Decide = (_, _) => new PermissionDecision(effect, "Because.");

    private Task<ToolResult> CallAsync(ITool tool) =>
        _bench.Executor([tool]).ExecuteAsync(new ToolCall("c1", "Do", Word("x")), default);

    private Task<ToolResult> RunAsync(ToolContext context, CancellationToken cancellationToken)
    {
        _runs++;
        return Task.FromResult(new ToolResult("Done."));
    }

    private static JsonElement Word(string word) => JsonSerializer.SerializeToElement(new { word });
}
