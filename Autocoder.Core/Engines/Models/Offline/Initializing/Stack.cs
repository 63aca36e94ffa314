using System.Text.RegularExpressions;
using Autocoder.Core.Specs;

namespace Autocoder.Core.Engines.Models.Offline.Initializing;

/// <summary>The technology of an application, as far as folders and scripts depend on it.</summary>
internal sealed partial record Stack(IReadOnlyList<StackPart> Parts, bool HasDatabase)
{
    // The first that matches wins, so that "Node.js with a Go service" is Node and "React Native" is not something else.
    private static readonly (Regex Pattern, Toolchain Toolchain)[] Known =
    [
        (PlainPattern(), Toolchain.Static),
        (DotNetPattern(), Toolchain.DotNet),
        (PythonPattern(), Toolchain.Python),
        (RustPattern(), Toolchain.Rust),
        (PhpPattern(), Toolchain.Php),
        (RubyPattern(), Toolchain.Ruby),
        (NodePattern(), Toolchain.Node),
        (JavaPattern(), Toolchain.Java),
        (GoPattern(), Toolchain.Go),
        (StaticPattern(), Toolchain.Static),
    ];

    /// <summary>Each toolchain once.</summary>
    public IEnumerable<Toolchain> Toolchains => Parts.Select(part => part.Toolchain).Distinct();

    public static Stack Of(SpecDocument spec)
    {
        var parts = new List<StackPart>();
        Add(parts, spec, "frontend", "frontend", "what people see");
        Add(parts, spec, "backend", "backend", "the server and its API");
        if (parts.Count == 0)
        {
            parts.Add(new StackPart("src", "the application", "", Toolchain.Other));
        }
        else if (parts.Count == 2 && parts.All(part => part.Toolchain is Toolchain.DotNet))
        {
            // One solution builds both sides.
            parts = [parts[0] with { Folder = "src", Role = "the application", Technology = Join(parts.Select(part => part.Technology)) }];
        }

        return new Stack(parts, spec.Tables.Count > 0);
    }

    private static void Add(List<StackPart> parts, SpecDocument spec, string group, string folder, string role)
    {
        var choices = spec.TechnologyStack.FirstOrDefault(choices => string.Equals(choices.Name, group, StringComparison.OrdinalIgnoreCase))?.Choices ?? [];
        var technology = Join(choices.Where(choice => choice.Key is not ("port" or "database")).Select(choice => choice.Value));
        if (technology.Length > 0 && !NonePattern().IsMatch(technology))
        {
            var toolchain = Known.FirstOrDefault(known => known.Pattern.IsMatch(technology)).Toolchain;
            parts.Add(new StackPart(folder, role, technology, toolchain));
        }
    }

    private static string Join(IEnumerable<string> texts) =>
        string.Join(", ", texts.Select(text => text.ReplaceLineEndings(" ").Trim()).Where(text => text.Length > 0).Distinct());

    [GeneratedRegex(@"\A(none|no|not needed|-)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NonePattern();

    [GeneratedRegex(@"\b(plain|static)\s+html\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PlainPattern();

    [GeneratedRegex(@"\.net\b|\bc#|asp\.?net|blazor|razor", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DotNetPattern();

    [GeneratedRegex(@"\b(python|django|flask|fastapi)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PythonPattern();

    [GeneratedRegex(@"\b(rust|axum|actix)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RustPattern();

    [GeneratedRegex(@"\b(php|laravel|symfony)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PhpPattern();

    [GeneratedRegex(@"\b(ruby|rails|sinatra)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RubyPattern();

    [GeneratedRegex(@"\b(node(\.?js)?|express|nest(js)?|react|vue|svelte(kit)?|angular|next(\.?js)?|nuxt|vite|typescript|javascript|deno|bun)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NodePattern();

    [GeneratedRegex(@"\b(java|spring|kotlin|quarkus)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex JavaPattern();

    [GeneratedRegex(@"\b(go|golang)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex GoPattern();

    [GeneratedRegex(@"\b(html|css|static)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex StaticPattern();
}
