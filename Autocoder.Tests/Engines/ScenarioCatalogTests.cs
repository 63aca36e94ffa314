using Autocoder.Core.Engines;
using Autocoder.Core.Engines.Models.Scripted;
using Autocoder.Core.Profiles;
using Autocoder.Core.Tools;
using Autocoder.Tests.Features;
using Autocoder.Tests.TestSupport;
using Microsoft.Extensions.Options;

namespace Autocoder.Tests.Engines;

public sealed class ScenarioCatalogTests : IDisposable
{
    private const string Minimal = """{"name":"n","description":"Mine.","turns":[{"steps":[{"text":"hi"}]}]}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_built_in_ones_come_first_and_can_be_played()
    {
        _folder.Write("a-mine.json", Minimal);

        var list = await Catalog().ListAsync();

        Assert.Equal(["approvals", "compaction", "demo", "showcase-errors", "a-mine"], list.Select(scenario => scenario.Name));
        Assert.All(list, scenario => Assert.Null(scenario.Problem));
        Assert.All(list, scenario => Assert.NotEqual("", scenario.Description));
    }

    [Fact]
    public async Task A_file_that_cannot_be_played_is_listed_with_its_problem()
    {
        _folder.Write("broken.json", "{");
        _folder.Write("demo.json", Minimal);
        _folder.Write("Not A Name.json", Minimal);

        var own = (await Catalog().ListAsync()).Where(scenario => !scenario.IsBuiltIn).ToList();

        Assert.Equal(["broken", "demo"], own.Select(scenario => scenario.Name));
        Assert.Contains("line 1", own[0].Problem, StringComparison.Ordinal);
        Assert.Contains("built-in", own[1].Problem, StringComparison.Ordinal);
        Assert.NotEqual("n", (await Catalog().GetAsync("demo")).Name);
    }

    [Theory]
    [InlineData("../secret")]
    [InlineData("demo\n")]
    [InlineData("Demo")]
    [InlineData("")]
    [InlineData("-demo")]
    [InlineData("none")]
    public async Task What_is_no_scenario_is_refused(string name)
    {
        _folder.Write("secret.json", Minimal);
        var catalog = new ScenarioCatalog(Options.Create(new ScenarioOptions { Folder = _folder.Folder("own") }));

        var exception = await Assert.ThrowsAsync<EngineException>(() => catalog.GetAsync(name));

        Assert.Equal("scenario_unknown", exception.Code);
    }

    [Fact]
    public async Task A_folder_that_does_not_exist_is_no_error()
    {
        var catalog = new ScenarioCatalog(Options.Create(new ScenarioOptions { Folder = _folder.At("none") }));

        Assert.All(await catalog.ListAsync(), scenario => Assert.True(scenario.IsBuiltIn));
        await Assert.ThrowsAsync<EngineException>(() => catalog.GetAsync("mine"));
    }

    [Fact]
    public async Task The_demo_takes_about_half_a_minute_and_shows_each_kind_of_thing()
    {
        var demo = await Catalog().GetAsync("demo");
        var steps = demo.Turns[0].Steps;
        var child = demo.Agents["explorer"][0].Steps;

        var time = steps.Concat(child).Aggregate(TimeSpan.Zero, (sum, step) => sum + step.Delay
            + (step.Delta.Delay * Math.Ceiling((double)step.Thinking.Length / step.Delta.Size))
            + (step.Delta.Delay * Math.Ceiling((double)step.Text.Length / step.Delta.Size)));

        Assert.InRange(time.TotalSeconds, 30, 45);
        Assert.Contains(steps, step => step.Tools.Count >= 4);
        Assert.Contains(steps, step => step.Thinking.Length > 0);
        Assert.Contains(steps, step => step.Tools.Any(tool => tool.Tool == "AskUser"));
        Assert.Contains("nothing was written", steps[^2].Text + steps[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_tool_calls_of_the_demo_fit_their_tools_and_change_nothing()
    {
        await using var file = await BacklogFile.CreateAsync();
        var tools = BuiltInTools.Create(file.Backlog, TestProcesses.Create(), TestSandbox.Off, TimeProvider.System);
        var demo = await Catalog().GetAsync("demo");
        var profiles = new ProfileCatalog();

        foreach (var (profile, turns) in new[] { ("coder", demo.Turns), ("explorer", demo.Agents["explorer"]) })
        {
            foreach (var call in turns.SelectMany(turn => turn.Steps).SelectMany(step => step.Tools))
            {
                Assert.Contains(call.Tool, profiles.Get(profile).Tools);
                Assert.Null(ToolArguments.FindProblem(tools.Find(call.Tool)!.Definition.InputSchema, call.Arguments));
                Assert.DoesNotContain(call.Tool, (string[])["Write", "InitRepository", "feature_create_bulk"]);
            }
        }
    }

    private ScenarioCatalog Catalog() => new(Options.Create(new ScenarioOptions { Folder = _folder.Path }));
}
