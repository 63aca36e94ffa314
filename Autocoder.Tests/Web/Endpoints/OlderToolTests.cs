using Autocoder.Core.Projects;
using Microsoft.Extensions.DependencyInjection;

namespace Autocoder.Tests.Web.Endpoints;

/// <summary>Scripts written for the older tool: the same paths, the same status codes.</summary>
public sealed class OlderToolTests : IAsyncLifetime
{
    private WebApp _app = null!;

    public async Task InitializeAsync() => _app = await WebApp.StartAsync(TalkingEngine.Create());

    public Task DisposeAsync() => _app.DisposeAsync().AsTask();

    [Theory]
    [InlineData("GET", "/api/spec/sessions/{0}")]
    [InlineData("DELETE", "/api/spec/sessions/{0}")]
    [InlineData("GET", "/api/assistant/sessions/{0}")]
    [InlineData("DELETE", "/api/assistant/sessions/{0}")]
    [InlineData("GET", "/api/assistant/conversations/{0}")]
    [InlineData("POST", "/api/assistant/conversations/{0}")]
    [InlineData("GET", "/api/assistant/conversations/{0}/0190b7a0-0000-7000-8000-000000000000")]
    [InlineData("DELETE", "/api/assistant/conversations/{0}/0190b7a0-0000-7000-8000-000000000000")]
    public async Task A_name_that_is_none_is_400_and_a_project_that_is_not_there_404(string method, string path)
    {
        // The whole name counts: a line break at its end is not overlooked.
        foreach (var wrong in new[] { "sample%0A", "sam%20ple", "..%5C", "-sample", "s%C3%A4mple", new string('a', 51) })
        {
            var (status, problem) = await SendAsync(method, path, wrong);
            Assert.Equal(400, status);
            Assert.Equal("project_name_invalid", problem.GetProperty("code").GetString());
        }

        Assert.Equal(404, (await SendAsync(method, path, "other")).Status);
    }

