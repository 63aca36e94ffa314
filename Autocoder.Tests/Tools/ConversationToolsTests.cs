using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Tools;
using Autocoder.Tests.TestSupport;
using FsCheck;
using FsCheck.Fluent;

namespace Autocoder.Tests.Tools;

public sealed class ConversationToolsTests : IDisposable
{
    private readonly ToolBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_question_reaches_the_person_and_the_answer_comes_back_as_JSON()
    {
        IReadOnlyList<Question> asked = [];
        _bench.Run.Person = questions =>
        {
            asked = questions;
            return [new Answer("q2", [], "für mich"), new Answer("storage", ["yes", "o2"])];
        };

        var output = await _bench.OutputAsync(new AskUserTool(), new
        {
            questions = new object[]
            {
                new { id = "storage", header = "Data", question = "Must data be stored?", multiSelect = true, why = "It decides on a database.",
                    options = new object[] { new { id = "yes", label = "Yes", recommended = true }, new { label = "No", description = "Stateless" } } },
                new { header = "Users", question = "Who is it for?", placeholder = "My family", required = false },
            },
        });

        Assert.Equal(
            """{"answers":[{"question_id":"storage","question":"Must data be stored?","options":["yes","o2"],"labels":["Yes","No"],"text":null},{"question_id":"q2","question":"Who is it for?","options":[],"labels":[],"text":"für mich"}]}""",
            output);
        Assert.Equal([new QuestionOption("yes", "Yes", null, true), new QuestionOption("o2", "No", "Stateless")], asked[0].Options);
        Assert.Equal((true, "It decides on a database.", true), (asked[0].MultiSelect, asked[0].Why, asked[0].Required));
        Assert.Equal(("q2", true, "My family", false), (asked[1].Id, asked[1].IsFreeText, asked[1].Placeholder, asked[1].Required));
        Assert.Equal(["storage", "q2"], QuestionJson.TryReadAnswers(output)!.Select(answer => answer.QuestionId));
    }

