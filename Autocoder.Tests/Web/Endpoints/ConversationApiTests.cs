using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Tests.Attachments;

namespace Autocoder.Tests.Web.Endpoints;

/// <summary>A script makes a conversation, sends, answers and looks, as a page would.</summary>
public sealed class ConversationApiTests : IAsyncLifetime
{
    private WebApp _app = null!;

    public async Task InitializeAsync() => _app = await WebApp.StartAsync(TalkingEngine.Create());

    public Task DisposeAsync() => _app.DisposeAsync().AsTask();

    [Fact]
    public async Task A_conversation_shows_what_runs_what_waits_and_where_following_begins()
    {
        var id = await _app.CreateAsync();
        var running = await _app.PromptAsync(id, "hang");
        var waiting = await _app.PromptAsync(id, "later");

        var (_, body) = await _app.Client.GetAsync($"/api/conversations/{id}");

        Assert.Equal(running, body.GetProperty("run").GetProperty("promptId").GetGuid());
        Assert.Equal(waiting, Assert.Single(body.GetProperty("queue").EnumerateArray()).GetProperty("promptId").GetGuid());
        Assert.Equal("Agent", body.GetProperty("summary").GetProperty("surface").GetString());
        Assert.True(LogCursor.TryParse(body.GetProperty("cursor").GetString(), out var cursor));
        Assert.Equal(cursor.Sequence, body.GetProperty("head").GetInt64());
    }

    [Fact]
    public async Task The_wizard_of_a_project_is_given_not_made_and_takes_no_choices()
    {
        var (first, wizard) = await _app.Client.PostAsync("/api/conversations", new { project = WebApp.ProjectName, surface = "Spec" });
        var (_, again) = await _app.Client.PostAsync("/api/conversations", new { project = WebApp.ProjectName, surface = "spec" });

        Assert.Equal(200, first);
        Assert.Equal(wizard.GetProperty("id").GetGuid(), again.GetProperty("id").GetGuid());
        Assert.Equal(422, (await _app.Client.PostAsync("/api/conversations", new { project = WebApp.ProjectName, surface = "Spec", title = "x" })).Status);
        Assert.Equal(422, (await _app.Client.PostAsync("/api/conversations", new { project = WebApp.ProjectName, surface = "Agent", engine = "nosuch" })).Status);
        Assert.Equal(404, (await _app.Client.PostAsync("/api/conversations", new { project = "other", surface = "Agent" })).Status);
    }

