using Autocoder.Core.Conversations;
using Autocoder.Core.Projects;
using Autocoder.Core.Settings;
using Autocoder.Tests.Web.Endpoints;
using Autocoder.Web.Commands;
using Autocoder.Web.Components.Commands;
using Autocoder.Web.Components.Layout;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;

namespace Autocoder.Tests.Web.Commands;

/// <summary>The palette over a real application: its projects, its conversations, its search.</summary>
public sealed class CommandPaletteTests : ComponentTest, IAsyncLifetime
{
    private readonly List<string> _done = [];
    private WebApp _app = null!;
    private Guid _conversation;

    async Task IAsyncLifetime.InitializeAsync()
    {
        _app = await WebApp.StartAsync(_ => { });
        _conversation = await _app.Sessions.CreateAsync(_app.Project.Id, ConversationKind.Agent, engine: null, "Walrus at the gate", CancellationToken.None);
        Services.AddSingleton(new ShortcutBook(_app.Services.GetRequiredService<SettingsStore>()));
        Services.AddSingleton(_app.Services.GetRequiredService<ProjectRegistry>());
        Services.AddSingleton(_app.Services.GetRequiredService<IConversationList>());
        Services.AddSingleton(_app.Services.GetRequiredService<IConversationSearch>());
        Services.AddScoped<PaletteSource>();
        foreach (var id in new[] { CommandIds.Stop, CommandIds.NewConversation, CommandIds.Dark, CommandIds.Palette })
        {
            Services.GetRequiredService<CommandDesk>().Offer(id, _ =>
            {
                _done.Add(id);
                return Task.CompletedTask;
            });
        }
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task It_lists_conversations_commands_and_projects_and_the_first_is_chosen()
    {
        var cut = await OpenAsync();

        Assert.Equal(["Recent conversations", "Conversation", "View", "Projects"], cut.FindAll("[role=group]").Select(group => group.GetAttribute("aria-label")));
        Assert.DoesNotContain("Command palette", cut.Find("[role=listbox]").TextContent, StringComparison.Ordinal);
        var first = cut.FindAll("[role=option]")[0];
        Assert.Equal("true", first.GetAttribute("aria-selected"));
        Assert.Equal(first.Id, cut.Find("[role=combobox]").GetAttribute("aria-activedescendant"));
        Assert.Contains("Ctrl", cut.FindAll("[role=option]").Single(option => option.TextContent.Contains("Stop what runs", StringComparison.Ordinal)).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_few_letters_and_enter_run_a_command()
    {
        var cut = await OpenAsync();

        cut.Find("input").Input("th da");
        cut.Find("input").KeyDown("Enter");

        Assert.Equal([CommandIds.Dark], _done);
    }

    [Fact]
    public async Task Arrows_move_round_and_enter_takes_what_is_marked()
    {
        var cut = await OpenAsync();
        cut.Find("input").Input("sample");
        cut.Find("input").KeyDown("ArrowUp");
        cut.Find("input").KeyDown("ArrowDown");
        Assert.Equal("true", cut.FindAll("[role=option]")[0].GetAttribute("aria-selected"));

        cut.Find("input").KeyDown("Enter");

        cut.WaitForAssertion(() => Assert.EndsWith("/projects/sample/console", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_said_anywhere_is_found_and_opened_at_its_place()
    {
        var cut = await OpenAsync(new Place(null, null));

        cut.Find("input").Input("walr");

        cut.WaitForAssertion(() => Assert.Contains("Said in conversations", cut.Markup, StringComparison.Ordinal));
        cut.FindAll("[role=option]")[^1].Click();
        cut.WaitForAssertion(() => Assert.Matches($"/projects/sample/console/{_conversation}\\?at=\\d+$", Services.GetRequiredService<NavigationManager>().Uri));
    }

    [Fact]
    public async Task What_fits_nothing_says_so()
    {
        var cut = await OpenAsync();
        cut.Find("input").Input("zzzz qqqq");

        cut.WaitForAssertion(() => Assert.Contains("Nothing fits.", cut.Markup, StringComparison.Ordinal));
        Assert.Null(cut.Find("[role=combobox]").GetAttribute("aria-activedescendant"));
        cut.Find("input").KeyDown(new KeyboardEventArgs { Key = "Enter" });
        Assert.Empty(_done);
    }

    private async Task<IRenderedComponent<CommandPalette>> OpenAsync(Place? place = null)
    {
        var cut = Render<CommandPalette>(parameters => parameters
            .Add(palette => palette.Place, place ?? new Place("sample", "console"))
            .Add(palette => palette.OnCommand, id => Services.GetRequiredService<CommandDesk>().RunAsync(id)));
        await cut.InvokeAsync(cut.Instance.FillAsync);
        return cut;
    }
}
