using Autocoder.Core.Features;
using FsCheck;
using FsCheck.Fluent;

namespace Autocoder.Tests.Features;

public sealed class FeatureGraphTests
{
    private const int Cases = 500;

    [Fact]
    public void What_unblocks_most_comes_first_and_then_the_lower_priority()
    {
        var graph = new FeatureGraph([Feature(1, priority: 3), Feature(2, priority: 2), Feature(3, priority: 1), Feature(4, dependsOn: 1), Feature(5, dependsOn: 4)]);

        Assert.Equal([(1, 2), (3, 0), (2, 0)], graph.Ready().Select(ready => (ready.Feature.Number, ready.Score)));
    }

    [Fact]
    public void A_dependency_that_does_not_exist_blocks()
    {
        var feature = Feature(1, dependsOn: 9);

        Assert.Equal([9], new FeatureGraph([feature]).BlockersOf(feature));
    }

    [Fact]
    public void A_damaged_backlog_with_a_circle_still_ends()
    {
        var graph = new FeatureGraph([Feature(1, dependsOn: 2), Feature(2, dependsOn: 1)]);

        Assert.Empty(graph.Ready());
        Assert.Equal([1, 2], graph.Blocked().Select(blocked => blocked.Feature.Number));
    }

    [Fact]
    public void An_edge_is_refused_exactly_when_it_would_close_a_circle() => ForAnyBacklog((backlog, random) =>
    {
        var from = backlog[random.Next(backlog.Count)];
        var to = backlog[random.Next(backlog.Count)];
        var joined = backlog.Select(feature => feature == from ? feature with { DependsOn = [.. feature.DependsOn, to.Number] } : feature);
        return new FeatureGraph(backlog).WouldCloseCycle(from.Number, to.Number) == HasCircle([.. joined]);
    });

    [Fact]
    public void Every_feature_is_passing_in_progress_ready_or_blocked() => ForAnyBacklog((backlog, _) =>
    {
        var graph = new FeatureGraph(backlog);
        var ready = graph.Ready().Select(item => item.Feature.Number).ToHashSet();
        var blocked = graph.Blocked().Select(item => item.Feature.Number).ToHashSet();
        return backlog.All(feature => feature.Passes || feature.InProgress
            ? !ready.Contains(feature.Number)
            : ready.Contains(feature.Number) != blocked.Contains(feature.Number));
    });

    [Fact]
    public void Something_is_ready_or_at_work_until_everything_passes() => ForAnyBacklog((backlog, _) =>
        backlog.All(feature => feature.Passes)
        || backlog.Any(feature => feature.InProgress)
        || new FeatureGraph(backlog).Ready().Count > 0);

    [Fact]
    public void The_score_counts_everything_that_waits_directly_or_not() => ForAnyBacklog((backlog, _) =>
    {
        var graph = new FeatureGraph(backlog);
        var reaches = Closure(backlog);
        return backlog.All(feature => graph.ScoreOf(feature.Number)
            == backlog.Count(other => !other.Passes && reaches.Contains((other.Number, feature.Number))));
    });

    private static void ForAnyBacklog(Func<IReadOnlyList<Feature>, Random, bool> holds) =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(Cases),
            Prop.ForAll(
                Gen.Choose(0, int.MaxValue - 1).ToArbitrary(),
                seed =>
                {
                    var random = new Random(seed);
                    return holds(AnyBacklog(random), random);
                }));

    // Without circles: a feature depends only on features before it in a random order that is not the order of numbers.
    private static List<Feature> AnyBacklog(Random random)
    {
        var numbers = Enumerable.Range(1, random.Next(1, 15)).ToArray();
        random.Shuffle(numbers);
        var backlog = new List<Feature>();
        foreach (var number in numbers)
        {
            int[] dependsOn = [.. backlog.Where(_ => random.Next(4) == 0).Select(feature => feature.Number)];
            var passes = random.Next(3) == 0;
            backlog.Add(Feature(number, random.Next(5), dependsOn) with { Passes = passes, InProgress = !passes && random.Next(6) == 0 });
        }

        return backlog;
    }

    private static bool HasCircle(IReadOnlyList<Feature> backlog)
    {
        var left = backlog.ToDictionary(feature => feature.Number, feature => feature.DependsOn.ToHashSet());
        while (left.FirstOrDefault(entry => entry.Value.Count == 0) is { Key: > 0 } free)
        {
            left.Remove(free.Key);
            foreach (var dependencies in left.Values)
            {
                dependencies.Remove(free.Key);
            }
        }

        return left.Count > 0;
    }

    private static HashSet<(int From, int To)> Closure(IReadOnlyList<Feature> backlog)
    {
        var reaches = backlog.SelectMany(feature => feature.DependsOn, (feature, to) => (feature.Number, to)).ToHashSet();
        foreach (var middle in backlog)
        {
            foreach (var from in backlog)
            {
                foreach (var to in backlog)
                {
                    if (reaches.Contains((from.Number, middle.Number)) && reaches.Contains((middle.Number, to.Number)))
                    {
                        reaches.Add((from.Number, to.Number));
                    }
                }
            }
        }

        return reaches;
    }

    private static Feature Feature(int number, int priority = 1, params int[] dependsOn) => new()
    {
        ProjectId = Guid.Empty,
        Number = number,
        Priority = priority,
        Category = "Lists",
        Name = $"Feature {number}",
        Description = "It works.",
        Steps = ["Look"],
        DependsOn = dependsOn,
        CreatedAt = DateTimeOffset.UnixEpoch,
        ChangedAt = DateTimeOffset.UnixEpoch,
    };
}
