using Autocoder.Core.Features;
using static Autocoder.Tests.Features.BacklogFile;

namespace Autocoder.Tests.Features;

public sealed class FeatureBacklogTests : IAsyncLifetime
{
    private const string Evidence = "`npm test` exited with 0";

    private BacklogFile _file = null!;

    private FeatureBacklog Backlog => _file.Backlog;

    private Guid ProjectId => _file.ProjectId;

    public async Task InitializeAsync() => _file = await BacklogFile.CreateAsync();

    public async Task DisposeAsync() => await _file.DisposeAsync();

    [Fact]
    public async Task Features_are_numbered_from_one_in_each_project_and_survive_a_restart()
    {
        var other = Guid.CreateVersion7();
        await Backlog.CreateBulkAsync(other, [Draft("Elsewhere")], default);
        var created = await _file.CreateAsync(Draft("  Add a\n list "), Draft("Share a list", 0) with { Steps = ["One", "Two \u202e"] });

        await _file.ReopenAsync();

        var kept = await Backlog.ListAsync(ProjectId, default);
        Assert.Equal([1, 2], kept.Select(feature => feature.Number));
        Assert.Equal(created.Select(feature => feature.Id), kept.Select(feature => feature.Id));
        Assert.Equal("Add a list", kept[0].Name);
        Assert.Equal(["One", "Two"], kept[1].Steps);
        Assert.Equal([1], kept[1].DependsOn);
        Assert.Equal(_file.Clock.GetUtcNow(), kept[0].CreatedAt);
        Assert.Equal(1, Assert.Single(await Backlog.ListAsync(other, default)).Number);
    }

    [Fact]
    public async Task A_later_call_can_depend_on_features_of_an_earlier_one()
    {
        await _file.CreateAsync(Draft("Accounts"));

        var later = await _file.CreateAsync(Draft("Lists"), Draft("Sharing", 0) with { DependsOn = [1] });

        Assert.Equal([1, 2], later[1].DependsOn);
        Assert.Equal([2, 3], later.Select(feature => feature.Priority));
    }

    [Fact]
    public async Task One_bad_draft_keeps_all_of_a_call_out()
    {
        await RefusedAsync("index 1", () => _file.CreateAsync(Draft("Good"), Draft("Bad", 1)));
        await RefusedAsync("index -1", () => _file.CreateAsync(Draft("Good"), Draft("Bad", -1)));
        await RefusedAsync("feature 7", () => _file.CreateAsync(Draft("Good"), Draft("Bad") with { DependsOn = [7] }));
        await RefusedAsync("steps", () => _file.CreateAsync(Draft("Good"), Draft("Bad") with { Steps = [] }));
        await RefusedAsync("step of feature 1", () => _file.CreateAsync(Draft("Good"), Draft("Bad") with { Steps = [" "] }));
        await RefusedAsync("name of feature 1", () => _file.CreateAsync(Draft("Good"), Draft(" \u0007\n ")));
        await RefusedAsync("201 characters", () => _file.CreateAsync(Draft("Good"), Draft(new string('x', 201))));
        await RefusedAsync("not 0", () => _file.CreateAsync());

        Assert.Empty(await Backlog.ListAsync(ProjectId, default));
    }

    [Fact]
    public async Task Repeating_a_call_creates_nothing_twice_and_names_what_is_there()
    {
        await _file.CreateAsync(Draft("Add a list"), Draft("Share a list"));

        await RefusedAsync("ADD A LIST; share a list", () => _file.CreateAsync(Draft("New"), Draft("ADD A LIST"), Draft("share a list")));
        await RefusedAsync("twice in this call: Twin", () => _file.CreateAsync(Draft("Twin"), Draft("Twin")));

        Assert.Equal(2, (await Backlog.GetStatsAsync(ProjectId, default)).Total);
    }

    [Fact]
    public async Task More_than_twenty_dependencies_are_refused_on_both_ways()
    {
        var names = Enumerable.Range(0, 22).Select(index => Draft($"Feature {index}")).ToArray();
        int[] twentyOne = [.. Enumerable.Range(0, 21)];
        await RefusedAsync("21 dependencies", () => _file.CreateAsync([.. names, Draft("Wide", twentyOne)]));
        await _file.CreateAsync([.. names, Draft("Wide", twentyOne[..20])]);

        await RefusedAsync("20 dependencies", () => Backlog.AddDependencyAsync(ProjectId, 23, 22, default));
    }

