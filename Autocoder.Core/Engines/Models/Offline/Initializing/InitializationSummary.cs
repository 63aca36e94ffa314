using System.Globalization;
using System.Text;
using Autocoder.Core.Engines.Models.Offline.Answers;
using Autocoder.Core.Engines.Models.Offline.Looking;
using Autocoder.Core.Specs;

namespace Autocoder.Core.Engines.Models.Offline.Initializing;

/// <summary>The last words of an initialization: what is there now, what was kept, what went wrong, what comes next.</summary>
internal sealed record InitializationSummary(
    SpecDocument Spec,
    IReadOnlyList<SpecFeatureDraft> Features,
    BacklogStats Before,
    BacklogStats After,
    BacklogEntry Next,
    WrittenFiles Files,
    string Repository,
    IReadOnlyList<string> Problems)
{
    public string Write(string projectName)
    {
        var name = Spec.ProjectName.Length > 0 ? Spec.ProjectName : projectName;
        var text = new StringBuilder(Problems.Count == 0
            ? $"## {Markdown.Plain(name)} is initialized\n\n"
            : $"## {Markdown.Plain(name)} is initialized in part\n\n");
        AppendBacklog(text);
        Append(text, "Written", Files.Written);
        Append(text, "Kept as they were", Files.Kept);
        text.Append("\n**Repository**: ").Append(Markdown.Plain(Repository)).Append('\n');
        if (Problems.Count > 0)
        {
            text.Append("\n**What did not work**\n").AppendJoin("", Problems.Select(problem => $"\n- {problem}")).Append('\n');
        }

        text.Append("\n**Next steps**\n\n1. Read the features in the backlog, and change what you want different.\n");
        if (Next.Id > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"2. Build the first one: feature {Next.Id}, {Markdown.Plain(Next.Name)}. That takes an engine with a model, or you.\n");
        }

        return text.Append(Next.Id > 0 ? "3" : "2").Append(". Ask the assistant `how far is this project?` at any time.").ToString();
    }

    private void AppendBacklog(StringBuilder text)
    {
        if (Before.Total > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"The backlog had {Markdown.Count(Before.Total, "feature")} before, so I created none: nothing is there twice.\n");
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"The backlog has {Markdown.Count(After.Total, "feature")}.\n");
        if (After.Total == Features.Count)
        {
            text.Append("\n| Category | Features |\n| --- | ---: |\n");
            foreach (var category in Features.GroupBy(feature => feature.Category))
            {
                text.Append(CultureInfo.InvariantCulture, $"| {Markdown.Plain(category.Key)} | {category.Count()} |\n");
            }
        }
    }

    private static void Append(StringBuilder text, string title, IReadOnlyList<string> paths)
    {
        if (paths.Count > 0)
        {
            text.Append("\n**").Append(title).Append("**: ").AppendJoin(", ", paths.Select(Markdown.Span)).Append('\n');
        }
    }
}
