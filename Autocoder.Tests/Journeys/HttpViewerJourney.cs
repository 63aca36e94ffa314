using Autocoder.Tests.Web.Endpoints;
using static Autocoder.Tests.Journeys.ScriptedApp;

namespace Autocoder.Tests.Journeys;

/// <summary>A script follows a run while the server is killed, and comes back to another process with nothing but its last id.</summary>
[Collection(SharedBrowser.Name)]
public sealed class HttpViewerJourney(ScriptedApp app) : IClassFixture<ScriptedApp>
{
    [Fact]
    public async Task A_script_that_follows_loses_and_repeats_nothing_over_a_kill_of_the_server()
    {
        var text = Words(4000);
        app.Play(Says(text, size: 40, delay: 25));
        using var client = await ApiClient.ConnectAsync(app.Process.Address);
        var (_, made) = await client.PostAsync("/api/conversations", new { project = JourneyApp.Project, surface = "Agent" });
        var id = made.GetProperty("id").GetGuid();
        await client.PostAsync($"/api/conversations/{id}/prompts", new { promptId = Guid.CreateVersion7(), text = "Tell me a long story." });

        var viewer = new SseViewer();
        string? last;
        await using (var connection = await client.FollowAsync(id))
        {
            while (viewer.OpenText.Length < 400)
            {
                viewer.Apply((await connection.NextAsync())!.Value);
            }

            last = connection.LastEventId;
        }

        var seen = viewer.OpenText;
        await app.Process.KillAsync();
        await app.Process.StartAgainAsync();
        await using (var connection = await client.FollowAsync(id, last))
        {
            while (!viewer.HasEnded)
            {
                viewer.Apply((await connection.NextAsync())!.Value);
            }
        }

        var kept = Assert.Single(viewer.CompletedTexts);
        Assert.StartsWith(seen, kept, StringComparison.Ordinal);
        Assert.StartsWith(kept, text, StringComparison.Ordinal);
        var (_, page) = await client.GetAsync($"/api/conversations/{id}/events?limit=500");
        Assert.Equal(page.GetProperty("events").EnumerateArray().Select(item => item.GetProperty("sequence").GetInt64()), viewer.Sequences);
    }
}
