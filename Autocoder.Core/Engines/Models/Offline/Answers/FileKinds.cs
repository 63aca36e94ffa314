namespace Autocoder.Core.Engines.Models.Offline.Answers;

/// <summary>What a file is for, judged by its path: how much a hit in it says, and which language it is.</summary>
internal static class FileKinds
{
    private static readonly Dictionary<string, string> Languages = new(StringComparer.OrdinalIgnoreCase)
    {
        [".cs"] = "C#",
        [".razor"] = "Razor",
        [".cshtml"] = "Razor",
        [".fs"] = "F#",
        [".vb"] = "Visual Basic",
        [".js"] = "JavaScript",
        [".mjs"] = "JavaScript",
        [".cjs"] = "JavaScript",
        [".jsx"] = "JavaScript (React)",
        [".ts"] = "TypeScript",
        [".tsx"] = "TypeScript (React)",
        [".vue"] = "Vue",
        [".svelte"] = "Svelte",
        [".py"] = "Python",
        [".go"] = "Go",
        [".rs"] = "Rust",
        [".java"] = "Java",
        [".kt"] = "Kotlin",
        [".swift"] = "Swift",
        [".rb"] = "Ruby",
        [".php"] = "PHP",
        [".c"] = "C",
        [".h"] = "C",
        [".cpp"] = "C++",
        [".hpp"] = "C++",
        [".cc"] = "C++",
        [".dart"] = "Dart",
        [".ex"] = "Elixir",
        [".exs"] = "Elixir",
        [".lua"] = "Lua",
        [".scala"] = "Scala",
        [".html"] = "HTML",
        [".css"] = "CSS",
        [".scss"] = "Sass",
        [".less"] = "Less",
        [".sql"] = "SQL",
        [".sh"] = "Shell",
        [".ps1"] = "PowerShell",
        [".md"] = "Markdown",
    };

    private static readonly HashSet<string> Locks = new(StringComparer.OrdinalIgnoreCase)
    {
        "package-lock.json", "packages.lock.json", "yarn.lock", "pnpm-lock.yaml", "composer.lock", "poetry.lock", "cargo.lock",
        "gemfile.lock", "go.sum", "bun.lockb", "uv.lock",
    };

    /// <summary>The name of the language; null when the extension is none of a language.</summary>
    public static string? Language(string path) => Languages.GetValueOrDefault(Path.GetExtension(path));

    /// <summary>How much a hit counts: code 1, tests and settings less, documents half, generated files next to nothing.</summary>
    public static double Weight(string path)
    {
        if (IsGenerated(path))
        {
            return 0.05;
        }

        // Lists of what to leave alone name many things and say nothing about any of them.
        if (Name(path) is ".gitignore" or ".dockerignore" or ".npmignore" or ".eslintignore" or ".prettierignore" or ".gitattributes")
        {
            return 0.1;
        }

        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".md" or ".txt" or ".rst" or ".adoc" => 0.4,
            ".json" or ".yml" or ".yaml" or ".toml" or ".xml" or ".ini" or ".csproj" or ".config" => 0.6,
            var extension when Languages.ContainsKey(extension) => IsTest(path) ? 0.7 : 1,
            _ => 0.5,
        };
    }

    /// <summary>Written by a tool, not by a person.</summary>
    public static bool IsGenerated(string path)
    {
        var name = Name(path);
        return Locks.Contains(name)
            || name.EndsWith(".lock", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith(".map", StringComparison.OrdinalIgnoreCase)
            || name.Contains(".min.", StringComparison.OrdinalIgnoreCase)
            || name.Contains(".generated.", StringComparison.OrdinalIgnoreCase);
    }

    public static bool IsTest(string path) =>
        path.Split('/').Any(part => part is "test" or "tests" or "__tests__" or "spec" or "e2e")
        || Words.Inside(Path.GetFileNameWithoutExtension(path)) is [.., "test" or "tests" or "spec"] or ["test", ..];

    public static string Name(string path) => path[(path.LastIndexOf('/') + 1)..];

    /// <summary>Name without any extension: <c>list</c> for <c>src/list.test.ts</c>.</summary>
    public static string Stem(string path)
    {
        var name = Name(path);
        var dot = name.IndexOf('.', 1);
        return dot < 0 ? name : name[..dot];
    }
}
