using System.Text;
using Autocoder.Core.Specs;

namespace Autocoder.Core.Engines.Models.Offline.Initializing;

/// <summary>The first files of a project: a README, a start script, what git ignores, and the folders of the stack.</summary>
internal static class Skeleton
{
    /// <summary>The files at the top, then a placeholder in each folder.</summary>
    public static IReadOnlyList<SkeletonFile> Of(SpecDocument spec, string projectName, IReadOnlyList<SpecFeatureDraft> features)
    {
        var stack = Stack.Of(spec);
        return
        [
            new SkeletonFile("README.md", Readme(spec, stack, projectName, features)),
            new SkeletonFile("init.sh", InitScript.For(stack)),
            new SkeletonFile(".gitignore", GitIgnore.For(stack)),
            .. stack.Parts.Select(part => new SkeletonFile($"{part.Folder}/.gitkeep", "")),
        ];
    }

    private static string Readme(SpecDocument spec, Stack stack, string projectName, IReadOnlyList<SpecFeatureDraft> features)
    {
        var title = string.IsNullOrWhiteSpace(spec.ProjectName) ? projectName : spec.ProjectName;
        var text = new StringBuilder($"# {OneLine(title)}\n");
        if (!string.IsNullOrWhiteSpace(spec.Overview))
        {
            text.Append('\n').Append(spec.Overview.Trim().ReplaceLineEndings("\n")).Append('\n');
        }

        text.Append("\n## Start\n\n```bash\nbash init.sh          # installs what the parts need\nbash init.sh start    # installs, then starts them\n```\n")
            .Append("\nThere is no application code yet: the script says so for each part, and does its work as soon as there is some.\n")
            .Append("\n## Where things are\n\n| Place | What it is |\n| --- | --- |\n");
        foreach (var part in stack.Parts)
        {
            text.Append($"| `{part.Folder}/` | {Cell(part.Role)}{(part.Technology.Length > 0 ? $": {Cell(part.Technology)}" : "")} |\n");
        }

        text.Append("| `prompts/app_spec.txt` | the approved specification |\n");
        AppendTechnology(text, spec);
        text.Append("\n## Features\n\n| Category | Features |\n| --- | ---: |\n");
        foreach (var category in features.GroupBy(feature => feature.Category))
        {
            text.Append($"| {Cell(category.Key)} | {category.Count()} |\n");
        }

        text.Append($"| **All** | **{features.Count}** |\n\nThe backlog in Autocoder has each of them, with the steps to check it.\n");
        return text.ToString();
    }

    private static void AppendTechnology(StringBuilder text, SpecDocument spec)
    {
        var choices = spec.TechnologyStack.SelectMany(group => group.Choices.Select(choice => (group.Name, choice.Key, choice.Value))).ToList();
        if (choices.Count == 0)
        {
            return;
        }

        text.Append("\n## Technology\n\n| Part | Choice | |\n| --- | --- | --- |\n");
        foreach (var (group, key, value) in choices)
        {
            text.Append($"| {Cell(group.Replace('_', ' '))} | {Cell(key.Replace('_', ' '))} | {Cell(value)} |\n");
        }
    }

    private static string Cell(string text) => OneLine(text).Replace("|", @"\|", StringComparison.Ordinal);

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