    [Fact]
    public async Task What_comes_next_is_ready_and_unblocks_the_most()
    {
        await _file.CreateAsync(Draft("Settings"), Draft("Database"), Draft("Lists", 1), Draft("Sharing", 2));

        Assert.Equal("Database", (await Backlog.GetNextAsync(ProjectId, default))!.Name);
        await Backlog.ClaimAsync(ProjectId, 2, default);
        Assert.Equal("Settings", (await Backlog.GetNextAsync(ProjectId, default))!.Name);
        await Backlog.MarkPassingAsync(ProjectId, 2, Evidence, default);
        Assert.Equal("Lists", (await Backlog.GetNextAsync(ProjectId, default))!.Name);
        Assert.Equal([(4, 3)], (await Backlog.GetBlockedAsync(ProjectId, 100, default)).Select(item => (item.Feature.Number, item.BlockedBy.Single())));
    }

    [Fact]
    public async Task Of_many_claims_at_once_exactly_one_takes_the_feature()
    {
        const int Features = 20;
        await _file.CreateAsync([.. Enumerable.Range(1, Features).Select(index => Draft($"Feature {index}"))]);

        for (var number = 1; number <= Features; number++)
        {
            var claims = await AtOnceAsync(8, _ => Backlog.ClaimAsync(ProjectId, number, default));

            Assert.Single(claims, claim => !claim.AlreadyClaimed);
            Assert.All(claims, claim => Assert.True(claim.Feature.InProgress));
        }
    }

