using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Autocoder.Core.Engines.Models.Offline.Looking;

namespace Autocoder.Core.Engines.Models.Offline.Answers;

/// <summary>Reads what a package manifest says of a project: its name, its scripts, what it depends on.</summary>
internal static partial class Manifests
{
    private const int MostEntries = 15;

    private static readonly string[] Names = ["package.json", "pyproject.toml", "requirements.txt", "Cargo.toml", "go.mod", "pom.xml", "composer.json", "Gemfile"];

    public static bool Is(string path) =>
        Names.Contains(FileKinds.Name(path)) || path.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase);

    /// <summary>Appends the facts, each with the line it stands in; nothing for other files.</summary>
    public static void Append(StringBuilder text, string path, FilePage page)
    {
        switch (FileKinds.Name(path))
        {
            case "package.json" or "composer.json":
                AppendJson(text, page);
                break;
            case "pyproject.toml" or "Cargo.toml" or "go.mod" or "requirements.txt" or "Gemfile":
                AppendLines(text, page, DependencyPattern());
                break;
            case var name when name.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase) || name == "pom.xml":
                AppendLines(text, page, PackagePattern());
                break;
        }
    }

    private static void AppendJson(StringBuilder text, FilePage page)
    {
        try
        {
            using var document = JsonDocument.Parse(page.Text, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
            if (document.RootElement.ValueKind is not JsonValueKind.Object)
            {
                return;
            }

            foreach (var section in (string[])["name", "description", "type", "main", "scripts", "dependencies", "devDependencies", "require"])
            {
                if (document.RootElement.TryGetProperty(section, out var value))
                {
                    AppendSection(text, page, section, value);
                }
            }
        }
        catch (JsonException)
        {
            text.Append("\n\nIt is not well-formed JSON, so I cannot say what it sets.");
        }
    }

    private static void AppendSection(StringBuilder text, FilePage page, string section, JsonElement value)
    {
        var place = page.Lines.FirstOrDefault(line => line.Text.TrimStart().StartsWith($"\"{section}\"", StringComparison.Ordinal))?.Citation;
        if (value.ValueKind is JsonValueKind.String)
        {
            text.Append("\n- ").Append(section).Append(": ").Append(Markdown.Span(value.ToString())).Append(' ').Append(place);
        }
        else if (value.ValueKind is JsonValueKind.Object)
        {
            var entries = value.EnumerateObject().Take(MostEntries).Select(entry => Markdown.Span($"{entry.Name}: {entry.Value}")).ToList();
            text.Append("\n- ").Append(section).Append(": ").Append(entries.Count == 0 ? "none" : string.Join(", ", entries)).Append(' ').Append(place);
        }
    }

    private static void AppendLines(StringBuilder text, FilePage page, Regex pattern)
    {
        foreach (var line in page.Lines.Where(line => line.Text.Length < 300 && pattern.IsMatch(line.Text)).Take(MostEntries))
        {
            text.Append("\n- ").Append(Markdown.Span(line.Text)).Append(' ').Append(line.Citation);
        }
    }

    [GeneratedRegex(@"^\s*([\w.-]+\s*(=|==|>=|~=|<)\s*\S|module\s|go\s\d|require\s|[\w./-]+\s+v\d|gem\s)", RegexOptions.CultureInvariant)]
    private static partial Regex DependencyPattern();

    [GeneratedRegex(@"<(PackageReference|ProjectReference|TargetFrameworks?|OutputType|artifactId)\b", RegexOptions.CultureInvariant)]
    private static partial Regex PackagePattern();
}
