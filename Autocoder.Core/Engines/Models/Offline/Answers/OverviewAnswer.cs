using System.Text;
using Autocoder.Core.Engines.Models.Offline.Looking;

namespace Autocoder.Core.Engines.Models.Offline.Answers;

/// <summary>Answers "give me an overview": what it is meant to be, what lies there, with what it is built, how far it is.</summary>
internal static class OverviewAnswer
{
    public const string SpecPath = "prompts/app_spec.txt";

    private static readonly HashSet<string> EntryNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "program.cs", "main.py", "app.py", "manage.py", "main.go", "main.rs", "main.ts", "main.tsx", "main.js", "index.html",
        "index.js", "index.ts", "server.js", "server.ts", "app.js", "app.ts", "init.sh",
    };

    public static string? Write(Lookups lookups)
    {
        var files = lookups.Glob("**/*");
        var stats = lookups.Stats();
        if (files is null || stats is null)
        {
            return null;
        }

        if (files.Paths.Count == 0)
        {
            return "The project folder has no files yet. The specification wizard is the place to begin: it asks what you want to build.";
        }

        var readmePath = files.Paths.FirstOrDefault(path => string.Equals(path, "readme.md", StringComparison.OrdinalIgnoreCase));
        var readme = readmePath is null ? null : lookups.Read(readmePath, null, 60);
        var spec = files.Paths.Contains(SpecPath) ? lookups.Read(SpecPath) : null;
        var manifests = files.Paths.Where(Manifests.Is).OrderBy(path => path.Count(character => character == '/')).Take(3)
            .Select(path => (Path: path, Page: lookups.Read(path))).ToList();
        if (lookups.IsWaiting)
        {
            return null;
        }

        var text = new StringBuilder("## Overview\n");
        AppendSpec(text, spec);
        AppendReadme(text, readme);
        AppendFiles(text, files);
        AppendManifests(text, manifests);
        text.Append("\n\n**Backlog**\n\n").Append(ProgressAnswer.Sentence(stats));
        return text.ToString();
    }

    private static void AppendSpec(StringBuilder text, FilePage? spec)
    {
        if (Inside(spec, "overview") is { Count: > 0 } lines)
        {
            text.Append("\n**What it is meant to be**, as the specification says: ").Append(Quote(lines)).Append('\n');
        }
    }

    // The element as the file has it. Reading it as a whole document is not needed, and a hand-edited one may not be well-formed.
    private static List<FoundLine> Inside(FilePage? spec, string element) =>
        spec is null
            ? []
            : [.. spec.Lines
                .SkipWhile(line => !line.Text.Contains($"<{element}>", StringComparison.Ordinal))
                .TakeUntil(line => line.Text.Contains($"</{element}>", StringComparison.Ordinal))
                .Select(line => line with { Text = System.Net.WebUtility.HtmlDecode(line.Text.Replace($"<{element}>", "", StringComparison.Ordinal).Replace($"</{element}>", "", StringComparison.Ordinal)) })
                .Where(line => !string.IsNullOrWhiteSpace(line.Text))
                .Take(12)];

    private static IEnumerable<FoundLine> TakeUntil(this IEnumerable<FoundLine> lines, Func<FoundLine, bool> isLast)
    {
        foreach (var line in lines)
        {
            yield return line;
            if (isLast(line))
            {
                yield break;
            }
        }
    }

    private static void AppendReadme(StringBuilder text, FilePage? readme)
    {
        var paragraph = readme?.Lines
            .SkipWhile(line => string.IsNullOrWhiteSpace(line.Text) || !char.IsLetterOrDigit(line.Text.TrimStart()[0]))
            .TakeWhile(line => !string.IsNullOrWhiteSpace(line.Text) && !line.Text.StartsWith('#'))
            .Take(6)
            .ToList();
        if (paragraph is { Count: > 0 })
        {
            text.Append("\n**The README says**: ").Append(Quote(paragraph)).Append('\n');
        }
    }

    private static string Quote(List<FoundLine> lines)
    {
        var place = lines.Count == 1 ? lines[0].Citation : $"`{lines[0].Path}:{lines[0].Number}-{lines[^1].Number}`";
        return $"{Markdown.Plain(string.Join(' ', lines.Select(line => line.Text.Trim())))} ({place})";
    }

    private static void AppendFiles(StringBuilder text, FileList files)
    {
        text.Append("\n**Files**: ").Append(files.HasMore ? "more than " : "").Append(Markdown.Count(files.Paths.Count, "file"));
        var languages = files.Paths.Where(path => !FileKinds.IsGenerated(path)).Select(FileKinds.Language).OfType<string>()
            .CountBy(language => language)
            .OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal)
            .Take(6).Select(count => $"{count.Key} ({count.Value})").ToList();
        text.Append(languages.Count == 0 ? "." : $"; by language {string.Join(", ", languages)}.");
        var top = files.Paths
            .GroupBy(path => path.Split('/')[0] + (path.Contains('/', StringComparison.Ordinal) ? "/" : ""))
            .Take(20)
            .Select(group => group.Key.EndsWith('/') ? $"{Markdown.Span(group.Key)} ({group.Count()})" : Markdown.Span(group.Key));
        text.Append("\n\n**At the top**: ").AppendJoin(", ", top);
        var entries = files.Paths.Where(path => EntryNames.Contains(FileKinds.Name(path)) && !FileKinds.IsTest(path))
            .OrderBy(path => path.Count(character => character == '/')).ThenBy(path => path, StringComparer.Ordinal).Take(6).ToList();
        if (entries.Count > 0)
        {
            text.Append("\n\n**It probably starts in** ").AppendJoin(", ", entries.Select(Markdown.Span)).Append(" (judged by the names).");
        }
    }

    private static void AppendManifests(StringBuilder text, List<(string Path, FilePage? Page)> manifests)
    {
        foreach (var (path, page) in manifests.Where(manifest => manifest.Page is { Lines.Count: > 0 }))
        {
            text.Append("\n\n**").Append(path.Replace("*", @"\*", StringComparison.Ordinal)).Append("**\n");
            Manifests.Append(text, path, page!);
        }
    }
}
