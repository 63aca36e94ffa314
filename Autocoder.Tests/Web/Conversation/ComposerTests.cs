using System.Text;
using AngleSharp.Dom;
using Autocoder.Core.Conversations;
using Autocoder.Web.Commands;
using Autocoder.Web.Components.Conversation;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;

namespace Autocoder.Tests.Web.Conversation;

public sealed class ComposerTests : ComponentTest
{
    private readonly Guid _promptId = Guid.CreateVersion7();
    private readonly List<ComposerSubmission> _sent = [];
    private readonly BunitJSModuleInterop _box;
    private string? _refusal;
    private bool _stopped;
    private readonly List<string> _commands = [];

    public ComposerTests()
    {
        var module = JSInterop.SetupModule("./Components/Conversation/Composer.razor.js");
        module.Mode = JSRuntimeMode.Loose;
        _box = module.SetupModule("create", _ => true);
        _box.Mode = JSRuntimeMode.Loose;
        _box.Setup<Guid>("promptId").SetResult(_promptId);
    }

    [Theory]
    [InlineData(true, false, "send", true)]
    [InlineData(false, false, "send", false)]
    [InlineData(true, true, "stop", false)]
    [InlineData(false, true, "queue", false)]
    public async Task One_button_is_what_one_can_do_now(bool isEmpty, bool isRunning, string primary, bool isDisabled)
    {
        var cut = Show(isRunning);
        await cut.InvokeAsync(() => cut.Instance.TextChanged(isEmpty, isOver: false));

        var button = Assert.Single(cut.FindAll("[data-primary]"));
        Assert.Equal(primary, button.GetAttribute("data-primary"));
        Assert.Equal(isDisabled, button.IsDisabled());
        Assert.False(cut.Find("textarea").IsDisabled());
    }

    [Fact]
    public async Task Sends_what_the_browser_holds_with_the_id_it_gave()
    {
        Type("Add a login page");
        var cut = Show();
        await SubmitAsync(cut);

        cut.WaitForAssertion(() => Assert.Equal((_promptId, "Add a login page"), (_sent[0].PromptId, _sent[0].Text)));
        cut.WaitForAssertion(() => Assert.Equal(_promptId, Assert.Single(_box.Invocations["sent"]).Arguments[0]));
    }

    [Fact]
    public async Task A_long_paste_arrives_whole()
    {
        var text = string.Concat(Enumerable.Repeat("ab漢\n\"", Composer.LongestText / 5));
        Type(text);
        var cut = Show();
        await SubmitAsync(cut);

        cut.WaitForAssertion(() => Assert.Equal(text, _sent[0].Text));
    }

