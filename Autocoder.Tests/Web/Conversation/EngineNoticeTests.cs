using AngleSharp.Dom;
using Autocoder.Core.Conversations;
using Autocoder.Core.Engines;
using Autocoder.Tests.TestSupport;
using Autocoder.Web.Components.Conversation;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace Autocoder.Tests.Web.Conversation;

/// <summary>Says who answers, and lets a person choose somebody else.</summary>
public sealed class EngineNoticeTests : ComponentTest
{
    private readonly List<string?> _chosen = [];

    public EngineNoticeTests() => Services.AddSingleton(new EngineCatalog(
        [Engine("offline", usesModel: false), Engine("scripted", usesModel: false), Engine("anthropic", usesModel: true)],
        new FixedOptions<EngineOptions>(new EngineOptions())));

    [Fact]
    public void Another_engine_can_be_chosen_and_what_is_carried_over_is_said()
    {
        var cut = Show("offline");

        Assert.Contains("It is shown what was said here", cut.Find(".note").TextContent, StringComparison.Ordinal);
        Item(cut, "The anthropic one").Click();
        Item(cut, "As in the settings").Click();

        Assert.Equal(["anthropic", null], _chosen);
        Assert.Equal("true", Item(cut, "The offline one").GetAttribute("aria-current"));
    }

    [Fact]
    public void One_that_plays_scenarios_is_only_there_where_it_plays()
    {
        Assert.DoesNotContain("scripted", Show("offline").Find("[role=menu]").TextContent, StringComparison.Ordinal);
        Assert.Contains("✓ The scripted one", Show("scripted:demo").Find("[role=menu]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void An_engine_that_is_gone_can_be_left()
    {
        var cut = Show("poet");

        Item(cut, "The offline one").Click();

        Assert.Equal(["offline"], _chosen);
    }

    [Fact]
    public void A_refusal_is_said()
    {
        var cut = Show("offline", _ => throw new ArgumentException("This is in the trash."));

        Item(cut, "The anthropic one").Click();

        Assert.Contains("This is in the trash.", cut.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_somebody_to_tell_there_is_nothing_to_choose() => Assert.Empty(Render<EngineNotice>(parameters => parameters
        .Add(notice => notice.Engine, "offline").Add(notice => notice.Surface, ConversationKind.Spec).Add(notice => notice.Text, "By rules.")).FindAll("[role=menu]"));

    private static IElement Item(IRenderedComponent<EngineNotice> cut, string text) =>
        cut.FindAll("[role=menuitem]").First(item => item.TextContent.Replace("✓ ", "", StringComparison.Ordinal).Trim().StartsWith(text, StringComparison.Ordinal));

    private IRenderedComponent<EngineNotice> Show(string engine, Action<string?>? choose = null) => Render<EngineNotice>(parameters => parameters
        .Add(notice => notice.Engine, engine)
        .Add(notice => notice.Surface, ConversationKind.Agent)
        .Add(notice => notice.Text, "By rules.")
        .Add(notice => notice.OnChoose, choose ?? _chosen.Add));

    private static NamedEngine Engine(string id, bool usesModel) => new(new EngineDescription(id, $"The {id} one", "A summary.", usesModel));

    private sealed class NamedEngine(EngineDescription description) : IAgentEngine
    {
        public EngineDescription Description => description;

        public IAsyncEnumerable<EngineEvent> RunAsync(EngineRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
