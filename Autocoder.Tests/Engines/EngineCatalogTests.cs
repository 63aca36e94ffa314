using Autocoder.Core.Conversations;
using Autocoder.Core.Engines;
using Autocoder.Core.Engines.Loop;
using Autocoder.Tests.TestSupport;

namespace Autocoder.Tests.Engines;

public sealed class EngineCatalogTests
{
    private static readonly IAgentEngine[] Engines = [Engine("offline"), Engine("scripted")];

    [Theory]
    [InlineData("scripted:demo", "scripted", "demo")]
    [InlineData("scripted:demo#explorer", "scripted", "demo#explorer")]
    [InlineData("scripted:", "scripted", null)]
    [InlineData("scripted", "scripted", null)]
    [InlineData(null, "offline", null)]
    [InlineData(" ", "offline", null)]
    public void A_name_is_found_with_its_variant(string? name, string id, string? variant)
    {
        var choice = Catalog().Resolve(name);

        Assert.Equal((id, variant), (choice.Engine.Description.Id, choice.Variant));
        Assert.Equal(choice, Catalog().Resolve(choice.Name));
    }

    [Fact]
    public void An_unknown_engine_is_refused_with_the_known_ones()
    {
        var exception = Assert.Throws<EngineException>(() => Catalog().Resolve("warp:9"));

        Assert.Equal("engine_unknown", exception.Code);
        Assert.Contains("offline, scripted", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sub_agent_of_a_scenario_plays_its_part_of_the_same_scenario()
    {
        var demo = Catalog().Resolve("scripted:demo");

        Assert.Equal("demo#explorer", demo.ForSubAgent("explorer").Variant);
        Assert.Equal("demo#pilot", demo.ForSubAgent("explorer").ForSubAgent("pilot").Variant);
        Assert.Null(Catalog().Default.ForSubAgent("explorer").Variant);
    }

    [Fact]
    public void The_default_comes_first()
    {
        var catalog = new EngineCatalog(Engines, new FixedOptions<EngineOptions>(new EngineOptions { Default = "scripted:demo" }));

        Assert.Equal(["scripted", "offline"], catalog.Descriptions.Select(description => description.Id));
        Assert.Equal("demo", catalog.Default.Variant);
    }

    [Theory]
    [InlineData(ConversationKind.Spec, null, "offline")]
    [InlineData(ConversationKind.Assistant, null, "scripted:demo")]
    [InlineData(ConversationKind.Agent, null, "offline")]
    [InlineData(ConversationKind.Assistant, "offline", "offline")]
    public void A_surface_has_its_own_engine_unless_a_conversation_names_one(ConversationKind surface, string? named, string expected)
    {
        var catalog = new EngineCatalog(Engines, new FixedOptions<EngineOptions>(new EngineOptions { Assistant = "scripted:demo", Agent = " " }));

        Assert.Equal(expected, catalog.Resolve(named, surface).Name);
    }

    [Theory]
    [InlineData("offline", true)]
    [InlineData("scripted:demo", true)]
    [InlineData("warp", false)]
    [InlineData("", false)]
    public void A_default_that_does_not_exist_is_found_at_the_start(string value, bool isValid) =>
        Assert.Equal(isValid, new EngineOptionsValidator(Engines).Validate(null, new EngineOptions { Default = value }).Succeeded);

    private static LoopEngine Engine(string id) => new(new EngineDescription(id, id, "For tests", UsesModel: false), new FakeModel(), TimeProvider.System);

    private static EngineCatalog Catalog() => new(Engines, new FixedOptions<EngineOptions>(new EngineOptions()));
}
