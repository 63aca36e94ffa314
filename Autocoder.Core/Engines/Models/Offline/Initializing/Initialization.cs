using System.Globalization;
using System.Text.Json;
using Autocoder.Core.Engines.Models.Offline.Answers;
using Autocoder.Core.Engines.Models.Offline.Looking;
using Autocoder.Core.Features;
using Autocoder.Core.Specs;
using Autocoder.Core.Tools;

namespace Autocoder.Core.Engines.Models.Offline.Initializing;

/// <summary>One initialization, step by step. Each step says what it does, asks for its tools, and goes on with what they said.</summary>
internal sealed class Initialization(Lookups lookups, string projectName)
{
    private const string SpecPath = OverviewAnswer.SpecPath;
    private const int MostPerCall = FeatureLimits.FeaturesPerCall;

    private readonly InitializationPlan _plan = new();
    private readonly List<string> _problems = [];

    public IReadOnlyList<OfflineAction> Next()
    {
        ShowPlan("spec");
        var page = lookups.ReadAll(SpecPath);
        var before = lookups.Stats();
        var present = lookups.Glob("{README*,init.sh,.gitignore,app_spec.txt,initializer_prompt.md}");
        if (lookups.IsWaiting)
        {
            return Act("I work by fixed rules; no language model is used. First I read the specification and look at what is there already.");
        }

        if (!TryReadSpec(page!, out var spec, out var problem))
        {
            return GiveUp(problem);
        }

        var features = SpecFeatures.ToDrafts(spec);
        _plan.Complete("spec", $"Read {SpecPath}: {Markdown.Count(features.Count, "feature")}.");
        if (features.Count == 0)
        {
            return GiveUp($"The specification `{SpecPath}` has no features, so there is nothing to build. Add some in the spec wizard and approve it again.");
        }

        return CreateBacklog(before!, features)
            ?? WriteFiles(spec, features, present!, out var files)
            ?? Commit(files, present!)
            ?? Check(spec, features, before!, files);
    }

    private bool TryReadSpec(FilePage page, out SpecDocument spec, out string problem)
    {
        spec = SpecDocument.Empty;
        problem = $"There is no approved specification: `{SpecPath}` is missing or cannot be read. Finish the spec wizard; approving writes this file. "
            + "Then run **Initialize project** again. Nothing was changed.";
        if (page.Lines.Count == 0)
        {
            return false;
        }

        try
        {
            spec = SpecXml.Parse(page.Text);
        }
        catch (SpecFormatException exception)
        {
            problem = $"The specification `{SpecPath}` cannot be read: {exception.Message}\n\nCorrect the file, or approve the specification again in the spec wizard. "
                + "Then run **Initialize project** again. Nothing was changed.";
            return false;
        }

        if (page.FirstCutLine is { } cut)
        {
            _problems.Add($"Line {cut.Number} of the specification is longer than I can read; I used its first {FilePage.LongestLine:N0} characters ({cut.Citation}).");
        }

        return true;
    }

    private IReadOnlyList<OfflineAction>? CreateBacklog(BacklogStats before, IReadOnlyList<SpecFeatureDraft> features)
    {
        if (before.Total > 0)
        {
            _plan.Skip("backlog");
            return null;
        }

        ShowPlan("backlog");
        var succeeded = true;
        for (var start = 0; start < features.Count; start += MostPerCall)
        {
            var answer = lookups.Use("feature_create_bulk", Drafts(features, start));
            if (lookups.IsWaiting)
            {
                return Act($"The specification has {Markdown.Count(features.Count, "feature")} in "
                    + $"{Markdown.Count(features.DistinctBy(feature => feature.Category).Count(), "category", "categories")}. I put them into the backlog, with what each depends on.");
            }

            if (!answer!.Succeeded)
            {
                succeeded = false;
                _problems.Add($"The features could not be created: {answer.Output}");
                break;
            }
        }

        if (succeeded)
        {
            _plan.Complete("backlog", $"feature_create_bulk created {Markdown.Count(features.Count, "feature")}.");
        }
        else
        {
            _plan.Fail("backlog");
        }

        return null;
    }

    // Positions count within a call. What was created by an earlier call is named by its number, which is its place:
    // the backlog was empty before.
    private static JsonElement Drafts(IReadOnlyList<SpecFeatureDraft> features, int start) => JsonSerializer.SerializeToElement(new
    {
        features = features.Skip(start).Take(MostPerCall).Select(feature => new
        {
            category = feature.Category,
            name = feature.Name,
            description = feature.Description,
            steps = feature.Steps,
            depends_on_indices = feature.DependsOn.Where(index => index >= start).Select(index => index - start).ToArray(),
            depends_on = feature.DependsOn.Where(index => index < start).Select(index => index + 1).ToArray(),
        }).ToArray(),
    });

