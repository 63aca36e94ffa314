using System.Text.Json;
using System.Text.Json.Serialization;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Core.Engines;
using Autocoder.Core.Engines.Models.Offline;
using Autocoder.Core.Engines.Models.Scripted;
using Autocoder.Core.Runs;
using Autocoder.Tests.TestSupport;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Autocoder.Tests.Runs.Parity;

/// <summary>P16: whatever an engine says and does, with whichever engine, is what people read: to the letter, in its order, and nothing else.</summary>
public sealed class TranscriptParityTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly JsonSerializerOptions Form = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private static readonly string[] Questions =
    [
        "hello", "Where is TodoList defined?", "What is this project?", "Show me README.md", "how is it started?", "find sortByDate", "qqq zzz?",
        "What does src/todoList.js do?", "Read notes.md, please.", "Which features are there?", "🦊", "list the files in src",
    ];

    [Fact]
    public async Task What_people_read_is_what_the_engine_said()
    {
        await using var world = await CoreWorld.CreateAsync();
        WriteProject(world.ProjectFolder);
        using var scenarios = new TempFolder();
        var ear = new Eavesdropper();
        await using var core = await StartAsync(world, scenarios.Path, ear);

        // Those that ask a model somewhere are heard at the other end, where the scripted server says what it sent.
        var engines = core.Services.GetRequiredService<EngineCatalog>().Descriptions.Where(engine => !engine.UsesModel).Select(engine => engine.Id);
        Assert.Equal(["offline", "scripted"], engines.Order(StringComparer.Ordinal));

        Prop.ForAll(Cases().ToArbitrary(), each => PlayAsync(each, world, core, scenarios, ear).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    private static async Task PlayAsync((ConversationKind Surface, string? Script, string Prompt) given, CoreWorld world, CoreProcess core, TempFolder scenarios, Eavesdropper ear)
    {
        var id = Guid.CreateVersion7();
        if (given.Script is not null)
        {
            await File.WriteAllTextAsync(scenarios["parity.json"], given.Script);
        }

        var engine = given.Script is null ? "offline" : "scripted:parity";
        await core.Writer.AppendAsync(
            id, _ => [new NewEvent(new ConversationCreated(world.ProjectId, given.Surface, "Parity", engine))], CancellationToken.None);
        Assert.Equal(
            PromptStatus.Started, (await core.Runs.SendAsync(id, new PromptAdmitted(Guid.CreateVersion7(), given.Prompt, []), CancellationToken.None)).Status);

        var live = await FollowAsync(core, id);
        var late = new Transcript();
        late.Apply(await core.Log.PullAsync(id, new LogPosition(), int.MaxValue, CancellationToken.None));
        var said = InOrder(ear.In(id));
        Assert.NotEmpty(said);
        Assert.Equal(said, InOrder(RowsOf(live)));
        Assert.Equal(said, InOrder(RowsOf(late)));
        Assert.Equal(given.Prompt, Assert.Single(live.Items.OfType<MessageItem>()).Text);
    }

    private static async Task<Transcript> FollowAsync(CoreProcess core, Guid id)
    {
        using var bell = new SemaphoreSlim(0);
        using var subscription = core.Log.Subscribe(id, () => bell.Release());
        var (transcript, position) = (new Transcript(), new LogPosition());
        while (transcript.LastRun is null)
        {
            var pull = await core.Log.PullAsync(id, position, 16, CancellationToken.None);
            transcript.Apply(pull);
            position.Advance(pull);
            Assert.True(pull.HasMore || transcript.LastRun is not null || await bell.WaitAsync(Patience), "The run does not end.");
        }

        return transcript;
    }

    private static IEnumerable<Overheard> RowsOf(Transcript transcript) => transcript.Items
        .Where(item => item is TextItem or ToolCallItem)
        .Select(item => item switch
        {
            TextItem text => new Overheard(text.IsReasoning ? "thought" : "text", text.Text.ToString(), "", !text.Partial),
            ToolCallItem call => new Overheard(
                $"{call.Tool} {call.CallId}", call.Arguments.GetRawText(), call.Output!, call.Status is ToolCallStatus.Completed),
            _ => throw new InvalidOperationException(),
        });

    // Calls that run at the same time end in any order; between texts they are one group.
    private static List<Overheard> InOrder(IEnumerable<Overheard> said)
    {
        var group = 0;
        return [.. said
            .Select(each => (Group: each.Kind is "text" or "thought" ? group += 2 : group + 1, Said: each))
            .OrderBy(each => each.Group).ThenBy(each => each.Said.Kind, StringComparer.Ordinal)
            .Select(each => each.Said)];
    }

    private static Gen<(ConversationKind Surface, string? Script, string Prompt)> Cases()
    {
        var prompts = Gen.Elements(Questions);
        var offline = from surface in Gen.Elements(ConversationKind.Assistant, ConversationKind.Agent)
                      from prompt in prompts
                      select (surface, (string?)null, prompt);
        var scripted = from steps in Steps().NonEmptyListOf()
                       from prompt in prompts
                       select (ConversationKind.Agent, (string?)Scenario([.. steps.Take(5)]), prompt);
        return Gen.Frequency((2, offline), (3, scripted));
    }

    private static string Scenario(IReadOnlyList<object> steps) =>
        JsonSerializer.Serialize(new { name = "parity", description = "Anything.", turns = new[] { new { steps } } }, Form);

    private static Gen<object> Steps() =>
        from thinking in Texts()
        from text in Texts()
        from size in Gen.Choose(1, 30)
        from tools in Calls().ListOf()
        from error in Gen.Frequency((9, Gen.Constant(false)), (1, Gen.Constant(true)))
        select (object)new
        {
            thinking,
            text = text ?? "One word at least.",
            delta = new { size, delay_ms = 0 },
            tools = tools.Count == 0 || error ? null : tools.Take(3).ToArray(),
            error = error ? new { code = "broken", message = "The line went dead." } : null,
        };

    private static Gen<string?> Texts() => Gen.OneOf(
        Gen.Constant((string?)null),
        from words in Gen.Elements("a", "wort", "🦊", "  ", "\n\n", "`code`", "é", "<b>", "\u200d👩‍💻", "end.").NonEmptyListOf()
        select (string?)("x" + string.Join(' ', words)));

    private static Gen<object> Calls() => Gen.Elements<object>(
        new { tool = "Read", arguments = new { path = "README.md" } },
        new { tool = "Read", arguments = new { path = "missing.md" } },
        new { tool = "Glob", arguments = new { pattern = "**/*" } },
        new { tool = "Grep", arguments = new { pattern = "TodoList" } },
        new { tool = "feature_get_stats", arguments = new { } },
        new { tool = "Nothing", arguments = new { why = "nobody knows it" } });

    private static void WriteProject(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "src"));
        File.WriteAllText(Path.Combine(folder, "README.md"), "# Tasks\n\nTasks keeps lists. 🦊\n\n## Start\n\nRun `npm start`.\n");
        File.WriteAllText(Path.Combine(folder, "notes.md"), "# Notes\n\nThe TodoList needs work.\n");
        File.WriteAllText(Path.Combine(folder, "src", "todoList.js"), "export class TodoList {\n}\n\nexport function sortByDate(items) {\n}\n");
    }

    private static Task<CoreProcess> StartAsync(CoreWorld world, string scenarios, Eavesdropper ear) =>
        world.StartAsync(new MemoryConversationStore(), services =>
        {
            services.Configure<ScenarioOptions>(options => options.Folder = scenarios);
            services.Configure<OfflineOptions>(options => options.DeltaDelay = TimeSpan.Zero);
            var real = services.Where(service => service.ServiceType == typeof(IAgentEngine)).ToList();
            services.RemoveAll<IAgentEngine>();
            foreach (var engine in real)
            {
                services.AddSingleton<IAgentEngine>(provider => new OverheardEngine((IAgentEngine)engine.ImplementationFactory!(provider), ear));
            }
        });
}
