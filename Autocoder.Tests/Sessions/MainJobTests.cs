using System.Xml.Linq;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Core.Features;
using Autocoder.Core.Specs;
using Autocoder.Tests.Journeys;
using Autocoder.Tests.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Autocoder.Tests.Sessions;

/// <summary>The main job on the offline engine, without a browser: wizard, approval, initialization, questions about the result.</summary>
public sealed class MainJobTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_idea_becomes_an_approved_specification_and_a_backlog_one_can_ask_about(bool detailed)
    {
        await using var core = await CoreHarness.StartAsync();

        var approved = await InterviewAsync(core, Interviewee.TodoWithSharing(detailed));
        Assert.Equal(1, approved.Version);
        var spec = XDocument.Load(Path.Combine(core.ProjectFolder, "prompts", "app_spec.txt"));
        Assert.Equal("project_specification", spec.Root!.Name.LocalName);
        Assert.Contains(
            approved.FeatureCount.ToString(System.Globalization.CultureInfo.InvariantCulture),
            await File.ReadAllTextAsync(Path.Combine(core.ProjectFolder, "prompts", "initializer_prompt.md")),
            StringComparison.Ordinal);

        await InitializeAsync(core, approved.FeatureCount);
        await AskAsync(core, approved.FeatureCount);
    }

    [Fact]
    public async Task The_wizard_goes_on_after_a_restart_where_it_was()
    {
        await using var core = await CoreHarness.StartAsync();
        var person = Interviewee.TodoWithSharing(detailed: false);
        var session = await core.Sessions.OpenSpecAsync(core.Project.Id, CancellationToken.None);
        await session.SendAsync(Guid.CreateVersion7(), "Let us start", [], CancellationToken.None);
        var first = (await core.WaitAsync(session.ConversationId, t => t.PendingQuestions is not null)).PendingQuestions!;
        await session.AnswerAsync(first.RequestId, person.Answer(first), CancellationToken.None);
        var second = (await core.WaitAsync(session.ConversationId, t => t.PendingQuestions is { } pending && pending.RequestId != first.RequestId)).PendingQuestions!;

        await core.StopAsync();
        await core.StartAgainAsync();
        var again = await core.Sessions.OpenSpecAsync(core.Project.Id, CancellationToken.None);
        Assert.Equal(session.ConversationId, again.ConversationId);
        await again.AnswerAsync(second.RequestId, person.Answer(second), CancellationToken.None);

        var third = await core.WaitAsync(
            session.ConversationId, t => t.PendingQuestions is { } pending && pending.RequestId != second.RequestId && pending.RequestId != first.RequestId);
        Assert.Empty(third.PendingQuestions!.Questions.Select(question => question.Id).Intersect(person.Asked.Select(question => question.Id)));
    }

    [Fact]
    public async Task An_outdated_draft_is_not_approved_and_nothing_is_written()
    {
        await using var core = await CoreHarness.StartAsync();
        var session = await core.Sessions.OpenSpecAsync(core.Project.Id, CancellationToken.None);

        var refused = await Assert.ThrowsAsync<SpecApprovalException>(() => session.ApproveAsync(7, CancellationToken.None));

        Assert.Equal("spec_outdated", refused.Code);
        Assert.Empty(Directory.GetFileSystemEntries(core.ProjectFolder));
    }

    private static async Task<SpecApprovalResult> InterviewAsync(CoreHarness core, Interviewee person)
    {
        var session = await core.Sessions.OpenSpecAsync(core.Project.Id, CancellationToken.None);
        await session.SendAsync(Guid.CreateVersion7(), "Let us start", [], CancellationToken.None);
        var answered = new HashSet<Guid>();
        while (true)
        {
            var transcript = await core.WaitAsync(
                session.ConversationId, t => t.LastRun is not null || (t.PendingQuestions is { } pending && !answered.Contains(pending.RequestId)));
            if (transcript.LastRun is not null)
            {
                Assert.Equal(RunOutcome.Completed, transcript.LastRun.Outcome);
                Assert.Empty(Directory.GetFileSystemEntries(core.ProjectFolder));
                var revision = transcript.Draft!.Revision;
                Assert.Equal(3, (await session.PreviewApprovalAsync(revision, CancellationToken.None)).Count);
                return await session.ApproveAsync(revision, CancellationToken.None);
            }

            var asked = transcript.PendingQuestions!;
            answered.Add(asked.RequestId);
            Assert.True(answered.Count < 40, "The interview does not end.");
            var receipt = await session.AnswerAsync(asked.RequestId, person.Answer(asked), CancellationToken.None);
            Assert.True(receipt.Reason is null, $"{receipt.Reason} — {string.Join(" | ", asked.Questions.Select(q => q.Id))}");
        }
    }

    private static async Task InitializeAsync(CoreHarness core, int expectedFeatures)
    {
        var id = await core.Sessions.CreateAsync(core.Project.Id, ConversationKind.Agent, engine: null, title: null, CancellationToken.None);
        var session = await core.Sessions.OpenAgentAsync(id, CancellationToken.None);
        await session.InitializeProjectAsync(Guid.CreateVersion7(), CancellationToken.None);
        var transcript = await core.WaitAsync(id, t => t.LastRun is not null);

        Assert.Equal(RunOutcome.Completed, transcript.LastRun!.Outcome);
        Assert.All(transcript.Items.OfType<ToolCallItem>(), call => Assert.Equal(ToolCallStatus.Completed, call.Status));
        Assert.NotNull(transcript.Plan);
        var features = await core.Services.GetRequiredService<FeatureBacklog>().ListAsync(core.Project.Id, CancellationToken.None);
        Assert.Equal(expectedFeatures, features.Count);
        Assert.True(features.Count >= 20, $"There are only {features.Count} features.");
        Assert.All(["README.md", "init.sh", ".gitignore", ".git"], name => Assert.True(Path.Exists(Path.Combine(core.ProjectFolder, name)), name));
    }

    private static async Task AskAsync(CoreHarness core, int features)
    {
        var before = TreeHash.Of(core.ProjectFolder);
        var id = await core.Sessions.CreateAsync(core.Project.Id, ConversationKind.Assistant, engine: null, title: null, CancellationToken.None);
        var session = await core.Sessions.OpenAssistantAsync(id, CancellationToken.None);

        await session.SendAsync(Guid.CreateVersion7(), "How far is this project?", [], CancellationToken.None);
        var progress = await core.WaitAsync(id, t => t.LastRun is not null);
        Assert.Contains($"{features}", LastText(progress), StringComparison.Ordinal);

        await session.SendAsync(Guid.CreateVersion7(), "Where is the readme's title?", [], CancellationToken.None);
        var where = await core.WaitAsync(id, t => t.Items.OfType<RunEndedItem>().Count() == 2);
        Assert.Contains("README.md", LastText(where), StringComparison.Ordinal);
        Assert.Equal(before, TreeHash.Of(core.ProjectFolder));
    }

    private static string LastText(Transcript transcript) => transcript.Items.OfType<TextItem>().Last().Text.ToString();
}
