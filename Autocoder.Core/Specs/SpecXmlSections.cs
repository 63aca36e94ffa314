using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using static Autocoder.Core.Specs.SpecText;

namespace Autocoder.Core.Specs;

/// <summary>Reads the sections of one parsed file, and collects what none of them knows.</summary>
internal sealed partial class SpecXmlSections(XElement root)
{
    private readonly List<SpecExtra> _extras = [];

    public SpecDocument Read()
    {
        var sections = Children(root, "/", element => RootNames.Contains(element.Name.LocalName), distinct: true)
            .ToDictionary(child => child.Element.Name.LocalName);
        var details = new SpecXmlDetails();
        if (sections.TryGetValue("feature_details", out var detailsSection))
        {
            Children(detailsSection, element => element.Name.LocalName == "feature").ForEach(child => details.Add(child.Element, Bullets(child)));
        }

        var document = new SpecDocument
        {
            ProjectName = Text(sections, "project_name"),
            Overview = Text(sections, "overview"),
            TechnologyStack = [.. All(sections, "technology_stack").Select(child => new SpecChoices(Name(child.Element), Choices(child)))],
            Prerequisites = [.. NamedBullets(sections, "prerequisites", "environment_setup")],
            Access = Access(sections),
            CoreFeatures = Categories(sections, details),
            Tables = Tables(sections, out var note),
            DatabaseNote = note,
            EndpointGroups = [.. All(sections, "api_endpoints_summary").Select(EndpointGroup)],
            UiLayout = Sections(sections, "ui_layout"),
            DesignSystem = Sections(sections, "design_system"),
            KeyInteractions = Sections(sections, "key_interactions"),
            ImplementationSteps = Steps(sections),
            SuccessCriteria = Sections(sections, "success_criteria"),
            Requirements = Requirements(sections),
        };
        return document with { FeatureCount = Count(sections, document), Extras = _extras };
    }

    private static readonly string[] RootNames =
    [
        "project_name", "overview", "technology_stack", "prerequisites", "feature_count", "security_and_access_control",
        "core_features", "database_schema", "api_endpoints_summary", "ui_layout", "design_system", "key_interactions",
        "implementation_steps", "success_criteria", "requirements", "feature_details",
    ];

