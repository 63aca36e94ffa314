using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Projects;
using Autocoder.Core.Tools;
using Autocoder.Core.Tools.Permissions;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging.Abstractions;

namespace Autocoder.Tests.Tools.Permissions;

/// <summary>P10: the policy says what a naive reading of the rules says, and nothing runs but what was allowed.</summary>
public sealed class PermissionPropertyTests
{
    private static readonly string[] Tools = ["Read", "Write", "feature_list"];

    private static readonly string[] ToolPatterns = ["Read", "Write", "*", "W*", "*e", "feature_*"];

    private static readonly string[] Pieces = ["a", "b", "B", "/", "*", "**"];

    [Fact]
    public void The_policy_says_what_a_naive_reading_of_the_rules_says() => Prop
        .ForAll(Requests().ToArbitrary(), request =>
        {
            var decided = PermissionPolicy.Decide(request.Scopes, request.Tool, request.Effect, request.Touched);
            Assert.Equal(NaivePermissions.Decide(request.Scopes, request.Tool, request.Effect, request.Resources), decided.Effect);
            Assert.NotEqual("", decided.Reason);
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    [Fact]
    public void A_sub_agent_never_may_do_more_than_the_agent_above_it() => Prop
        .ForAll(Requests().ToArbitrary(), request =>
        {
            for (var above = 1; above < request.Scopes.Length; above++)
            {
                var parent = PermissionPolicy.Decide(request.Scopes[above..], request.Tool, request.Effect, request.Touched);
                Assert.True(PermissionPolicy.Decide(request.Scopes, request.Tool, request.Effect, request.Touched).Effect >= parent.Effect);
            }
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Always_allows_the_call_it_was_offered_for_and_no_other() => Prop
        .ForAll(
            (from tool in Gen.Elements(Tools)
             from one in Gen.Elements("a", "b", "/", "*").NonEmptyListOf().Select(string.Concat)
             from other in Gen.Elements("a", "b", "/", "*").NonEmptyListOf().Select(string.Concat)
             select (tool, one, other)).ToArbitrary(),
            call =>
            {
                if (PermissionPolicy.AlwaysFor(call.tool, [call.one]) is { } rule)
                {
                    PermissionScope[] scopes = [new PermissionScope("coder", [new PermissionLayer(PermissionSource.Project, [rule])])];
                    PermissionEffect Of(string resource) => PermissionPolicy.Decide(scopes, call.tool, ToolEffect.SideEffect, [resource]).Effect;
                    Assert.Equal(PermissionEffect.Allow, Of(call.one));
                    Assert.Equal(call.one == call.other ? PermissionEffect.Allow : PermissionEffect.Ask, Of(call.other));
                }
            })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void A_call_runs_only_if_it_was_allowed_and_is_still_what_was_allowed()
    {
        using var bench = new ToolBench();
        var elsewhere = ProjectFolder.Open(Directory.CreateDirectory(Path.Combine(bench.Parent, "elsewhere")).FullName);
        Prop.ForAll(Lives().ToArbitrary(), life => LiveAsync(life, bench.Folder, elsewhere).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    private static Gen<Request> Requests()
    {
        var rule = from tool in Gen.Elements(ToolPatterns)
                   from resource in Gen.Frequency(
                       (1, Gen.Constant("**")), (3, Gen.Elements(Pieces).NonEmptyListOf().Select(pieces => string.Concat(pieces.Take(4)))))
                   from effect in Gen.Elements(PermissionEffect.Allow, PermissionEffect.Ask, PermissionEffect.Deny)
                   select new PermissionRule(tool, resource, effect);
        var rules = from size in Gen.Choose(0, 4) from some in rule.ListOf(size) select some;
        var scope = from profile in rules
                    from configured in rules
                    from project in rules
                    from conversation in rules
                    select new PermissionScope(
                        "p",
                        [
                            new PermissionLayer(PermissionSource.Profile, [.. profile]),
                            new PermissionLayer(PermissionSource.Configured, [.. configured]),
                            new PermissionLayer(PermissionSource.Project, [.. project]),
                            new PermissionLayer(PermissionSource.Conversation, [.. conversation]),
                        ]);
        return from scopes in (from size in Gen.Choose(1, 3) from some in scope.ListOf(size) select some)
               from tool in Gen.Elements(Tools)
               from effect in Gen.Elements(ToolEffect.ReadOnly, ToolEffect.Idempotent, ToolEffect.SideEffect)
               from resources in (from size in Gen.Choose(0, 3)
                                  from some in Gen.Elements("a", "b", "ab", "a/b", "a/B", "b/a/b", "B", "/").ListOf(size)
                                  select some)
               select new Request([.. scopes], tool, effect, [.. resources]);
    }

    private static Gen<Life> Lives() =>
        from first in Gen.Elements(PermissionEffect.Allow, PermissionEffect.Ask, PermissionEffect.Ask, PermissionEffect.Deny)
        from later in Gen.Elements(PermissionEffect.Allow, PermissionEffect.Ask, PermissionEffect.Deny)
        from answer in Gen.Elements(
            ApprovalOutcome.AllowedOnce, ApprovalOutcome.AllowedForConversation, ApprovalOutcome.AllowedForProject,
            ApprovalOutcome.RejectedWithComment, ApprovalOutcome.Rejected, ApprovalOutcome.Expired)
        from restart in Gen.Elements(true, false)
        from word in Gen.Elements("one", "two")
        from laterWord in Gen.Elements("one", "two")
        from moved in Gen.Elements(false, false, true)
        select new Life(first, later, answer, restart, word, laterWord, moved);

    // One call from its request to its end, perhaps over a restart after which it is, perhaps, not the same any more.
    private static async Task LiveAsync(Life life, ProjectFolder folder, ProjectFolder elsewhere)
    {
        var executed = new List<string>();
        var run = new RecordingRun { Approver = request => new ApprovalResolved(request.ApprovalId, life.Answer, "No.") };
        var tool = new StubTool("Do", (_, _) =>
        {
            // I12: whatever it does, it does after its start was committed, and the start says what was approved.
            var started = Assert.IsType<ToolCallStarted>(run.Events[^1]);
            Assert.Equal(run.Events.OfType<ApprovalRequested>().SingleOrDefault()?.Hash, started.Hash);
            executed.Add(started.Hash ?? "free");
            return Task.FromResult(new ToolResult("Done."));
        });
        var decisions = new Queue<PermissionEffect>([life.First]);
        var permissions = new StubPermissions
        {
            Decide = (_, _) => new PermissionDecision(decisions.TryDequeue(out var next) ? next : life.Later, "Because."),
        };
        ToolExecutor Executor(ProjectFolder where) =>
            new ToolExecutorFactory(new ToolCatalog([tool]), new ToolBench.KeptOutputs(), TimeProvider.System, NullLogger<ToolExecutor>.Instance)
                .Create(["Do"], Guid.Empty, Guid.Empty, where, run, permissions);
        run.Before = next => Throw(life.Restart && next is ToolCallStarted { Hash: not null });

        var ended = await TryAsync(() => Executor(folder).ExecuteAsync(Call(life.Word), CancellationToken.None));
        var isAllowed = life.Answer is ApprovalOutcome.AllowedOnce or ApprovalOutcome.AllowedForConversation or ApprovalOutcome.AllowedForProject;
        var starts = life.First is PermissionEffect.Allow
            || (life.First is PermissionEffect.Ask && isAllowed && life.Later is not PermissionEffect.Deny);
        if (starts && life.Restart && life.First is PermissionEffect.Ask)
        {
            run.Before = _ => { };
            Assert.Empty(executed);
            starts = life.Word == life.LaterWord && !life.Moved;
            var hash = run.Events.OfType<ApprovalRequested>().Single().Hash;
            ended = await TryAsync(() => Executor(life.Moved ? elsewhere : folder).ExecuteApprovedAsync(Call(life.LaterWord), hash, CancellationToken.None));
        }

        Assert.Equal(starts ? 1 : 0, executed.Count);
        Assert.Equal(starts ? 1 : 0, run.Events.OfType<ToolCallStarted>().Count());
        Assert.Equal(ended, run.Events[^1] is ToolCallEnded);
    }

    private static void Throw(bool dies)
    {
        if (dies)
        {
            throw new OperationCanceledException("The process died here.");
        }
    }

    private static async Task<bool> TryAsync(Func<Task> call)
    {
        try
        {
            await call();
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static ToolCall Call(string word) => new("c1", "Do", JsonSerializer.SerializeToElement(new { word }));

    private sealed record Request(PermissionScope[] Scopes, string Tool, ToolEffect Effect, string[] Resources)
    {
        public ToolResource[] Touched => [.. Resources];
    }

    private sealed record Life(
        PermissionEffect First, PermissionEffect Later, ApprovalOutcome Answer, bool Restart, string Word, string LaterWord, bool Moved);
}
