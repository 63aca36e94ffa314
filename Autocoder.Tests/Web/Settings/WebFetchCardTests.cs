using Autocoder.Core.Persistence;
using Autocoder.Core.Settings;
using Autocoder.Core.Tools;
using Autocoder.Tests.TestSupport;
using Autocoder.Tests.Web.Endpoints;
using Autocoder.Web.Components.Pages.Settings;
using Bunit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Autocoder.Tests.Web.Settings;

/// <summary>The switch of the tool that fetches pages, and that it is in effect at once.</summary>
public sealed class WebFetchCardTests : ComponentTest
{
    [Fact]
    public void The_hosts_are_asked_for_once_it_is_switched_on()
    {
        using var folder = new TempFolder();
        var directory = new DataDirectory(folder.Path);
        var configuration = new ConfigurationBuilder().Add(new SettingsSource(directory.SettingsFile)).Build();
        Services.AddSingleton(new SettingsStore(directory, configuration, new NoProtector(), TimeProvider.System));
        var cut = Render<WebFetchCard>();
        Assert.Empty(cut.FindAll("input:not([type=checkbox])"));

        cut.Find("input[type=checkbox]").Change(true);

        cut.WaitForAssertion(() => Assert.Equal("Saved ✓", cut.Find("[role=status]").TextContent));
        Assert.Equal("true", configuration[SettingNames.WebFetchEnabled]);
        Assert.Single(cut.FindAll("input:not([type=checkbox])"));

        cut.Find("input[type=checkbox]").Change(false);

        cut.WaitForAssertion(() => Assert.Empty(cut.FindAll("input:not([type=checkbox])")));
        Assert.Null(configuration[SettingNames.WebFetchEnabled]);
    }

    [Fact]
    public async Task A_saved_switch_reaches_the_tool_and_a_list_that_is_none_is_refused()
    {
        await using var app = await WebApp.StartAsync(_ => { });
        var (store, tool) = (app.Services.GetRequiredService<SettingsStore>(), app.Services.GetRequiredService<ToolCatalog>().Find("WebFetch")!);
        Assert.False(tool.IsOffered);

        await store.SetAsync(SettingNames.WebFetchEnabled, "true", CancellationToken.None);
        Assert.True(tool.IsOffered);
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => store.SetAsync(SettingNames.WebFetchHosts, "https://docs.rs/", CancellationToken.None));

        Assert.Contains("which is no host", refused.Message, StringComparison.Ordinal);
        Assert.Empty(store.Get(SettingNames.WebFetchHosts).Saved);
    }
}