    // A file without the number has no wrong number.
    private static int Count(Dictionary<string, Place> sections, SpecDocument document) =>
        !sections.TryGetValue("feature_count", out var place) ? document.AllFeatures().Count()
            : int.TryParse(place.Element.Value.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : -1;

    private SpecAccess Access(Dictionary<string, Place> sections)
    {
        if (!sections.TryGetValue("security_and_access_control", out var access))
        {
            return SpecAccess.Open;
        }

        var parts = Children(access, element => element.Name.LocalName is "user_roles" or "authentication" or "sensitive_operations", distinct: true)
            .ToDictionary(child => child.Element.Name.LocalName);
        return new SpecAccess
        {
            Roles = parts.TryGetValue("user_roles", out var roles)
                ? [.. Children(roles, element => element.Name.LocalName == "role").Select(Role)] : [],
            Authentication = parts.TryGetValue("authentication", out var authentication) ? Choices(authentication) : [],
            SensitiveOperations = parts.TryGetValue("sensitive_operations", out var operations) ? [.. Bullets(operations)] : [],
        };
    }

    private SpecRole Role(Place role)
    {
        var parts = Children(role, element => element.Name.LocalName is "permissions" or "protected_routes", distinct: true)
            .ToDictionary(child => child.Element.Name.LocalName);
        return new SpecRole(
            Name(role.Element),
            [.. Lines(role.Element), .. parts.TryGetValue("permissions", out var permissions) ? Bullets(permissions) : []],
            parts.TryGetValue("protected_routes", out var routes) ? [.. Bullets(routes)] : [],
            Origin(role.Element));
    }

    private List<SpecCategory> Categories(Dictionary<string, Place> sections, SpecXmlDetails details)
    {
        var bullets = All(sections, "core_features").Select(child => (Name: Name(child.Element), Lines: RawBullets(child))).ToList();
        if (sections.TryGetValue("core_features", out var direct) && RawLines(direct.Element) is { Count: > 0 } general)
        {
            bullets.Add(("General", general));
        }

        var numbers = new SpecXmlFeatures(bullets.SelectMany(category => category.Lines), details);
        return [.. bullets.Select(category => new SpecCategory(category.Name, [.. category.Lines.Select(numbers.Read)]))];
    }

    private List<SpecTable> Tables(Dictionary<string, Place> sections, out string note)
    {
        note = "";
        if (!sections.TryGetValue("database_schema", out var database))
        {
            return [];
        }

        var parts = Children(database, element => element.Name.LocalName is "tables" or "database", distinct: true)
            .ToDictionary(child => child.Element.Name.LocalName);
        note = parts.TryGetValue("database", out var none) ? Decode(none.Element.Value.Trim()) : string.Join(' ', Lines(database.Element));
        return parts.TryGetValue("tables", out var tables)
            ? [.. Children(tables, _ => true).Select(table => new SpecTable(
                Name(table.Element), [.. RawBullets(table).Select(Column)], Attribute(table.Element, "note"), Origin(table.Element)))]
            : [];
    }

    private static SpecColumn Column(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            var words = line.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return new SpecColumn(Decode(words.ElementAtOrDefault(0) ?? ""), Decode(words.ElementAtOrDefault(1) ?? ""), Decode(words.ElementAtOrDefault(2) ?? ""));
        }

        var rest = line[(colon + 1)..].Trim();
        var comma = rest.IndexOf(',', StringComparison.Ordinal);
        return comma < 0
            ? new SpecColumn(Decode(line[..colon].Trim()), Decode(rest), "")
            : new SpecColumn(Decode(line[..colon].Trim()), Decode(rest[..comma].Trim()), Decode(rest[(comma + 1)..].Trim()));
    }

    private SpecEndpointGroup EndpointGroup(Place group)
    {
        var endpoints = new List<SpecEndpoint>();
        var notes = new List<string> { Attribute(group.Element, "note") };
        foreach (var line in RawBullets(group))
        {
            var words = line.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (words.Length >= 2 && HttpMethod().IsMatch(words[0]))
            {
                var summary = words.Length == 3 ? Dash().Replace(words[2], "") : "";
                endpoints.Add(new SpecEndpoint(Decode(words[0]), Decode(words[1]), Decode(summary)));
            }
            else
            {
                notes.Add(Decode(line));
            }
        }

        return new SpecEndpointGroup(Name(group.Element), endpoints, string.Join(' ', notes.Where(note => note.Length > 0)), Origin(group.Element));
    }

    private List<SpecStep> Steps(Dictionary<string, Place> sections)
    {
        if (!sections.TryGetValue("implementation_steps", out var steps))
        {
            return [];
        }

        return [.. Children(steps, element => element.Name.LocalName == "step").Select(step =>
        {
            var parts = Children(step, element => element.Name.LocalName is "title" or "tasks", distinct: true)
                .ToDictionary(child => child.Element.Name.LocalName);
            var title = parts.TryGetValue("title", out var named) ? Decode(named.Element.Value.Trim()) : "";
            return new SpecStep(title, [.. Lines(step.Element), .. parts.TryGetValue("tasks", out var tasks) ? Bullets(tasks) : []]);
        })];
    }

    private List<SpecRequirement> Requirements(Dictionary<string, Place> sections) =>
        sections.TryGetValue("requirements", out var requirements)
            ? [.. Children(requirements, element => element.Name.LocalName == "requirement").Select(child => new SpecRequirement(
                Attribute(child.Element, "id"), Decode(OwnText(child.Element).Trim()), Origin(child.Element)))]
            : [];

    private List<SpecSection> Sections(Dictionary<string, Place> sections, string name)
    {
        var result = All(sections, name).Select(child => new SpecSection(Name(child.Element), [.. Bullets(child)], Origin(child.Element))).ToList();
        if (sections.TryGetValue(name, out var direct) && Lines(direct.Element) is { Count: > 0 } general)
        {
            result.Add(new SpecSection("general", general, SpecOrigin.File));
        }

        return result;
    }