    private IReadOnlyList<OfflineAction>? WriteFiles(
        SpecDocument spec, IReadOnlyList<SpecFeatureDraft> features, FileList present, out WrittenFiles files)
    {
        files = new WrittenFiles([], []);
        var skeleton = Skeleton.Of(spec, projectName, features);
        var folders = skeleton.Where(file => file.Path.Contains('/', StringComparison.Ordinal)).Select(file => file.Path.Split('/')[0]).ToList();
        ShowPlan("files");
        var inFolders = folders.Select(folder => (Folder: folder, Files: lookups.Glob($"{folder}/**"))).ToList();
        if (lookups.IsWaiting)
        {
            return Act("Next come the first files. What exists already stays as it is.");
        }

        var taken = inFolders.Where(one => one.Files!.Paths.Count > 0).Select(one => one.Folder).ToHashSet();
        var kept = skeleton.Where(file => IsPresent(file, present) || taken.Contains(file.Path.Split('/')[0])).ToList();
        var written = new List<string>();
        foreach (var file in skeleton.Except(kept))
        {
            var answer = lookups.Use("Write", new { path = file.Path, content = file.Content });
            if (answer is { Succeeded: true })
            {
                written.Add(file.Path);
            }
            else if (answer is not null)
            {
                _problems.Add($"{Markdown.Span(file.Path)} could not be written: {answer.Output}");
            }
        }

        if (lookups.IsWaiting)
        {
            var keep = kept.Count == 0 ? "" : $" {string.Join(", ", kept.Select(file => Markdown.Span(file.Path)))} {(kept.Count == 1 ? "is" : "are")} there already, so I leave {(kept.Count == 1 ? "it" : "them")} alone.";
            return Act($"I write what is missing.{keep}");
        }

        if (written.Count + kept.Count == skeleton.Count)
        {
            _plan.Complete("files", $"{Markdown.Count(written.Count, "file")} written, {kept.Count} kept.");
        }
        else
        {
            _plan.Fail("files");
        }

        files = new WrittenFiles(written, [.. kept.Select(file => file.Path)]);
        return null;
    }

    private static bool IsPresent(SkeletonFile file, FileList present) => present.Paths.Any(path =>
        string.Equals(path, file.Path, StringComparison.OrdinalIgnoreCase)
        || (file.Path == "README.md" && !path.Contains('/', StringComparison.Ordinal) && path.StartsWith("readme", StringComparison.OrdinalIgnoreCase)));

    private IReadOnlyList<OfflineAction>? Commit(WrittenFiles files, FileList present)
    {
        // Only what Autocoder wrote: what else lies in an imported folder is for the person to commit.
        string[] ours = [.. files.Written, .. present.Paths.Where(path => path is SpecPath or "prompts/initializer_prompt.md")];
        ShowPlan("repository");
        var answer = lookups.Use("InitRepository", new { message = "Initialize the project from its approved specification", files = ours });
        if (lookups.IsWaiting)
        {
            return Act("Now a git repository with a first commit, if git is installed here.");
        }

        if (!answer!.Succeeded)
        {
            _problems.Add($"The repository could not be made: {answer.Output}");
            _plan.Fail("repository");
            return null;
        }

        _plan.Complete("repository", ToolText.Shorten(answer.Output.Split('\n')[0], UpdatePlanTool.MaxTextLength));
        return null;
    }

    private IReadOnlyList<OfflineAction> Check(
        SpecDocument spec, IReadOnlyList<SpecFeatureDraft> features, BacklogStats before, WrittenFiles files)
    {
        ShowPlan("check");
        var after = lookups.Stats(occurrence: 2);
        var next = lookups.NextFeature();
        if (lookups.IsWaiting)
        {
            return Act("Last, I check what the backlog holds.");
        }

        var expected = before.Total > 0 ? before.Total : features.Count;
        if (after!.Total == expected)
        {
            _plan.Complete("check", $"feature_get_stats counts {Markdown.Count(expected, "feature")}, as many as expected.");
        }
        else
        {
            _plan.Fail("check");
            _problems.Add(string.Create(CultureInfo.InvariantCulture, $"The backlog has {after.Total} features, but {expected} were expected."));
        }

        ShowPlan(null);
        if (lookups.IsWaiting)
        {
            return lookups.Needed;
        }

        var repository = lookups.Known("InitRepository")?.Output ?? "";
        return [new OfflineAction.Say(new InitializationSummary(spec, features, before, after, next!, files, repository, _problems).Write(projectName))];
    }

    private IReadOnlyList<OfflineAction> GiveUp(string reason)
    {
        _plan.Fail("spec");
        foreach (var rest in (string[])["backlog", "files", "repository", "check"])
        {
            _plan.Skip(rest);
        }

        ShowPlan(null);
        return lookups.IsWaiting ? lookups.Needed : [new OfflineAction.Say(reason)];
    }

    private void ShowPlan(string? current) => lookups.Use("UpdatePlan", _plan.At(current));

    private IReadOnlyList<OfflineAction> Act(string say) =>
        lookups.HasSaid(say) ? lookups.Needed : [new OfflineAction.Say(say), .. lookups.Needed];
}
