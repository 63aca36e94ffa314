using Autocoder.Core.Specs;

namespace Autocoder.Web.Components.Pages.Spec;

/// <summary>A specification as the page shows it: sections of lines, each with what the rules say about it.</summary>
/// <param name="Other">Findings that belong to no line.</param>
public sealed record SpecOutline(IReadOnlyList<SpecOutlineSection> Sections, IReadOnlyList<SpecFinding> Other, int Errors, int Warnings, int Assumed)
{
    /// <summary>Lays a document out.</summary>
    public static SpecOutline Of(SpecDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var findings = SpecLint.Check(document);
        var byPlace = findings.ToLookup(finding => finding.Place, StringComparer.Ordinal);
        var used = new HashSet<SpecFinding>();

        SpecLine Line(string? id, string text, SpecOrigin? origin, string? place = null)
        {
            var own = byPlace[place ?? id ?? ""].ToList();
            used.UnionWith(own);
            return new SpecLine(id, text, origin, own);
        }

        List<SpecOutlineSection> sections =
        [
            new("Overview", [.. document.Overview.Length > 0 ? [Line(null, document.Overview, null, "overview")] : Array.Empty<SpecLine>()]),
            new("Requirements", [.. document.Requirements.Select(requirement => Line(requirement.Id, requirement.Text, requirement.Origin))]),
            new("Technology", [.. document.TechnologyStack.SelectMany(group => group.Choices.Select(choice => Line(null, $"{group.Name} · {choice.Key}: {choice.Value}", choice.Origin)))]),
            .. document.CoreFeatures.Select(category => new SpecOutlineSection(
                category.Name, [.. category.Features.Select(feature => Line(feature.Id, $"{feature.Name}. {feature.Behaviour}", feature.Origin))], IsFeatures: true)),
            new("Data", [.. document.Tables.Select(table => Line(
                null, $"{table.Name}: {string.Join(", ", table.Columns.Select(column => column.Name))}", table.Origin, $"tables/{table.Name}"))]),
            new("API", [.. document.EndpointGroups.SelectMany(group => group.Endpoints.Select(endpoint => Line(null, $"{endpoint.Method} {endpoint.Path}", group.Origin)))]),
            new("Access", [.. document.Access.Roles.Select(role => Line(null, $"{role.Name}: {string.Join(", ", role.Permissions)}", role.Origin)),
                .. document.Access.Authentication.Select(choice => Line(null, $"{choice.Key}: {choice.Value}", choice.Origin))]),
            new("Layout and look", [.. document.UiLayout.Concat(document.DesignSystem).Select(section => Line(null, $"{section.Name}: {string.Join("; ", section.Items)}", section.Origin))]),
            new("Order of building", [.. document.ImplementationSteps.Select(step => Line(null, step.Title, null))]),
            new("Done means", [.. document.SuccessCriteria.SelectMany(section => section.Items.Select(item => Line(null, item, section.Origin)))]),
        ];

        return new SpecOutline(
            [.. sections.Where(section => section.Lines.Count > 0)],
            [.. findings.Where(finding => !used.Contains(finding))],
            findings.Count(finding => finding.Severity is SpecSeverity.Error),
            findings.Count(finding => finding.Severity is SpecSeverity.Warning),
            sections.SelectMany(section => section.Lines).Count(line => line.Origin?.Kind is SpecOriginKind.Assumed));
    }
}

/// <summary>A section of a <see cref="SpecOutline"/>.</summary>
public sealed record SpecOutlineSection(string Title, IReadOnlyList<SpecLine> Lines, bool IsFeatures = false);

/// <summary>A line of a <see cref="SpecOutlineSection"/>.</summary>
/// <param name="Id">The stable id, where it has one.</param>
public sealed record SpecLine(string? Id, string Text, SpecOrigin? Origin, IReadOnlyList<SpecFinding> Findings);