    [Fact]
    public async Task A_refusal_is_shown_and_the_text_stays()
    {
        Type("Hi");
        _refusal = "The project folder is missing.";
        var cut = Show();
        await SubmitAsync(cut);

        cut.WaitForAssertion(() => Assert.Contains("The project folder is missing.", cut.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Empty(_box.Invocations["sent"]);
    }

    [Fact]
    public async Task What_is_too_long_is_not_sent_and_says_so()
    {
        var cut = Show();
        await cut.InvokeAsync(() => cut.Instance.TextChanged(false, isOver: true));
        cut.Find("form").Submit();

        cut.WaitForAssertion(() => Assert.Contains("400,000", cut.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Empty(_sent);
    }

    [Fact]
    public async Task Blanks_are_not_a_message()
    {
        Type(" \n ");
        var cut = Show();
        await SubmitAsync(cut);

        cut.WaitForAssertion(() => Assert.Single(_box.Invocations["read"]));
        Assert.Empty(_sent);
    }

    [Fact]
    public async Task Stop_stops()
    {
        var cut = Show(isRunning: true);
        cut.Find("[data-primary=stop]").Click();

        Assert.True(_stopped);
        await Task.CompletedTask;
    }

    [Fact]
    public async Task While_a_run_works_one_can_send_into_it()
    {
        Type("Use tabs instead.");
        var cut = Show(isRunning: true);
        await cut.InvokeAsync(() => cut.Instance.TextChanged(false, isOver: false));
        cut.FindAll("[role=menuitem]").First(item => item.TextContent.Contains("Send now", StringComparison.Ordinal)).Click();

        cut.WaitForAssertion(() => Assert.Equal(PromptDelivery.Steer, Assert.Single(_sent).Delivery));
    }

    [Theory]
    [InlineData(true, PromptDelivery.Steer)]
    [InlineData(false, PromptDelivery.Queue)]
    public async Task The_browser_says_whether_control_was_held(bool isHeld, PromptDelivery delivery)
    {
        Type("Use tabs instead.");
        _box.Setup<bool>("steers").SetResult(isHeld);
        var cut = Show(isRunning: true);
        await SubmitAsync(cut);

        cut.WaitForAssertion(() => Assert.Equal(delivery, Assert.Single(_sent).Delivery));
    }

    [Fact]
    public async Task A_plan_is_asked_for_once()
    {
        Type("Build it");
        var cut = Show();
        cut.Find(".plan input").Change(true);
        await SubmitAsync(cut);
        cut.WaitForAssertion(() => Assert.Single(_box.Invocations["sent"]));
        await SubmitAsync(cut);

        cut.WaitForAssertion(() => Assert.Equal([true, false], _sent.Select(sent => sent.PlanFirst)));
    }

    [Fact]
    public async Task A_command_is_done_and_not_sent()
    {
        Type("/find the tax");
        Offer(CommandIds.Find);
        var cut = Show();
        await SubmitAsync(cut);

        cut.WaitForAssertion(() => Assert.Equal(["conversation.find the tax"], _commands));
        Assert.Single(_box.Invocations["sent"]);
        Assert.Empty(_sent);
    }

    [Theory]
    [InlineData(" /find the tax")]
    [InlineData("/init the repository")]
    [InlineData("/stop it please")]
    [InlineData("/usr/bin is where it lies")]
    public async Task What_only_looks_like_a_command_is_a_message(string text)
    {
        Type(text);
        Offer(CommandIds.Find);
        Offer(CommandIds.Stop);
        var cut = Show();
        await SubmitAsync(cut);

        cut.WaitForAssertion(() => Assert.Equal(text, Assert.Single(_sent).Text));
        Assert.Empty(_commands);
    }

    [Fact]
    public async Task A_command_that_does_nothing_now_says_so_and_the_text_stays()
    {
        Type("/stop");
        var cut = Show();
        await SubmitAsync(cut);

        cut.WaitForAssertion(() => Assert.Contains("/stop does nothing just now", cut.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Empty(_box.Invocations["sent"]);
        Assert.Empty(_sent);
    }

    [Fact]
    public async Task Plan_with_words_sends_them_to_be_planned_first()
    {
        Type("/plan Add a login page");
        var cut = Show();
        await SubmitAsync(cut);

        cut.WaitForAssertion(() => Assert.True(Assert.Single(_sent) is { Text: "Add a login page", PlanFirst: true }));
    }

    [Fact]
    public async Task Commands_that_can_be_done_and_files_are_suggested()
    {
        Offer(CommandIds.Find);
        var cut = Show();

        Assert.Equal(["/plan what to do"], cut.Instance.Suggest("/", "pl").Select(suggestion => suggestion.Label));
        Assert.Equal(["/find words"], cut.Instance.Suggest("/", "f").Select(suggestion => suggestion.Label));
        Assert.Empty(cut.Instance.Suggest("/", "stop"));
        Assert.Equal(
            [new Suggestion("@src/App.cs", "App.cs", "src", true), new Suggestion("@\"src/a b.cs\"", "a b.cs", "src", true)],
            cut.Instance.Suggest("@", "src"));
        await Task.CompletedTask;
    }

    [Fact]
    public async Task Attachments_can_be_sent_without_words_and_taken_away()
    {
        Type("");
        var cut = Show();
        await cut.InvokeAsync(() => cut.Instance.UploadStarted("1", "a.png"));
        Assert.Contains("uploading", cut.Markup, StringComparison.Ordinal);
        await cut.InvokeAsync(() => cut.Instance.UploadEndedAsync("1", new Attachment("a.png", "image/png", 1200, "aa"), null));
        await cut.InvokeAsync(() => cut.Instance.UploadStarted("2", "b.png"));
        await cut.InvokeAsync(() => cut.Instance.UploadEndedAsync("2", new Attachment("b.png", "image/png", 900, "bb"), null));
        cut.Find("button[aria-label='Remove a.png']").Click();
        cut.Find("form").Submit();

        cut.WaitForAssertion(() => Assert.Equal("b.png", Assert.Single(Assert.Single(_sent).Attachments).Name));
    }

    [Fact]
    public async Task An_eleventh_attachment_is_refused_by_name()
    {
        var cut = Show();
        for (var i = 0; i < Composer.MostAttachments; i++)
        {
            Assert.True(await cut.InvokeAsync(() => cut.Instance.UploadStarted($"{i}", "x.png")));
        }

        Assert.False(await cut.InvokeAsync(() => cut.Instance.UploadStarted("eleven", "late.png")));
        Assert.Contains("late.png", cut.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    private void Offer(string commandId) => Services.GetRequiredService<CommandDesk>().Offer(commandId, words =>
    {
        _commands.Add($"{commandId} {words}");
        return Task.CompletedTask;
    });

    private static async Task SubmitAsync(IRenderedComponent<Composer> cut)
    {
        await cut.InvokeAsync(() => cut.Instance.TextChanged(false, isOver: false));
        cut.Find("form").Submit();
    }

    private void Type(string text) => _box.Setup<IJSStreamReference>("read").SetResult(new BrowserText(text));

    private IRenderedComponent<Composer> Show(bool isRunning = false) => Render<Composer>(parameters => parameters
        .Add(composer => composer.DraftKey, "test")
        .Add(composer => composer.IsRunning, isRunning)
        .Add(composer => composer.AllowAttachments, true)
        .Add(composer => composer.OffersPlan, true)
        .Add(composer => composer.FindFiles, (letters, _) => [$"{letters}/App.cs", $"{letters}/a b.cs"])
        .Add(composer => composer.OnStop, () => _stopped = true)
        .Add(composer => composer.SendAsync, submission =>
        {
            _sent.Add(submission);
            return Task.FromResult(_refusal);
        }));

    private sealed class BrowserText(string text) : IJSStreamReference
    {
        private readonly byte[] _bytes = Encoding.UTF8.GetBytes(text);

        public long Length => _bytes.Length;

        public ValueTask<Stream> OpenReadStreamAsync(long maxAllowedSize = 512000, CancellationToken cancellationToken = default) =>
            maxAllowedSize < Length ? throw new InvalidOperationException("Too long.") : ValueTask.FromResult<Stream>(new MemoryStream(_bytes));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
