using System.Xml.Linq;
using Autocoder.Core.Specs;

namespace Autocoder.Tests.Specs;

public sealed class SpecXmlTests
{
    [Fact]
    public void Render_then_parse_is_the_identity_whatever_the_texts_hold() =>
        SpecDocumentGenerator.Check(document => SpecJson.Write(SpecXml.Parse(SpecXml.Render(document))) == SpecJson.Write(document));

    [Fact]
    public void Json_is_stable_and_reads_back() =>
        SpecDocumentGenerator.Check(document => SpecJson.Write(SpecJson.Read(SpecJson.Write(document))) == SpecJson.Write(document));

    [Fact]
    public void The_sections_come_in_the_order_other_tools_use()
    {
        var root = XElement.Parse(SpecXml.Render(SpecDocument.Empty));

        Assert.Equal("project_specification", root.Name.LocalName);
        Assert.Equal(
            ["project_name", "overview", "technology_stack", "prerequisites", "feature_count", "security_and_access_control", "core_features",
             "database_schema", "api_endpoints_summary", "ui_layout", "design_system", "key_interactions", "implementation_steps", "success_criteria",
             "requirements", "feature_details"],
            root.Elements().Select(element => element.Name.LocalName));
    }

    [Fact]
    public void A_feature_is_one_bullet_with_its_id()
    {
        var text = SpecXml.Render(SpecDocument.Empty with
        {
            FeatureCount = 1,
            CoreFeatures = [new SpecCategory("Shopping lists & more", [new SpecFeature("F-07", "Add: a list", "A person adds <a> list.\nAt once.", ["Add it"], [], SpecOrigin.Assumed)])],
        });

        Assert.Contains("""<shopping_lists_more name="Shopping lists &amp; more">""", text, StringComparison.Ordinal);
        Assert.Contains("\n      - [F-07] Add_x003A_ a list: A person adds &lt;a&gt; list._x000A_At once.\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Lists", "Lists")]
    [InlineData("2nd floor", "n_2nd_floor")]
    [InlineData("xml data", "n_xml_data")]
    [InlineData("!!!", "n_")]
    [InlineData("Größe & Maß", "größe_maß")]
    public void Names_that_are_no_xml_names_become_some(string name, string expected) => Assert.Equal(expected, XmlNames.From(name));

    [Fact]
    public void What_a_person_added_by_hand_comes_back_where_it_stood()
    {
        const string Edited = """
            <project_specification>
              <project_name>Lists</project_name>
              <deployment_target region="eu">A small <b>server</b></deployment_target>
              <!-- ask Ada about this -->
              <overview>Lists for all.</overview>
              <core_features>
                <lists>
                  - [F-01] Add a list: A person adds a list and sees it.
                  <note>mine</note>
                </lists>
              </core_features>
              <database_schema>
                <engine>SQLite</engine>
                <tables><lists>- id INTEGER PRIMARY KEY</lists></tables>
              </database_schema>
              <roadmap/>
            </project_specification>
            """;

        var document = SpecXml.Parse(Edited);
        var again = SpecXml.Render(document);

        Assert.Equal(5, document.Extras.Count);
        Assert.Equal(SpecJson.Write(document), SpecJson.Write(SpecXml.Parse(again)));
        var root = XElement.Parse(again);
        Assert.Equal(["project_name", "deployment_target", "overview"], root.Elements().Take(3).Select(element => element.Name.LocalName));
        Assert.Equal("A small <b>server</b>", string.Concat(root.Element("deployment_target")!.Nodes().Select(node => node.ToString(SaveOptions.DisableFormatting))));
        Assert.Equal("mine", root.Element("core_features")!.Element("lists")!.Element("note")!.Value);
        Assert.Equal("engine", root.Element("database_schema")!.Elements().First().Name.LocalName);
        Assert.Contains("ask Ada about this", again, StringComparison.Ordinal);
        Assert.Equal(new SpecColumn("id", "INTEGER", "PRIMARY KEY"), document.Tables.Single().Columns.Single());
    }

    [Fact]
    public void A_file_of_another_tool_is_read_with_its_bullets_and_bare_signs()
    {
        const string Foreign = """
            <project_specification>
              <project_name>Old & good</project_name>
              <technology_stack><frontend><framework>React</framework><port>3000</port></frontend></technology_stack>
              <prerequisites><environment_setup>- Node 20
                - npm, of course,
                  in a new version</environment_setup></prerequisites>
              <feature_count>2</feature_count>
              <core_features>
                <lists>
                  - User can create a list if count < 10
                  - User can delete a list
                </lists>
              </core_features>
              <api_endpoints_summary><lists>- GET /api/lists - all of them
            - DELETE /api/lists/:id
            All need a session</lists></api_endpoints_summary>
              <implementation_steps><step number="1"><title>Begin</title><tasks>- Set up</tasks></step></implementation_steps>
            </project_specification>
            """;

        var document = SpecXml.Parse(Foreign);

        Assert.Equal("Old & good", document.ProjectName);
        Assert.Equal(["F-01", "F-02"], document.AllFeatures().Select(feature => feature.Id));
        Assert.Equal("User can create a list if count < 10", document.AllFeatures().First().Name);
        Assert.Equal(["Node 20", "npm, of course, in a new version"], document.Prerequisites);
        Assert.Equal(new SpecEndpoint("GET", "/api/lists", "all of them"), document.EndpointGroups.Single().Endpoints[0]);
        Assert.Equal(SpecJson.Write(document), SpecJson.Write(SpecXml.Parse(SpecXml.Render(document))));
    }

    [Theory]
    [InlineData("<!DOCTYPE project_specification [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><project_specification><project_name>&x;</project_name></project_specification>", "line 1")]
    [InlineData("<project_specification>\n<overview>x</project_specification>", "line 2")]
    [InlineData("<something_else/>", "must begin with <project_specification>")]
    [InlineData("", "line")]
    public void What_is_no_specification_is_refused_in_words(string text, string expected)
    {
        var exception = Assert.Throws<SpecFormatException>(() => SpecXml.Parse(text));

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Depth_and_size_are_limited()
    {
        var deep = "<project_specification>" + string.Concat(Enumerable.Repeat("<a>", 10_000)) + string.Concat(Enumerable.Repeat("</a>", 10_000)) + "</project_specification>";

        Assert.Contains("nested more than", Assert.Throws<SpecFormatException>(() => SpecXml.Parse(deep)).Message, StringComparison.Ordinal);
        Assert.Contains("longer than", Assert.Throws<SpecFormatException>(() => SpecXml.Parse(new string(' ', SpecLimits.DocumentLength + 1))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", "object")]
    [InlineData("{\"core_features\":[null]}", "document.core_features[0]")]
    [InlineData("{\"nonsense\":1}", "nonsense")]
    [InlineData("{\"core_features\":[{\"name\":\"A\",\"features\":[{\"id\":\"x\",\"name\":\"\",\"behaviour\":\"\",\"steps\":[],\"depends_on\":[],\"origin\":\"assumed\"}]}]}", "'x' is not the id")]
    [InlineData("{\"core_features\":[{\"name\":\"A\"}]}", "features")]
    [InlineData("{\"extras\":[{\"parent\":\"/\",\"after\":\"\",\"xml\":\"<a>\"}]}", "well-formed")]
    public void Json_that_is_no_specification_is_refused_in_words(string json, string expected) =>
        Assert.Contains(expected, Assert.Throws<SpecFormatException>(() => SpecJson.Read(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Json_may_leave_out_what_is_not_known_yet() => Assert.Equal("A", SpecJson.Read("{\"project_name\":\"A\"}").ProjectName);
}
