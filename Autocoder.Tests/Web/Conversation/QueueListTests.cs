using AngleSharp.Dom;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Web.Components.Conversation;
using Bunit;

namespace Autocoder.Tests.Web.Conversation;

public sealed class QueueListTests : ComponentTest
{
    private static readonly QueuedPrompt First = new(Guid.CreateVersion7(), "First", []);
    private static readonly QueuedPrompt Second = new(Guid.CreateVersion7(), "Second", [new Attachment("a.png", "image/png", 1, "aa")]);
    private readonly List<object> _told = [];

    [Fact]
    public void Says_what_waits_and_for_what()
    {
        var cut = Show(isRunning: true, First, Second with { Delivery = PromptDelivery.Steer });

        Assert.Equal(["First", "Second"], cut.FindAll(".text").Select(text => text.TextContent));
        Assert.Equal(["after this run", "at the next step"], cut.FindAll(".when").Select(text => text.TextContent));
        Assert.Contains("1 attachment", cut.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_is_edited_in_place()
    {
        var cut = Show(isRunning: true, First);
        Button(cut, "Edit").Click();
        cut.Find("textarea").Input("First, but better");
        cut.Find("form").Submit();

        Assert.Equal((First, "First, but better"), Assert.Single(_told));
        Assert.Empty(cut.FindAll("form"));
    }

    [Fact]
    public void An_edit_that_is_given_up_changes_nothing()
    {
        var cut = Show(isRunning: true, First);
        Button(cut, "Edit").Click();
        cut.Find("textarea").Input("Never mind");
        cut.Find("textarea").KeyDown("Escape");

        Assert.Empty(_told);
        Assert.Equal("First", cut.Find(".text").TextContent);
    }

    [Fact]
    public void The_order_is_changed_by_buttons()
    {
        var cut = Show(isRunning: true, First, Second);
        Assert.True(cut.FindAll("[aria-label=Earlier]")[0].IsDisabled());
        Assert.True(cut.FindAll("[aria-label=Later]")[1].IsDisabled());
        cut.FindAll("[aria-label=Earlier]")[1].Click();

        Assert.Equal([Second.PromptId, First.PromptId], Assert.IsType<IReadOnlyList<Guid>>(Assert.Single(_told), exactMatch: false));
    }

    [Fact]
    public void A_queued_message_can_be_sent_now_and_made_to_wait_again()
    {
        Button(Show(isRunning: true, First), "Send now").Click();
        Button(Show(isRunning: true, First with { Delivery = PromptDelivery.Steer }), "Wait").Click();

        Assert.Equal([PromptDelivery.Steer, PromptDelivery.Queue], _told.Cast<(QueuedPrompt, PromptDelivery Delivery)>().Select(told => told.Delivery));
    }

    [Fact]
    public void With_nothing_at_work_there_is_nothing_to_send_into() =>
        Assert.DoesNotContain("Send now", Show(isRunning: false, First).Markup, StringComparison.Ordinal);

    [Fact]
    public void A_message_is_taken_back_whole()
    {
        Button(Show(isRunning: true, First), "Withdraw").Click();

        Assert.Equal(First, Assert.Single(_told));
    }

    private static IElement Button(IRenderedComponent<QueueList> cut, string text) =>
        cut.FindAll("button").First(button => button.TextContent.Contains(text, StringComparison.Ordinal));

    private IRenderedComponent<QueueList> Show(bool isRunning, params QueuedPrompt[] queue) => Render<QueueList>(parameters => parameters
        .Add(list => list.Queue, queue)
        .Add(list => list.IsRunning, isRunning)
        .Add(list => list.OnEdit, edit => _told.Add(edit))
        .Add(list => list.OnReorder, order => _told.Add(order))
        .Add(list => list.OnDeliver, how => _told.Add(how))
        .Add(list => list.OnWithdraw, prompt => _told.Add(prompt)));
}
