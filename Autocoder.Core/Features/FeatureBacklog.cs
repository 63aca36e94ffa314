using Microsoft.Extensions.Logging;

namespace Autocoder.Core.Features;

/// <summary>The backlogs of all projects: every rule about features is kept here. Safe to use from any thread.</summary>
/// <remarks>Each change is decided inside its write transaction, so two agents cannot both claim one feature.</remarks>
public sealed partial class FeatureBacklog(IFeatureStore store, TimeProvider time, ILogger<FeatureBacklog> logger)
{
    /// <summary>The most features <see cref="GetReadyAsync"/> returns.</summary>
    public const int ReadyLimit = 50;

    /// <summary>The most features <see cref="GetBlockedAsync"/> returns.</summary>
    public const int BlockedLimit = 100;

    /// <summary>The most features <see cref="GetForRegressionAsync"/> returns.</summary>
    public const int RegressionLimit = 50;

    /// <summary>A backlog was changed; the argument is its project. Raised after the commit, on the thread of whoever changed it.</summary>
    public event Action<Guid>? Changed;

    /// <summary>Gets the whole backlog, by number.</summary>
    public Task<IReadOnlyList<Feature>> ListAsync(Guid projectId, CancellationToken cancellationToken) =>
        store.ListAsync(projectId, cancellationToken);

    /// <summary>Says how far the project is.</summary>
    public Task<FeatureStats> GetStatsAsync(Guid projectId, CancellationToken cancellationToken) =>
        store.CountAsync(projectId, cancellationToken);

    /// <summary>Gets one feature; null when the backlog has no such number.</summary>
    public async Task<Feature?> FindAsync(Guid projectId, int number, CancellationToken cancellationToken)
    {
        var backlog = await store.ListAsync(projectId, cancellationToken).ConfigureAwait(false);
        return backlog.FirstOrDefault(feature => feature.Number == number);
    }

    /// <summary>Gets what to build next: ready, and unblocking the most; null when nothing is ready.</summary>
    public async Task<Feature?> GetNextAsync(Guid projectId, CancellationToken cancellationToken)
    {
        var ready = await GetReadyAsync(projectId, 1, cancellationToken).ConfigureAwait(false);
        return ready is [var best, ..] ? best.Feature : null;
    }

    /// <summary>Gets what can be built now, the best first.</summary>
    /// <param name="limit">Brought into 1 to <see cref="ReadyLimit"/>.</param>
    public async Task<IReadOnlyList<ReadyFeature>> GetReadyAsync(Guid projectId, int limit, CancellationToken cancellationToken)
    {
        var backlog = await store.ListAsync(projectId, cancellationToken).ConfigureAwait(false);
        return [.. new FeatureGraph(backlog).Ready().Take(Math.Clamp(limit, 1, ReadyLimit))];
    }

    /// <summary>Gets what waits for other features, by priority.</summary>
    /// <param name="limit">Brought into 1 to <see cref="BlockedLimit"/>.</param>
    public async Task<IReadOnlyList<BlockedFeature>> GetBlockedAsync(Guid projectId, int limit, CancellationToken cancellationToken)
    {
        var backlog = await store.ListAsync(projectId, cancellationToken).ConfigureAwait(false);
        return [.. new FeatureGraph(backlog).Blocked().Take(Math.Clamp(limit, 1, BlockedLimit))];
    }

    /// <summary>Gets passing features to check again, those first that were not checked for longest.</summary>
    /// <param name="limit">Brought into 1 to <see cref="RegressionLimit"/>.</param>
    public async Task<IReadOnlyList<Feature>> GetForRegressionAsync(Guid projectId, int limit, CancellationToken cancellationToken)
    {
        var backlog = await store.ListAsync(projectId, cancellationToken).ConfigureAwait(false);
        return
        [
            .. backlog
                .Where(feature => feature.Passes)
                .OrderBy(feature => feature.LastCheckedAt ?? DateTimeOffset.MinValue)
                .ThenBy(feature => feature.Number)
                .Take(Math.Clamp(limit, 1, RegressionLimit)),
        ];
    }

