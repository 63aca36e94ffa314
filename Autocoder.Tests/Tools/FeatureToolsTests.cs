using System.Text;
using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Tools;
using Autocoder.Tests.Features;
using Autocoder.Tests.TestSupport;

namespace Autocoder.Tests.Tools;

public sealed class FeatureToolsTests : IAsyncLifetime
{
    private BacklogFile _file = null!;
    private ToolBench _bench = null!;
    private ToolCatalog _tools = null!;

    public async Task InitializeAsync()
    {
        _file = await BacklogFile.CreateAsync();
        _bench = new ToolBench { ProjectId = _file.ProjectId };
        _tools = BuiltInTools.Create(_file.Backlog, TestProcesses.Create(), TestSandbox.Off, _file.Clock);
    }

    public async Task DisposeAsync()
    {
        _bench.Dispose();
        await _file.DisposeAsync();
    }

    [Fact]
    public async Task A_backlog_is_created_worked_through_and_checked_again()
    {
        var created = await CallAsync("feature_create_bulk", new { features = new[] { Draft("Settings"), Draft("Lists"), Draft("Sharing", 1) } });
        Assert.Equal("""{"created":3,"features":[{"id":1,"name":"Settings"},{"id":2,"name":"Lists"},{"id":3,"name":"Sharing"}]}""", created.GetRawText());

        var next = (await CallAsync("feature_get_next")).GetProperty("feature");
        Assert.Equal((2, "Lists", "Open the page"), (next.GetProperty("id").GetInt32(), next.GetProperty("name").GetString(), next.GetProperty("steps")[0].GetString()));
        Assert.False((await CallAsync("feature_claim_and_get", new { feature_id = 2 })).GetProperty("already_claimed").GetBoolean());
        Assert.True((await CallAsync("feature_claim_and_get", new { feature_id = 2 })).GetProperty("already_claimed").GetBoolean());
        Assert.Equal([2], (await CallAsync("feature_get_blocked")).GetProperty("features")[0].GetProperty("blocked_by").EnumerateArray().Select(each => each.GetInt32()));

        Assert.Contains("evidence is missing", await FailAsync("feature_mark_passing", new { feature_id = 2 }), StringComparison.Ordinal);
        Assert.Contains("no evidence", await FailAsync("feature_mark_passing", new { feature_id = 2, evidence = "ok" }), StringComparison.Ordinal);
        Assert.True((await CallAsync("feature_mark_passing", new { feature_id = 2, evidence = "`npm test` exited with 0" })).GetProperty("feature").GetProperty("passes").GetBoolean());

        Assert.Equal("""{"passing":1,"in_progress":0,"total":3,"percentage":33.3}""", (await CallAsync("feature_get_stats")).GetRawText());
        Assert.Equal("`npm test` exited with 0", (await CallAsync("feature_get_for_regression")).GetProperty("features")[0].GetProperty("evidence").GetString());
        Assert.Equal([1, 3], Ids(await CallAsync("feature_get_ready")));
        await CallAsync("feature_mark_failing", new { feature_id = 2, reason = "The list is gone after a reload." });
        Assert.Equal("The list is gone after a reload.", (await CallAsync("feature_get_by_id", new { feature_id = 2 })).GetProperty("feature").GetProperty("evidence").GetString());
    }

    [Fact]
    public async Task The_order_and_the_dependencies_can_be_changed()
    {
        await CallAsync("feature_create", new { category = "Lists", name = "A", description = "Works.", steps = new[] { "Look" } });
        await CallAsync("feature_create", new { category = "Lists", name = "B", description = "Works.", steps = new[] { "Look" }, depends_on = new[] { 1 } });

        Assert.Contains("for ever", await FailAsync("feature_add_dependency", new { feature_id = 1, depends_on = 2 }), StringComparison.Ordinal);
        await CallAsync("feature_remove_dependency", new { feature_id = 2, depends_on = 1 });
        await CallAsync("feature_add_dependency", new { feature_id = 1, depends_on = 2 });
        Assert.Equal(2, (await CallAsync("feature_get_next")).GetProperty("feature").GetProperty("id").GetInt32());
        Assert.Equal(3, (await CallAsync("feature_skip", new { feature_id = 1 })).GetProperty("feature").GetProperty("priority").GetInt32());
        await CallAsync("feature_claim_and_get", new { feature_id = 2 });
        Assert.False((await CallAsync("feature_get_next")).TryGetProperty("feature", out _));
        Assert.False((await CallAsync("feature_clear_in_progress", new { feature_id = 2 })).GetProperty("feature").GetProperty("in_progress").GetBoolean());
    }