    [Fact]
    public async Task What_waits_or_passes_cannot_be_claimed()
    {
        await _file.CreateAsync(Draft("Lists"), Draft("Sharing", 0));

        await RefusedAsync("waits for 1", () => Backlog.ClaimAsync(ProjectId, 2, default));
        await Backlog.MarkPassingAsync(ProjectId, 1, Evidence, default);
        await RefusedAsync("passes already", () => Backlog.ClaimAsync(ProjectId, 1, default));
        await RefusedAsync("no feature 9", () => Backlog.ClaimAsync(ProjectId, 9, default));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   \n ")]
    [InlineData("done")]
    public async Task Nothing_passes_without_evidence(string evidence)
    {
        await _file.CreateAsync(Draft("Lists"));

        await RefusedAsync("evidence", () => Backlog.MarkPassingAsync(ProjectId, 1, evidence, default));

        Assert.False((await Backlog.FindAsync(ProjectId, 1, default))!.Passes);
    }

    [Fact]
    public async Task Passing_and_failing_keep_what_was_seen_and_end_the_work()
    {
        await _file.CreateAsync(Draft("Lists"));
        await Backlog.ClaimAsync(ProjectId, 1, default);
        _file.Clock.Advance(TimeSpan.FromMinutes(5));

        var passing = await Backlog.MarkPassingAsync(ProjectId, 1, Evidence, default);
        Assert.Equal((true, false, Evidence, _file.Clock.GetUtcNow()), (passing.Passes, passing.InProgress, passing.Evidence, passing.LastCheckedAt));
        Assert.Equal(new FeatureStats(1, 0, 1), await Backlog.GetStatsAsync(ProjectId, default));

        var failing = await Backlog.MarkFailingAsync(ProjectId, 1, "The list is empty after a reload.", default);
        Assert.Equal((false, false, "The list is empty after a reload."), (failing.Passes, failing.InProgress, failing.Evidence));
        Assert.Equal(failing with { Steps = [], DependsOn = [] }, (await Backlog.FindAsync(ProjectId, 1, default))! with { Steps = [], DependsOn = [] });
    }

    [Fact]
    public async Task Regression_begins_with_what_was_not_checked_for_longest()
    {
        await _file.CreateAsync(Draft("A"), Draft("B"), Draft("C"), Draft("Open"));
        foreach (var number in new[] { 2, 1, 3, 2 })
        {
            _file.Clock.Advance(TimeSpan.FromMinutes(1));
            await Backlog.MarkPassingAsync(ProjectId, number, Evidence, default);
        }

        Assert.Equal([1, 3], (await Backlog.GetForRegressionAsync(ProjectId, 2, default)).Select(feature => feature.Number));
    }

    [Fact]
    public async Task Skipping_puts_a_feature_last_and_gives_it_back()
    {
        await _file.CreateAsync(Draft("A"), Draft("B"), Draft("C"));
        await Backlog.ClaimAsync(ProjectId, 1, default);

        var skipped = await Backlog.SkipAsync(ProjectId, 1, default);

        Assert.Equal((4, false), (skipped.Priority, skipped.InProgress));
        Assert.Equal([2, 3, 1], (await Backlog.GetReadyAsync(ProjectId, 50, default)).Select(ready => ready.Feature.Number));
        await Backlog.MarkPassingAsync(ProjectId, 2, Evidence, default);
        await RefusedAsync("passes already", () => Backlog.SkipAsync(ProjectId, 2, default));
    }

    [Fact]
    public async Task Dependencies_can_be_added_and_removed_but_never_close_a_circle()
    {
        await _file.CreateAsync(Draft("A"), Draft("B", 0), Draft("C", 1));

        await RefusedAsync("for ever", () => Backlog.AddDependencyAsync(ProjectId, 1, 3, default));
        await RefusedAsync("itself", () => Backlog.AddDependencyAsync(ProjectId, 1, 1, default));
        await RefusedAsync("no feature 8", () => Backlog.AddDependencyAsync(ProjectId, 1, 8, default));
        await RefusedAsync("does not depend", () => Backlog.RemoveDependencyAsync(ProjectId, 1, 3, default));
        Assert.Equal([1, 2], (await Backlog.AddDependencyAsync(ProjectId, 3, 1, default)).DependsOn);
        Assert.Equal([1], (await Backlog.RemoveDependencyAsync(ProjectId, 3, 2, default)).DependsOn);
        Assert.Empty((await Backlog.RemoveDependencyAsync(ProjectId, 2, 1, default)).DependsOn);

        Assert.Equal([2], (await Backlog.AddDependencyAsync(ProjectId, 1, 2, default)).DependsOn);
        await RefusedAsync("for ever", () => Backlog.AddDependencyAsync(ProjectId, 2, 3, default));
    }

    [Fact]
    public async Task Two_opposite_dependencies_at_once_leave_only_one()
    {
        const int Pairs = 20;
        await _file.CreateAsync([.. Enumerable.Range(1, 2 * Pairs).Select(index => Draft($"Feature {index}"))]);

        for (var pair = 1; pair <= Pairs; pair++)
        {
            int[] ends = [2 * pair, (2 * pair) - 1];
            var outcomes = await AtOnceAsync(2, index => Record.ExceptionAsync(
                () => Backlog.AddDependencyAsync(ProjectId, ends[index], ends[1 - index], default)));

            Assert.IsType<FeatureException>(Assert.Single(outcomes, outcome => outcome is not null));
        }
    }

    [Fact]
    public async Task Listeners_hear_of_commits_only_and_a_failing_one_harms_nobody()
    {
        var heard = new List<int>();
        Backlog.Changed += static _ => throw new InvalidOperationException("a broken page");
        Backlog.Changed += project => heard.Add(Backlog.ListAsync(project, default).GetAwaiter().GetResult().Count);

        await _file.CreateAsync(Draft("A"));
        await RefusedAsync("names", () => _file.CreateAsync(Draft("A")));
        await Backlog.ClearInProgressAsync(ProjectId, 1, default);

        Assert.Equal([1], heard);
    }

    // SQLite answers on the caller's thread, so tasks alone would run one after the other.
    private static async Task<T[]> AtOnceAsync<T>(int count, Func<int, Task<T>> attempt)
    {
        using var start = new Barrier(count);
        return await Task.WhenAll(Enumerable.Range(0, count).Select(index => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                return attempt(index);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap()));
    }

    private static async Task RefusedAsync(string because, Func<Task> change)
    {
        var exception = await Assert.ThrowsAsync<FeatureException>(change);
        Assert.Contains(because, exception.Message, StringComparison.Ordinal);
    }
}