    /// <summary>Adds features: all of them, or none. They are numbered and prioritised in the order given.</summary>
    /// <exception cref="FeatureException">A draft breaks a rule, or a name is taken.</exception>
    public Task<IReadOnlyList<Feature>> CreateBulkAsync(
        Guid projectId, IReadOnlyList<FeatureDraft> drafts, CancellationToken cancellationToken) =>
        SaveAsync(projectId, backlog => FeatureDrafting.Draw(projectId, backlog, drafts, time.GetUtcNow()), cancellationToken);

    /// <summary>Takes a feature on, for one agent only. Claiming what is in progress changes nothing and succeeds.</summary>
    /// <exception cref="FeatureException">There is no such feature, it passes already, or it waits for others.</exception>
    public async Task<FeatureClaim> ClaimAsync(Guid projectId, int number, CancellationToken cancellationToken)
    {
        Feature? already = null;
        var saved = await SaveAsync(
            projectId,
            backlog =>
            {
                var feature = Get(backlog, number);
                if (feature.InProgress)
                {
                    already = feature;
                    return [];
                }

                RefusePassing(feature, "claimed");
                var blockers = new FeatureGraph(backlog).BlockersOf(feature);
                return blockers.Count == 0
                    ? [Changing(feature) with { InProgress = true }]
                    : throw new FeatureException(
                        $"Feature {number} waits for {string.Join(", ", blockers)}. Nothing was changed. Build those first.");
            },
            cancellationToken).ConfigureAwait(false);
        return already is null ? new FeatureClaim(saved[0], AlreadyClaimed: false) : new FeatureClaim(already, AlreadyClaimed: true);
    }

    /// <summary>Gives a feature back. Does nothing when it is not in progress.</summary>
    /// <exception cref="FeatureException">There is no such feature.</exception>
    public Task<Feature> ClearInProgressAsync(Guid projectId, int number, CancellationToken cancellationToken) =>
        ChangeAsync(projectId, number, (_, feature) => feature with { InProgress = false }, cancellationToken);

    /// <summary>Records that a feature was shown to work; on one that passes already, that it still does.</summary>
    /// <param name="evidence">The command that was run and its exit code, or the result of a test.</param>
    /// <exception cref="FeatureException">There is no such feature, or the evidence says nothing.</exception>
    public Task<Feature> MarkPassingAsync(Guid projectId, int number, string evidence, CancellationToken cancellationToken)
    {
        var shown = FeatureText.Block(evidence, "The evidence", FeatureLimits.EvidenceLength);
        if (shown.Length < FeatureLimits.EvidenceMinLength)
        {
            throw new FeatureException(
                $"\"{shown}\" is no evidence. Nothing was changed. Give the command that was run and its exit code, or a test and its result.");
        }

        return ChangeAsync(
            projectId,
            number,
            (_, feature) => Checked(feature) with { Passes = true, InProgress = false, Evidence = shown },
            cancellationToken);
    }

    /// <summary>Records that a feature does not work, or no longer.</summary>
    /// <param name="reason">What was seen; null for nothing to say.</param>
    /// <exception cref="FeatureException">There is no such feature.</exception>
    public Task<Feature> MarkFailingAsync(Guid projectId, int number, string? reason, CancellationToken cancellationToken)
    {
        var seen = string.IsNullOrWhiteSpace(reason)
            ? null
            : FeatureText.Block(reason, "The reason", FeatureLimits.EvidenceLength);
        return ChangeAsync(
            projectId,
            number,
            (_, feature) => Checked(feature) with { Passes = false, InProgress = false, Evidence = seen },
            cancellationToken);
    }

    /// <summary>Puts a feature at the end of the backlog and gives it back.</summary>
    /// <exception cref="FeatureException">There is no such feature, or it passes already.</exception>
    public Task<Feature> SkipAsync(Guid projectId, int number, CancellationToken cancellationToken) =>
        ChangeAsync(
            projectId,
            number,
            (backlog, feature) =>
            {
                RefusePassing(feature, "skipped");
                var last = backlog.Where(other => other.Number != number).Select(other => other.Priority).DefaultIfEmpty(0).Max();
                return feature with { InProgress = false, Priority = Math.Max(feature.Priority, last + 1) };
            },
            cancellationToken);