    private IReadOnlyList<SpecChoice> Choices(Place group)
    {
        var choices = Children(group, _ => true).Select(child =>
        {
            Unknown(child);
            return new SpecChoice(Name(child.Element), Decode(OwnText(child.Element).Trim()), Origin(child.Element));
        });
        return [.. choices, .. Lines(group.Element).Select(line => new SpecChoice("note", line, SpecOrigin.File))];
    }

    private IReadOnlyList<string> NamedBullets(Dictionary<string, Place> sections, string name, string child)
    {
        if (!sections.TryGetValue(name, out var section))
        {
            return [];
        }

        var inner = Children(section, element => element.Name.LocalName == child, distinct: true).SelectMany(Bullets);
        return [.. Lines(section.Element), .. inner];
    }

    private List<Place> All(Dictionary<string, Place> sections, string name) =>
        sections.TryGetValue(name, out var section) ? Children(section, _ => true) : [];

    private List<Place> Children(Place parent, Func<XElement, bool> isKnown, bool distinct = false) =>
        Children(parent.Element, parent.Path, isKnown, distinct);

    private List<Place> Children(XElement parent, string path, Func<XElement, bool> isKnown, bool distinct = false)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var known = parent.Elements().Where(element => isKnown(element) && (!distinct || seen.Add(element.Name.LocalName))).ToHashSet();
        _extras.AddRange(SpecXmlExtras.Find(parent, path, known.Contains));
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. parent.Elements().Where(known.Contains)
            .Select(element => new Place(element, path.TrimEnd('/') + "/" + SpecXmlExtras.Step(element.Name.LocalName, counts)))];
    }

    private void Unknown(Place place) => _extras.AddRange(SpecXmlExtras.Find(place.Element, place.Path, _ => false));

    private IReadOnlyList<string> RawBullets(Place place)
    {
        Unknown(place);
        return RawLines(place.Element);
    }

    private IReadOnlyList<string> Bullets(Place place)
    {
        Unknown(place);
        return Lines(place.Element);
    }

    private string Text(Dictionary<string, Place> sections, string name)
    {
        if (!sections.TryGetValue(name, out var place))
        {
            return "";
        }

        Unknown(place);
        return Decode(OwnText(place.Element).Trim());
    }

    private static IReadOnlyList<string> Lines(XElement element) => [.. RawLines(element).Select(Decode)];

    // A line that begins no bullet belongs to the one before it; people wrap long lines.
    private static List<string> RawLines(XElement element)
    {
        var items = new List<string>();
        foreach (var line in OwnText(element).Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0))
        {
            if (line is "-" || line.StartsWith("- ", StringComparison.Ordinal))
            {
                items.Add(line[1..].TrimStart());
            }
            else if (items.Count > 0 && !Numbered().IsMatch(line))
            {
                items[^1] += " " + line;
            }
            else
            {
                items.Add(Numbered().Replace(line, ""));
            }
        }

        return items;
    }

    private static string OwnText(XElement element) => string.Concat(element.Nodes().OfType<XText>().Select(text => text.Value));

    private static string Name(XElement element) => element.Attribute("name") is { } name ? Decode(name.Value) : element.Name.LocalName;

    private static SpecOrigin Origin(XElement element) => SpecOrigin.Parse(element.Attribute("origin") is { } origin ? Decode(origin.Value) : null);

    private static string Attribute(XElement element, string name) => element.Attribute(name) is { } value ? Decode(value.Value) : "";

    [GeneratedRegex(@"^[0-9]{1,3}[.)]\s+")]
    private static partial Regex Numbered();

    [GeneratedRegex("^[A-Za-z]+$")]
    private static partial Regex HttpMethod();

    [GeneratedRegex(@"^[-–—:]\s+")]
    private static partial Regex Dash();

    private sealed record Place(XElement Element, string Path);
}
