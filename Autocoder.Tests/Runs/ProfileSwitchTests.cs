using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Tests.TestSupport;
using static Autocoder.Tests.TestSupport.AnsweringModel;

namespace Autocoder.Tests.Runs;

public sealed class ProfileSwitchTests
{
    [Fact]
    public async Task A_switch_reaches_a_run_at_work_with_its_next_step_and_takes_the_tools_along()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var model = new AnsweringModel(async (_, call) =>
        {
            await release.Task;
            return call switch
            {
                1 => Look(call),
                2 => Use("Write", new { path = "a.txt", content = "x" }),
                _ => Say("Done."),
            };
        });
        await using var core = await CoreHarness.StartAsync(model.Engine);
        var session = await core.OpenAgentAsync("fake");
        await session.SendAsync(Guid.CreateVersion7(), "Go", [], CancellationToken.None);
        await model.WaitForCallsAsync(1);
        await session.SwitchProfileAsync("reviewer", CancellationToken.None);
        await session.SwitchProfileAsync("reviewer", CancellationToken.None);
        release.SetResult();

        var done = await core.WaitAsync(session.ConversationId, t => t.LastRun is not null);

        Assert.Equal(["coder", "reviewer", "reviewer"], model.Requests.Select(request => request.Profile.Id));
        Assert.Contains("may not use Write", done.Items.OfType<ToolCallItem>().Last().Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(core.ProjectFolder, "a.txt")));
        var events = (await core.ReadAsync(session.ConversationId)).Select(envelope => envelope.Event).ToList();
        Assert.Equal(new ProfileSwitched("reviewer", 1, "person"), Assert.Single(events.OfType<ProfileSwitched>()));
        Assert.Equal("coder", events.OfType<RunStarted>().Single().Profile);
    }

    [Theory]
    [InlineData("poet")]
    [InlineData("assistant")]
    public async Task A_profile_that_is_none_for_this_surface_is_refused_in_words(string profile)
    {
        await using var core = await CoreHarness.StartAsync();
        var session = await core.OpenAgentAsync("offline");

        var refused = await Assert.ThrowsAsync<ArgumentException>(() => session.SwitchProfileAsync(profile, CancellationToken.None));

        Assert.Contains("It can have: coder, reviewer, initializer, explorer", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_stores_the_version_of_the_file_it_ran_with_and_a_changed_file_is_read_again()
    {
        var model = new AnsweringModel((_, _) => Say("Done."));
        await using var core = await CoreHarness.StartAsync(model.Engine);
        var file = Path.Combine(core.DataFolder, "profiles", "terse.json");
        await File.WriteAllTextAsync(file, """{ "id": "terse", "base": "coder", "steeringNotes": "One sentence." }""");
        var session = await core.OpenAgentAsync("fake");
        await session.SwitchProfileAsync("terse", CancellationToken.None);
        await session.SendAsync(Guid.CreateVersion7(), "one", [], CancellationToken.None);
        await core.WaitAsync(session.ConversationId, t => t.LastRun is not null);
        await File.WriteAllTextAsync(file, """{ "id": "terse", "base": "coder", "steeringNotes": "Two sentences." }""");
        await session.SendAsync(Guid.CreateVersion7(), "two", [], CancellationToken.None);
        await core.WaitAsync(session.ConversationId, t => t.Items.OfType<RunEndedItem>().Count() == 2);

        Assert.EndsWith("One sentence.", model.Requests[0].Instructions, StringComparison.Ordinal);
        Assert.EndsWith("Two sentences.", model.Requests[1].Instructions, StringComparison.Ordinal);
        var versions = (await core.ReadAsync(session.ConversationId)).Select(envelope => envelope.Event).OfType<RunStarted>().Select(run => run.ProfileVersion).ToList();
        Assert.NotEqual(versions[0], versions[1]);
    }
}