    [Fact]
    public async Task A_list_can_be_filtered_and_paged()
    {
        await CallAsync("feature_create_bulk", new { features = Enumerable.Range(1, 5).Select(index => Draft($"Feature {index}")) });
        await CallAsync("feature_mark_passing", new { feature_id = 1, evidence = "`npm test` exited with 0" });
        await CallAsync("feature_claim_and_get", new { feature_id = 2 });

        var first = await CallAsync("feature_list", new { status = "open", limit = 2, category = "LISTS" });
        var second = await CallAsync("feature_list", new { status = "open", limit = 2, offset = first.GetProperty("next_offset").GetInt32() });

        Assert.Equal((3, 2), (first.GetProperty("total").GetInt32(), first.GetProperty("next_offset").GetInt32()));
        Assert.Equal([3, 4, 5], [.. Ids(first), .. Ids(second)]);
        Assert.False(second.TryGetProperty("next_offset", out _));
        Assert.Equal([1], Ids(await CallAsync("feature_list", new { status = "passing" })));
        Assert.Equal([2], Ids(await CallAsync("feature_list", new { status = "in_progress" })));
    }

    [Fact]
    public async Task The_longest_list_is_still_whole_JSON()
    {
        var features = Enumerable.Range(0, 400).Select(index => Draft($"{index} {new string('ü', 190)}"));
        var created = await CallAsync("feature_create_bulk", new { features });

        Assert.Equal(400, created.GetProperty("created").GetInt32());
        Assert.True(created.GetProperty("truncated").GetBoolean());
        Assert.InRange(Encoding.UTF8.GetByteCount(created.GetRawText()), 50_000, ToolExecutor.MaxOutputBytes);
    }

    [Fact]
    public async Task Projects_do_not_see_each_other()
    {
        await CallAsync("feature_create_bulk", new { features = new[] { Draft("Ours") } });
        using var other = new ToolBench();

        var result = await other.CallAsync(_tools.Find("feature_get_by_id")!, new { feature_id = 1 });

        Assert.Equal(ToolResult.Failure("The backlog has no feature 1."), result);
    }

    [Fact]
    public void Tools_that_only_look_say_so() => Assert.Equal(
        ["AskUser", "Glob", "Grep", "Read", "feature_get_blocked", "feature_get_by_id", "feature_get_for_regression", "feature_get_next", "feature_get_ready", "feature_get_stats", "feature_list"],
        _tools.Tools.Where(tool => tool.Definition.Effect is ToolEffect.ReadOnly).Select(tool => tool.Definition.Name));

    private async Task<JsonElement> CallAsync(string tool, object? arguments = null)
    {
        using var json = JsonDocument.Parse(await _bench.OutputAsync(_tools.Find(tool)!, arguments ?? new { }));
        return json.RootElement.Clone();
    }

    private Task<string> FailAsync(string tool, object arguments) => _bench.FailureAsync(_tools.Find(tool)!, arguments);

    private static IEnumerable<int> Ids(JsonElement list) => list.GetProperty("features").EnumerateArray().Select(each => each.GetProperty("id").GetInt32());

    private static object Draft(string name, params int[] after) => new
    {
        category = "Lists",
        name,
        description = $"{name} works.",
        steps = new[] { "Open the page", "See it" },
        depends_on_indices = after.Length == 0 ? null : after,
    };
}
