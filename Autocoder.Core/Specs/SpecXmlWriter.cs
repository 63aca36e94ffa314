using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using static Autocoder.Core.Specs.SpecText;

namespace Autocoder.Core.Specs;

/// <summary>Renders a document; the counterpart of <see cref="SpecXmlReader"/>.</summary>
internal static class SpecXmlWriter
{
    public static string Write(SpecDocument document)
    {
        var root = new XElement(
            SpecXml.Root,
            Line("project_name", document.ProjectName),
            new XElement("overview", EncodeBlock(document.Overview)),
            new XElement("technology_stack", document.TechnologyStack.Select(Choices)),
            new XElement("prerequisites", Bullets("environment_setup", document.Prerequisites)),
            Line("feature_count", document.FeatureCount.ToString(CultureInfo.InvariantCulture)),
            Access(document.Access),
            new XElement("core_features", document.CoreFeatures.Select(Category)),
            Database(document),
            new XElement("api_endpoints_summary", document.EndpointGroups.Select(Endpoints)),
            Sections("ui_layout", document.UiLayout),
            Sections("design_system", document.DesignSystem),
            Sections("key_interactions", document.KeyInteractions),
            new XElement("implementation_steps", document.ImplementationSteps.Select(Step)),
            Sections("success_criteria", document.SuccessCriteria),
            new XElement("requirements", document.Requirements.Select(Requirement)),
            new XElement("feature_details", document.AllFeatures().Select(Details)));
        SpecXmlExtras.Insert(root, document.Extras);
        Indent(root, 0);
        return ToText(root);
    }

    private static XElement Choices(SpecChoices group) => Named(group.Name, SpecOrigin.File, group.Choices.Select(Choice));

    private static XElement Choice(SpecChoice choice) => Named(choice.Key, choice.Origin, EncodeBlock(choice.Value));

    private static XElement Access(SpecAccess access) => new(
        "security_and_access_control",
        new XElement("user_roles", access.Roles.Select(role => WithOrigin(
            new XElement(
                "role",
                new XAttribute("name", EncodeLine(role.Name)),
                Bullets("permissions", role.Permissions),
                Bullets("protected_routes", role.ProtectedRoutes)),
            role.Origin))),
        new XElement("authentication", access.Authentication.Select(Choice)),
        Bullets("sensitive_operations", access.SensitiveOperations));

    private static XElement Category(SpecCategory category) =>
        AsBullets(Named(category.Name, SpecOrigin.File), category.Features.Select(feature =>
            Join($"[{feature.Id}] {EncodeLine(feature.Name, ":")}:", EncodeLine(feature.Behaviour))));

    private static XElement Database(SpecDocument document)
    {
        var database = new XElement("database_schema", new XElement("tables", document.Tables.Select(Table)));
        if (document.DatabaseNote.Length > 0)
        {
            database.AddFirst(new XElement("database", EncodeBlock(document.DatabaseNote)));
        }

        return database;
    }

    private static XElement Table(SpecTable table) =>
        AsBullets(WithNote(Named(table.Name, table.Origin), table.Note), table.Columns.Select(column =>
        {
            var line = Join(EncodeLine(column.Name, ":") + ":", EncodeLine(column.Type, ","));
            return column.Notes.Length > 0 ? $"{line}, {EncodeLine(column.Notes)}" : line;
        }));

    private static XElement Endpoints(SpecEndpointGroup group) =>
        AsBullets(WithNote(Named(group.Name, group.Origin), group.Note), group.Endpoints.Select(endpoint =>
        {
            var line = $"{EncodeLine(endpoint.Method, " \u00a0")} {EncodeLine(endpoint.Path, " \u00a0")}";
            return endpoint.Summary.Length > 0 ? $"{line} - {EncodeLine(endpoint.Summary)}" : line;
        }));

    private static XElement Sections(string name, IReadOnlyList<SpecSection> sections) =>
        new(name, sections.Select(section => AsBullets(Named(section.Name, section.Origin), section.Items.Select(item => EncodeLine(item)))));

    private static XElement Step(SpecStep step, int index) => new(
        "step",
        new XAttribute("number", index + 1),
        Line("title", step.Title),
        Bullets("tasks", step.Tasks));

    private static XElement Requirement(SpecRequirement requirement) => WithOrigin(
        new XElement("requirement", new XAttribute("id", EncodeLine(requirement.Id)), EncodeBlock(requirement.Text)), requirement.Origin);

    private static XElement Details(SpecFeature feature)
    {
        var details = new XElement("feature", new XAttribute("id", feature.Id));
        if (feature.DependsOn.Count > 0)
        {
            details.Add(new XAttribute("depends_on", string.Join(' ', feature.DependsOn)));
        }

        return AsBullets(WithOrigin(details, feature.Origin), feature.Steps.Select(step => EncodeLine(step)));
    }

    private static XElement Line(string name, string text) => new(name, EncodeLine(text));

    private static XElement Bullets(string name, IReadOnlyList<string> items) =>
        AsBullets(new XElement(name), items.Select(item => EncodeLine(item)));

    private static XElement Named(string name, SpecOrigin origin, object? content = null)
    {
        var elementName = XmlNames.From(name);
        var element = new XElement(elementName, content);
        if (elementName != name)
        {
            element.Add(new XAttribute("name", EncodeLine(name)));
        }

        return WithOrigin(element, origin);
    }

    private static XElement WithOrigin(XElement element, SpecOrigin origin)
    {
        if (origin.Kind is not SpecOriginKind.File)
        {
            element.Add(new XAttribute("origin", EncodeLine(origin.ToString())));
        }

        return element;
    }

    private static XElement WithNote(XElement element, string note)
    {
        if (note.Length > 0)
        {
            element.Add(new XAttribute("note", EncodeLine(note)));
        }

        return element;
    }

    private static XElement AsBullets(XElement element, IEnumerable<string> lines)
    {
        element.AddAnnotation(new BulletLines([.. lines]));
        return element;
    }

    private static string Join(string head, string tail) => tail.Length > 0 ? head + " " + tail : head;

    // Done last, because only then the depth of every element is known.
    private static void Indent(XElement element, int depth)
    {
        var inner = "\n" + new string(' ', 2 * (depth + 1));
        var outer = "\n" + new string(' ', 2 * depth);
        if (element.Annotation<BulletLines>() is { } bullets)
        {
            var added = element.Nodes().ToList();
            element.RemoveNodes();
            element.Add(bullets.Lines.Select(line => (object)new XText(line.Length > 0 ? $"{inner}- {line}" : inner + "-")));
            added.ForEach(node => element.Add(inner, node));
            element.Add(element.IsEmpty ? null : outer);
        }
        else if (!element.Nodes().OfType<XText>().Any() && element.Annotation<SpecExtra>() is null && !element.IsEmpty)
        {
            foreach (var node in element.Nodes().ToList())
            {
                node.AddBeforeSelf(inner);
                if (node is XElement child)
                {
                    Indent(child, depth + 1);
                }
            }

            element.Add(outer);
        }
    }

    private static string ToText(XElement root)
    {
        var text = new StringBuilder();
        var settings = new XmlWriterSettings { OmitXmlDeclaration = true, NewLineHandling = NewLineHandling.None };
        using (var writer = XmlWriter.Create(text, settings))
        {
            root.Save(writer);
        }

        return text.Append('\n').ToString();
    }

    private sealed record BulletLines(IReadOnlyList<string> Lines);
}
