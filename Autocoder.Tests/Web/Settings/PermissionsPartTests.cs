using Autocoder.Core.Conversations;
using Autocoder.Core.Projects;
using Autocoder.Core.Runs.Approvals;
using Autocoder.Core.Tools;
using Autocoder.Core.Tools.Permissions;
using Autocoder.Core.Tools.Shell;
using Autocoder.Tests.Runs.Approvals;
using Autocoder.Tests.TestSupport;
using Autocoder.Web.Components.Pages.Settings;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace Autocoder.Tests.Web.Settings;

public sealed class PermissionsPartTests : ComponentTest
{
    [Fact]
    public async Task A_rule_is_tried_on_the_history_saved_and_removed()
    {
        await using var core = await StartAsync();
        var session = await ApprovalTests.SendAsync(core, "Write a.txt");
        await ApprovalTests.AnswerAsync(session, await ApprovalTests.PendingAsync(core, session), ApprovalOutcome.AllowedOnce);
        await ApprovalTests.EndAsync(core, session);
        var part = Render<PermissionsPart>();
        part.WaitForElement("#rule-tool").Change("Write");
        await part.Find("#rule-resource").InputAsync(new() { Value = "*.txt" });

        await part.Find("form").SubmitAsync();
        part.WaitForState(() => part.FindAll("tbody tr").Count == 1);
        Assert.Equal("Read 1 call in 1 conversation. The rule matches 1, and would have decided 1 of them otherwise:", part.Find(".said").TextContent);
        Assert.Equal(["Write a.txt", "asks you", "runs", "1"], part.FindAll("tbody td").Take(4).Select(cell => cell.TextContent));
        Assert.Empty(await RulesAsync(core));

        await part.Find(".acts .primary").ClickAsync();
        Assert.Equal(new PermissionRule("Write", "*.txt", PermissionEffect.Allow), Assert.Single(await RulesAsync(core)).Rule);
        Assert.Contains("allow Write *.txt", part.Find(".rules").TextContent, StringComparison.Ordinal);

        await part.Find(".rules button").ClickAsync();
        Assert.Empty(await RulesAsync(core));
    }

    [Fact]
    public async Task A_rule_without_a_resource_is_refused_in_words()
    {
        await using var core = await StartAsync();
        var part = Render<PermissionsPart>();
        part.WaitForElement("#rule-tool");

        await part.Find(".acts .primary").ClickAsync();

        Assert.Contains("The rule needs a Tool, and a Resource that is not blank.", part.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Empty(await RulesAsync(core));
    }

    [Fact]
    public async Task It_says_whether_there_is_a_sandbox()
    {
        await using var core = await StartAsync();

        Assert.Contains(core.Services.GetRequiredService<Sandbox>().State.Words, Render<PermissionsPart>().Find(".sandbox").TextContent, StringComparison.Ordinal);
    }

    private async Task<CoreHarness> StartAsync()
    {
        var core = await CoreHarness.StartAsync(CallingEngine.Create());
        Services.AddSingleton(core.Services.GetRequiredService<ProjectRegistry>());
        Services.AddSingleton(core.Services.GetRequiredService<ProjectPermissions>());
        Services.AddSingleton(core.Services.GetRequiredService<PolicyPreview>());
        Services.AddSingleton(core.Services.GetRequiredService<ToolCatalog>());
        Services.AddSingleton(core.Services.GetRequiredService<Sandbox>());
        return core;
    }

    private static Task<IReadOnlyList<SavedRule>> RulesAsync(CoreHarness core) =>
        core.Services.GetRequiredService<ProjectPermissions>().ListAsync(core.Project.Id, CancellationToken.None);
}