    [Fact]
    public async Task A_project_whose_folder_is_missing_is_404_in_words()
    {
        Directory.Delete(_app.ProjectFolder);

        var (status, problem) = await _app.Client.GetAsync($"/api/assistant/conversations/{WebApp.ProjectName}");

        Assert.Equal(404, status);
        Assert.Equal("project_folder_missing", problem.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Sessions_are_what_is_open_and_closing_one_stops_its_run_and_keeps_the_conversation()
    {
        Assert.Empty((await _app.Client.GetAsync("/api/spec/sessions")).Body.EnumerateArray());
        Assert.Equal(404, (await _app.Client.GetAsync($"/api/spec/sessions/{WebApp.ProjectName}")).Status);
        var session = await _app.Sessions.OpenSpecAsync(_app.Project.Id, CancellationToken.None);
        session.Changed += Nothing;
        await _app.PromptAsync(session.ConversationId, "hang");

        var listed = Assert.Single((await _app.Client.GetAsync("/api/spec/sessions")).Body.EnumerateArray());
        Assert.Equal(WebApp.ProjectName, listed.GetProperty("project").GetString());
        Assert.Equal(1, listed.GetProperty("viewers").GetInt32());
        Assert.True(listed.GetProperty("isRunning").GetBoolean());
        Assert.False((await _app.Client.GetAsync($"/api/spec/sessions/SAMPLE")).Body.GetProperty("isComplete").GetBoolean());

        var (status, done) = await _app.Client.DeleteAsync($"/api/spec/sessions/{WebApp.ProjectName}");
        Assert.Equal((200, true), (status, done.GetProperty("success").GetBoolean()));
        Assert.Equal(404, (await _app.Client.DeleteAsync($"/api/spec/sessions/{WebApp.ProjectName}")).Status);
        Assert.Null((await _app.Log.GetAsync(session.ConversationId, CancellationToken.None)).State.Run);
        Assert.Equal(200, (await _app.Client.GetAsync($"/api/conversations/{session.ConversationId}")).Status);

        static void Nothing()
        {
        }
    }

    [Fact]
    public async Task A_conversation_of_the_assistant_is_made_listed_shown_and_moved_to_the_trash()
    {
        var conversations = $"/api/assistant/conversations/{WebApp.ProjectName}";
        var (status, made) = await _app.Client.PostAsync(conversations, new { title = " About tests " });
        var id = made.GetProperty("id").GetGuid();
        Assert.Equal((200, "About tests"), (status, made.GetProperty("title").GetString()));
        await _app.PromptAsync(id, "tell 1 x 3");
        await _app.WaitAsync(id, IsIdle);

        Assert.Equal(id, Assert.Single((await _app.Client.GetAsync(conversations)).Body.EnumerateArray()).GetProperty("id").GetGuid());
        var messages = (await _app.Client.GetAsync($"{conversations}/{id}")).Body.GetProperty("messages").EnumerateArray()
            .Select(message => (message.GetProperty("role").GetString(), message.GetProperty("text").GetString()));
        Assert.Equal([("user", "tell 1 x 3"), ("assistant", TalkingEngine.Story(0, 3))], messages);
        Assert.Single((await _app.Client.GetAsync("/api/assistant/sessions")).Body.EnumerateArray());
        Assert.Single((await _app.Client.GetAsync($"/api/assistant/sessions/{WebApp.ProjectName}")).Body.EnumerateArray());

        await _app.PromptAsync(id, "hang");
        Assert.Equal(200, (await _app.Client.DeleteAsync($"{conversations}/{id}")).Status);
        var state = (await _app.Log.GetAsync(id, CancellationToken.None)).State;
        Assert.True(state is { IsTrashed: true, IsDeleted: false, Run: null });
        Assert.Empty((await _app.Client.GetAsync(conversations)).Body.EnumerateArray());
        Assert.Equal(404, (await _app.Client.GetAsync($"/api/assistant/sessions/{WebApp.ProjectName}")).Status);
    }

    [Fact]
    public async Task A_conversation_is_found_only_below_its_own_project_and_surface()
    {
        var agent = await _app.CreateAsync();
        var assistant = await _app.CreateAsync("Assistant");
        var folder = Directory.CreateTempSubdirectory("autocoder-other-");
        await _app.Services.GetRequiredService<ProjectRegistry>().CreateAsync("other", folder.FullName, CancellationToken.None);

        Assert.Equal(404, (await _app.Client.GetAsync($"/api/assistant/conversations/{WebApp.ProjectName}/{agent}")).Status);
        Assert.Equal(404, (await _app.Client.GetAsync($"/api/assistant/conversations/other/{assistant}")).Status);
        Assert.Equal(404, (await _app.Client.DeleteAsync($"/api/assistant/conversations/other/{assistant}")).Status);
        Assert.Equal(200, (await _app.Client.GetAsync($"/api/assistant/conversations/{WebApp.ProjectName}/{assistant}")).Status);
        folder.Delete();
    }

    [Fact]
    public async Task A_stop_without_a_run_says_so_and_one_with_a_run_has_ended_it()
    {
        var id = await _app.CreateAsync();
        var (status, answer) = await _app.Client.PostAsync($"/api/sessions/{id}/stop", new { });
        Assert.Equal((200, false, "no active run"), (status, answer.GetProperty("ok").GetBoolean(), answer.GetProperty("reason").GetString()));

        await _app.PromptAsync(id, "hang");
        Assert.True((await _app.Client.PostAsync($"/api/sessions/{id}/stop", new { })).Body.GetProperty("ok").GetBoolean());
        Assert.Null((await _app.Log.GetAsync(id, CancellationToken.None)).State.Run);
        Assert.Equal(404, (await _app.Client.PostAsync($"/api/sessions/{Guid.NewGuid()}/stop", new { })).Status);
    }

    [Fact]
    public async Task A_late_stop_of_one_run_never_stops_the_next()
    {
        var id = await _app.CreateAsync();
        await _app.PromptAsync(id, "hang");
        var first = (await _app.Log.GetAsync(id, CancellationToken.None)).State.Run!.RunId;
        await _app.Client.PostAsync($"/api/conversations/{id}/runs/{first}/stop", new { });
        await _app.PromptAsync(id, "hang");
        var second = (await _app.Log.GetAsync(id, CancellationToken.None)).State.Run!.RunId;

        Assert.False((await _app.Client.PostAsync($"/api/conversations/{id}/runs/{first}/stop", new { })).Body.GetProperty("ok").GetBoolean());
        Assert.False((await _app.Client.PostAsync($"/api/sessions/{id}/stop?runId={first}", new { })).Body.GetProperty("ok").GetBoolean());
        Assert.False((await _app.Client.PostAsync($"/api/sessions/{id}/stop", new { runId = first })).Body.GetProperty("ok").GetBoolean());
        Assert.Equal(second, (await _app.Log.GetAsync(id, CancellationToken.None)).State.Run!.RunId);
        Assert.True((await _app.Client.PostAsync($"/api/sessions/{id}/stop", new { runId = second })).Body.GetProperty("ok").GetBoolean());
    }

    private static bool IsIdle(System.Text.Json.JsonElement conversation) =>
        !conversation.TryGetProperty("run", out var run) || run.ValueKind is System.Text.Json.JsonValueKind.Null;

    private Task<(int Status, System.Text.Json.JsonElement Body)> SendAsync(string method, string path, string project) =>
        _app.Client.SendAsync(new HttpMethod(method), path.Replace("{0}", project, StringComparison.Ordinal), method == "POST" ? "{}"u8.ToArray() : null);
}