    [Fact]
    public async Task The_same_prompt_twice_is_one_run()
    {
        var id = await _app.CreateAsync();
        var prompt = new { promptId = Guid.CreateVersion7(), text = "hang" };

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _app.Client.PostAsync($"/api/conversations/{id}/prompts", prompt)));

        Assert.Equal([200, 200, 200, 200, 200, 200, 200, 202], answers.Select(answer => answer.Status).Order());
        Assert.Equal(7, answers.Count(answer => answer.Body.GetProperty("status").GetString() == "AlreadySent"));
        var events = await _app.Log.ReadAsync(id, 0, 1000, CancellationToken.None);
        Assert.Single(events, envelope => envelope.Event is RunStarted);
        Assert.Single(events, envelope => envelope.Event is PromptAdmitted);
    }

    [Fact]
    public async Task A_refused_prompt_is_422_with_the_words_a_page_would_show()
    {
        var id = await _app.CreateAsync();

        var (status, problem) = await _app.Client.PostAsync($"/api/conversations/{id}/prompts", new { promptId = Guid.NewGuid(), text = "  " });

        Assert.Equal((422, "prompt_refused"), (status, problem.GetProperty("code").GetString()));
        Assert.Contains("nothing to send", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(404, (await _app.Client.PostAsync($"/api/conversations/{Guid.NewGuid()}/prompts", new { promptId = Guid.NewGuid(), text = "x" })).Status);
    }

    [Fact]
    public async Task How_a_prompt_is_to_be_run_is_kept_with_it()
    {
        var id = await _app.CreateAsync();
        await _app.PromptAsync(id, "hang");
        var promptId = Guid.CreateVersion7();

        await _app.Client.PostAsync($"/api/conversations/{id}/prompts", new { promptId, text = "now", delivery = "Steer", planFirst = true });

        var admitted = (await _app.Log.ReadAsync(id, 0, 1000, CancellationToken.None)).Select(envelope => envelope.Event)
            .OfType<PromptAdmitted>().Single(prompt => prompt.PromptId == promptId);
        Assert.Equal((PromptDelivery.Steer, true), (admitted.Delivery, admitted.PlanFirst));
    }

    [Fact]
    public async Task An_attachment_is_what_its_bytes_are_and_only_what_was_uploaded()
    {
        var id = await _app.CreateAsync();
        var (_, upload) = await _app.Client.SendAsync(
            HttpMethod.Post, "/uploads?name=a.txt", TestImage.Png(3, 4), "application/octet-stream", request => request.Headers.Add("X-Autocoder", "script"));
        var hash = upload.GetProperty("blobHash").GetString();
        var promptId = Guid.CreateVersion7();

        var (status, _) = await _app.Client.PostAsync(
            $"/api/conversations/{id}/prompts", new { promptId, attachments = new[] { new { blobHash = hash, name = "../../etc/pass\nwd.png" } } });

        Assert.Equal(202, status);
        var admitted = (await _app.Log.ReadAsync(id, 0, 1000, CancellationToken.None)).Select(envelope => envelope.Event).OfType<PromptAdmitted>().Single();
        Assert.Equal(new Attachment("passwd.png", "image/png", TestImage.Png(3, 4).Length, hash!), Assert.Single(admitted.Attachments));
        foreach (var wrong in new[] { new string('0', 64), "../../../etc/passwd", "", new string('A', 64) })
        {
            var (refused, problem) = await _app.Client.PostAsync(
                $"/api/conversations/{id}/prompts", new { promptId = Guid.NewGuid(), attachments = new[] { new { blobHash = wrong, name = "x" } } });
            Assert.Equal((422, "attachment_refused"), (refused, problem.GetProperty("code").GetString()));
        }
    }

    [Fact]
    public async Task A_waiting_prompt_is_taken_back_once()
    {
        var id = await _app.CreateAsync();
        await _app.PromptAsync(id, "hang");
        var waiting = await _app.PromptAsync(id, "later");

        Assert.Equal(204, (await _app.Client.DeleteAsync($"/api/conversations/{id}/prompts/{waiting}")).Status);
        Assert.Equal(409, (await _app.Client.DeleteAsync($"/api/conversations/{id}/prompts/{waiting}")).Status);
        Assert.Equal(404, (await _app.Client.DeleteAsync($"/api/conversations/{id}/prompts/{Guid.NewGuid()}")).Status);
    }

    [Fact]
    public async Task Of_two_answers_one_is_taken_and_the_other_told_so()
    {
        var id = await _app.CreateAsync();
        await _app.PromptAsync(id, "ask");
        var asked = (await _app.WaitAsync(id, body => body.GetProperty("questions").GetArrayLength() == 1)).GetProperty("questions")[0];
        var requestId = asked.GetProperty("requestId").GetGuid();

        Assert.Equal(422, (await AnswerAsync(id, requestId, "green")).Status);
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(index => AnswerAsync(id, requestId, index % 2 == 0 ? "red" : "blue")));

        Assert.Equal([200, 409, 409, 409, 409, 409], answers.Select(answer => answer.Status).Order());
        Assert.Equal("answer_too_late", answers.First(answer => answer.Status == 409).Body.GetProperty("code").GetString());
        Assert.Single(await _app.Log.ReadAsync(id, 0, 1000, CancellationToken.None), envelope => envelope.Event is QuestionsAnswered);
    }

    [Fact]
    public async Task An_answer_to_an_approval_that_is_not_open_changes_nothing()
    {
        var id = await _app.CreateAsync();
        await _app.PromptAsync(id, "hang");

        var (status, _) = await _app.Client.PostAsync($"/api/conversations/{id}/approvals/{Guid.NewGuid()}", new { outcome = "AllowedOnce" });

        Assert.Contains(status, new[] { 404, 409 });
        Assert.Equal(422, (await _app.Client.PostAsync($"/api/conversations/{id}/approvals/{Guid.NewGuid()}", new { outcome = "Expired" })).Status);
    }

    [Fact]
    public async Task Pages_of_events_are_the_log_whole_and_in_order()
    {
        var id = await _app.CreateAsync();
        await _app.PromptAsync(id, "tell 6 x 2");
        await _app.WaitAsync(id, body => body.GetProperty("run").ValueKind is JsonValueKind.Null);
        var log = await _app.Log.ReadAsync(id, 0, 1000, CancellationToken.None);

        var seen = new List<JsonElement>();
        var after = "";
        while (true)
        {
            var (status, page) = await _app.Client.GetAsync($"/api/conversations/{id}/events?limit=7&after={after}");
            Assert.Equal(200, status);
            seen.AddRange(page.GetProperty("events").EnumerateArray());
            after = page.GetProperty("next").GetString()!;
            if (!page.GetProperty("hasMore").GetBoolean())
            {
                Assert.Equal(page.GetProperty("head").GetString(), after);
                break;
            }
        }

        Assert.Equal(log.Select(envelope => envelope.Sequence), seen.Select(item => item.GetProperty("sequence").GetInt64()));
        Assert.All(log.Zip(seen), pair =>
        {
            var stored = EventCatalog.Serialize(pair.First.Event);
            Assert.Equal((stored.Kind, stored.Version), (pair.Second.GetProperty("kind").GetString(), pair.Second.GetProperty("version").GetInt32()));
            Assert.True(JsonElement.DeepEquals(JsonElement.Parse(stored.Payload), pair.Second.GetProperty("payload")));
        });
    }

    [Theory]
    [InlineData("after=x", 400, "cursor_invalid")]
    [InlineData("after=5", 400, "cursor_invalid")]
    [InlineData("after=v1.1.-1", 400, "cursor_invalid")]
    [InlineData("limit=0", 400, "limit_invalid")]
    [InlineData("limit=501", 400, "limit_invalid")]
    [InlineData("limit=x", 400, "request_invalid")]
    [InlineData("after=v1.2.0", 410, "cursor_expired")]
    [InlineData("after=v1.1.99", 410, "cursor_expired")]
    public async Task A_cursor_that_is_wrong_or_of_another_history_is_refused(string query, int status, string code)
    {
        var id = await _app.CreateAsync();

        var (answered, problem) = await _app.Client.GetAsync($"/api/conversations/{id}/events?{query}");

        Assert.Equal((status, code), (answered, problem.GetProperty("code").GetString()));
        if (status == 410)
        {
            Assert.Equal("v1.1.0", problem.GetProperty("restart").GetString());
        }
    }

    private Task<(int Status, JsonElement Body)> AnswerAsync(Guid id, Guid requestId, string option) => _app.Client.PostAsync(
        $"/api/conversations/{id}/answers", new { requestId, answers = new[] { new { questionId = "q1", optionIds = new[] { option } } } });
}
