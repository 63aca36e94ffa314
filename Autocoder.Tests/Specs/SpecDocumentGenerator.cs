using Autocoder.Core.Specs;
using FsCheck;
using FsCheck.Fluent;

namespace Autocoder.Tests.Specs;

/// <summary>Random documents whose texts are as hostile as texts get.</summary>
internal static class SpecDocumentGenerator
{
    private static readonly Gen<string> Piece = Gen.Elements(
        "", " ", "a", "list", "- ", "-", ":", ": ", ", ", "]]>", "</core_features>", "<b>", "&amp;", "&", "\"", "'", "\n", "\r", "\r\n", "\t", "\0", "\u0001", "\u001f",
        "\u007f", "\u0085", "\u00a0", "\u2028", "\u202E", "\u200F", "\ufeff", "\ufffe", "\uffff", "🙂", "_x0041_", "_x", "_", "x000A_", "[F-01] ", "1. ", "{", "é", "xml", "<!--", "<![CDATA[", "?>", "#");

    private static readonly Gen<string> Text = from pieces in Piece.ListOf() select string.Concat(pieces.Take(8));

    // Half a surrogate pair cannot be told from the replacement character in JSON; the codec has a test of its own for it.
    private static readonly Gen<string> Name = from text in Text select text + "n";

    private static readonly Gen<SpecOrigin> Origin = Gen.OneOf(
        Gen.Constant(SpecOrigin.Assumed), Gen.Constant(SpecOrigin.File), Text.Select(SpecOrigin.Answer), Text.Select(SpecOrigin.Attachment));

    private static readonly Gen<string> Id = Gen.Choose(0, 120).Select(number => FormattableString.Invariant($"F-{number:00}"));

    private static readonly Gen<SpecSection> Section = from name in Text from items in Few(Text) from origin in Origin select new SpecSection(name, items, origin);

    private static readonly Gen<SpecChoice> Choice = from key in Text from value in Text from origin in Origin select new SpecChoice(key, value, origin);

    private static readonly Gen<SpecFeature> Feature =
        from id in Id
        from name in Text
        from behaviour in Text
        from steps in Few(Text)
        from dependsOn in Few(Id)
        from origin in Origin
        select new SpecFeature(id, name, behaviour, steps, dependsOn, origin);

    private static readonly Gen<SpecTable> Table =
        from name in Text
        from columns in Few(from column in Text from type in Text from notes in Text select new SpecColumn(column, type, notes))
        from note in Text
        from origin in Origin
        select new SpecTable(name, columns, note, origin);

    private static readonly Gen<SpecEndpointGroup> Group =
        from name in Text
        from endpoints in Few(from method in Gen.Elements("GET", "POST", "WebSocket") from path in Name from summary in Text select new SpecEndpoint(method, "/" + path, summary))
        from note in Text
        from origin in Origin
        select new SpecEndpointGroup(name, endpoints, note, origin);

    private static readonly Gen<SpecRole> Role =
        from name in Text
        from permissions in Few(Text)
        from routes in Few(Text)
        from origin in Origin
        select new SpecRole(name, permissions, routes, origin);

    private static readonly Gen<SpecExtra> Extra =
        from after in Gen.Elements("", "overview", "core_features", "success_criteria", "feature_details")
        from xml in Gen.Elements("<mine />", "<mine a=\"1\">text <b>bold</b> &amp; more</mine>", "<!-- a comment -->", "<x:y xmlns:x=\"urn:z\">  spaced  </x:y>")
        select new SpecExtra("/", after, xml);

    private static readonly Gen<SpecDocument> Document =
        from head in Text.Four()
        from stack in Few(from name in Text from choices in Few(Choice) select new SpecChoices(name, choices))
        from lists in Few(Text).Two()
        from count in Gen.Choose(0, 99)
        from roles in Few(Role)
        from authentication in Few(Choice)
        from categories in Few(from name in Text from features in Few(Feature) select new SpecCategory(name, features))
        from tables in Few(Table)
        from groups in Few(Group)
        from sections in Few(Section).Four()
        from steps in Few(from title in Text from tasks in Few(Text) select new SpecStep(title, tasks))
        from requirements in Few(from id in Text from text in Text from origin in Origin select new SpecRequirement(id, text, origin))
        from extras in Few(Extra)
        select new SpecDocument
        {
            ProjectName = head.Item1,
            Overview = head.Item2,
            DatabaseNote = head.Item3,
            TechnologyStack = stack,
            Prerequisites = lists.Item1,
            FeatureCount = count,
            Access = new SpecAccess { Roles = roles, Authentication = authentication, SensitiveOperations = lists.Item2 },
            CoreFeatures = categories,
            Tables = tables,
            EndpointGroups = groups,
            UiLayout = sections.Item1,
            DesignSystem = sections.Item2,
            KeyInteractions = sections.Item3,
            SuccessCriteria = sections.Item4,
            ImplementationSteps = steps,
            Requirements = requirements,
            Extras = [.. extras.OrderBy(extra => Place(extra.After))],
        };

    public static void Check(Func<SpecDocument, bool> property) =>
        Prop.ForAll(Document.ToArbitrary(), property).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithEndSize(6));

    private static Gen<IReadOnlyList<T>> Few<T>(Gen<T> gen) => from items in gen.ListOf() select (IReadOnlyList<T>)[.. items.Take(3)];

    // Extras are listed in the order of the file.
    private static int Place(string after) => Array.IndexOf(["", "overview", "core_features", "success_criteria", "feature_details"], after);
}