    [Theory]
    [InlineData("""{"questions":[]}""", "1 to 6")]
    [InlineData("""{"questions":[{"header":"A","question":"?","options":[{"label":"Only"}]}]}""", "one option")]
    [InlineData("""{"questions":[{"id":"x","header":"A","question":"?"},{"id":"x","header":"B","question":"?"}]}""", "id x")]
    [InlineData("""{"questions":[{"id":"q2","header":"A","question":"?"},{"header":"B","question":"?"}]}""", "id q2")]
    [InlineData("""{"questions":[{"header":"A","question":"?","options":[{"id":"o2","label":"1"},{"label":"2"}]}]}""", "id o2")]
    [InlineData("""{"questions":[{"id":"<b>","header":"A","question":"?"}]}""", "letters")]
    [InlineData("""{"questions":[{"header":"A","question":"  "}]}""", "empty")]
    [InlineData("""{"questions":[{"header":"longer than twenty-four characters","question":"?"}]}""", "at most 24")]
    [InlineData("""{"questions":[{"header":"A"}]}""", "questions[0].question is missing")]
    [InlineData("""{"questions":["?"]}""", "questions[0] must be an object")]
    public async Task A_question_of_the_wrong_shape_is_not_asked(string arguments, string reason)
    {
        _bench.Run.Person = _ => throw new InvalidOperationException("asked");
        using var json = JsonDocument.Parse(arguments);

        var output = await _bench.FailureAsync(new AskUserTool(), json.RootElement);

        Assert.Contains(reason, output, StringComparison.Ordinal);
        Assert.False(QuestionJson.TryReadQuestions(json.RootElement, out _, out var problem));
        Assert.Contains(reason, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_answer_survives_its_JSON() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(
            ArbMap.Default.ArbFor<NonNull<string>>(),
            Gen.SubListOf(["o1", "o2", "o3"]).ToArbitrary(),
            (text, options) =>
            {
                // Half a surrogate pair is no text; nothing that is typed holds one.
                var words = new string([.. text.Get.Where(character => !char.IsSurrogate(character))]);
                var question = new Question("q1", "Head", "Which?", [new("o1", "A"), new("o2", "B"), new("o3", "C")], MultiSelect: true);
                var answer = new Answer("q1", [.. options], words);
                var read = QuestionJson.TryReadAnswers(QuestionJson.WriteAnswers([question], [answer]));
                return read is [var only]
                    && only.OptionIds.SequenceEqual(answer.OptionIds)
                    && only.Text == (string.IsNullOrWhiteSpace(words) ? null : words);
            }));

    [Theory]
    [InlineData("")]
    [InlineData("The person did not answer.")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"answers":[null]}""")]
    [InlineData("""{"answers":[{"question_id":"q1"}]}""")]
    public void What_is_no_answer_reads_as_none(string output) => Assert.Null(QuestionJson.TryReadAnswers(output));

    [Fact]
    public async Task Each_plan_is_recorded_whole_with_the_next_revision()
    {
        var tool = new UpdatePlanTool();
        await _bench.OutputAsync(tool, Plan(("1", "Read the spec", "in_progress"), ("2", "Create features", "pending")));
        var output = await _bench.OutputAsync(tool, PlanOf(("1", "Read the spec", "completed", "Read shows 40 lines."), ("2", "Create features", "in_progress", null)));

        Assert.Equal("The plan is shown: 1 of 2 steps done.", output);
        var plans = _bench.Run.Events.Cast<PlanUpdated>().ToArray();
        Assert.Equal([1, 2], plans.Select(plan => plan.Revision));
        Assert.Equal(new PlanEntry("2", "Create features", PlanEntryStatus.InProgress), plans[1].Entries[1]);
        Assert.Equal("Update the plan: Now", tool.Describe(JsonSerializer.SerializeToElement(Plan(("1", "Now", "in_progress")))));
    }

    [Fact]
    public async Task A_completed_entry_needs_evidence_in_words()
    {
        var tool = new UpdatePlanTool();

        Assert.Contains("without evidence", await _bench.FailureAsync(tool, Plan(("1", "Read", "completed"))), StringComparison.Ordinal);
        Assert.Contains("without evidence", await _bench.FailureAsync(tool, PlanOf(("1", "Read", "completed", "  "))), StringComparison.Ordinal);
        Assert.Empty(_bench.Run.Events);

        await _bench.OutputAsync(tool, PlanOf(("1", "Read", "completed", "dotnet test: 3 passed"), ("2", "Paint", "cancelled", null)));
        var entries = Assert.IsType<PlanUpdated>(Assert.Single(_bench.Run.Events)).Entries;
        Assert.Equal(("dotnet test: 3 passed", PlanEntryStatus.Cancelled), (entries[0].Evidence, entries[1].Status));
    }

    [Fact]
    public async Task A_plan_that_contradicts_itself_is_refused()
    {
        var tool = new UpdatePlanTool();

        Assert.Contains("More than one", await _bench.FailureAsync(tool, Plan(("1", "A", "in_progress"), ("2", "B", "in_progress"))), StringComparison.Ordinal);
        Assert.Contains("same id", await _bench.FailureAsync(tool, Plan(("1", "A", "pending"), ("1", "B", "pending"))), StringComparison.Ordinal);
        Assert.Contains("is one of: pending", await _bench.FailureAsync(tool, Plan(("1", "A", "done"))), StringComparison.Ordinal);
        Assert.Empty(_bench.Run.Events);
    }

    [Fact]
    public async Task A_sub_agent_returns_its_last_words_and_counts_as_done_only_when_it_completed()
    {
        _bench.Run.SubAgent = (agent, task) => new SubAgentResult(task == "Finish" ? RunOutcome.Completed : RunOutcome.MaxSteps, $"{agent}: {task}");

        Assert.Equal("reviewer: Finish", await _bench.OutputAsync(new AgentTool(), new { agent = "reviewer", task = "Finish" }));
        Assert.Contains("(MaxSteps)", await _bench.FailureAsync(new AgentTool(), new { agent = "reviewer", task = "Go on" }), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_tool_has_a_title_for_any_arguments()
    {
        string[] hostile = ["{}", "[]", "null", "7", "\"x\"", """{"path":7,"questions":{},"features":[[]],"entries":[null],"feature_id":"x"}""", """{"\ud800":"\ud800","path":"\ud800"}""", """{"path":"a\u0000\u001b[2J\u202e\n","pattern":"\u2066"}"""];
        var tools = BuiltInTools.Create(null!, TestProcesses.Create(), TestSandbox.Off, _bench.Clock).Tools;

        Assert.Equal(26, tools.Count);
        foreach (var tool in tools)
        {
            foreach (var text in hostile)
            {
                using var json = JsonDocument.Parse(text);
                var title = tool.Describe(json.RootElement);
                Assert.InRange(title.Length, 1, 200);
                Assert.DoesNotContain(title, character => char.IsControl(character) || char.GetUnicodeCategory(character) is System.Globalization.UnicodeCategory.Format);
            }

            Assert.NotEmpty(tool.Describe(default));
        }
    }

    private static object PlanOf(params (string Id, string Text, string Status, string? Evidence)[] entries) => new
    {
        entries = entries.Select(entry => entry.Evidence is null
            ? (object)new { id = entry.Id, text = entry.Text, status = entry.Status }
            : new { id = entry.Id, text = entry.Text, status = entry.Status, evidence = entry.Evidence }),
    };

    private static object Plan(params (string Id, string Text, string Status)[] entries) =>
        new { entries = entries.Select(entry => new { id = entry.Id, text = entry.Text, status = entry.Status }) };
}