    /// <summary>Makes a feature wait for another. Does nothing when it does already.</summary>
    /// <exception cref="FeatureException">One of them does not exist, there would be a circle, or too many dependencies.</exception>
    public Task<Feature> AddDependencyAsync(Guid projectId, int number, int dependsOn, CancellationToken cancellationToken) =>
        ChangeAsync(projectId, number, (backlog, feature) => WithDependency(backlog, feature, dependsOn), cancellationToken);

    /// <summary>Makes a feature no longer wait for another.</summary>
    /// <exception cref="FeatureException">There is no such feature, or it does not depend on the other.</exception>
    public Task<Feature> RemoveDependencyAsync(Guid projectId, int number, int dependsOn, CancellationToken cancellationToken) =>
        ChangeAsync(
            projectId,
            number,
            (_, feature) => feature.DependsOn.Contains(dependsOn)
                ? feature with { DependsOn = [.. feature.DependsOn.Where(other => other != dependsOn)] }
                : throw new FeatureException($"Feature {number} does not depend on {dependsOn}. Nothing was changed."),
            cancellationToken);

    private static Feature WithDependency(IReadOnlyList<Feature> backlog, Feature feature, int dependsOn)
    {
        Get(backlog, dependsOn);
        if (feature.DependsOn.Contains(dependsOn))
        {
            return feature;
        }

        if (feature.Number == dependsOn)
        {
            throw new FeatureException($"Feature {dependsOn} cannot depend on itself. Nothing was changed.");
        }

        if (new FeatureGraph(backlog).WouldCloseCycle(feature.Number, dependsOn))
        {
            throw new FeatureException(
                $"Feature {dependsOn} already waits for {feature.Number}, directly or through others; "
                + "the two would wait for each other for ever. Nothing was changed.");
        }

        return feature.DependsOn.Count < FeatureLimits.Dependencies
            ? feature with { DependsOn = [.. feature.DependsOn.Append(dependsOn).Order()] }
            : throw new FeatureException(
                $"Feature {feature.Number} has {FeatureLimits.Dependencies} dependencies, which is the most. Nothing was changed.");
    }

    private static Feature Get(IReadOnlyList<Feature> backlog, int number) =>
        backlog.FirstOrDefault(feature => feature.Number == number)
            ?? throw new FeatureException($"The backlog has no feature {number}. Nothing was changed.");

    private static void RefusePassing(Feature feature, string verb)
    {
        if (feature.Passes)
        {
            throw new FeatureException(
                $"Feature {feature.Number} passes already and cannot be {verb}. Nothing was changed. Mark it failing first if it no longer works.");
        }
    }

    private Feature Changing(Feature feature) => feature with { ChangedAt = time.GetUtcNow() };

    private Feature Checked(Feature feature) => feature with { LastCheckedAt = time.GetUtcNow() };

    private async Task<Feature> ChangeAsync(
        Guid projectId, int number, Func<IReadOnlyList<Feature>, Feature, Feature> change, CancellationToken cancellationToken)
    {
        Feature? unchanged = null;
        var saved = await SaveAsync(
            projectId,
            backlog =>
            {
                var before = Get(backlog, number);
                var after = change(backlog, before);
                if (after == before)
                {
                    unchanged = before;
                    return [];
                }

                return [Changing(after)];
            },
            cancellationToken).ConfigureAwait(false);
        return unchanged ?? saved[0];
    }

    private async Task<IReadOnlyList<Feature>> SaveAsync(
        Guid projectId, Func<IReadOnlyList<Feature>, IReadOnlyList<Feature>> decide, CancellationToken cancellationToken)
    {
        var saved = await store.SaveAsync(projectId, decide, cancellationToken).ConfigureAwait(false);
        if (saved.Count > 0)
        {
            RaiseChanged(projectId);
        }

        return saved;
    }

    // One page that fails to redraw must not make a committed change look like a failed one.
    private void RaiseChanged(Guid projectId)
    {
        foreach (var handler in Changed?.GetInvocationList() ?? [])
        {
            try
            {
                ((Action<Guid>)handler)(projectId);
            }
            catch (Exception exception)
            {
                LogHandlerFailed(exception, projectId);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A listener failed on a change in the backlog of project {ProjectId}")]
    private partial void LogHandlerFailed(Exception exception, Guid projectId);
}
