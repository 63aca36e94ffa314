using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Core.Engines.ClaudeCode;
using Autocoder.Core.Sessions;
using Autocoder.Tests.TestSupport;
using Autocoder.Tests.TestSupport.ScriptedAnthropic;
using Microsoft.Extensions.DependencyInjection;

namespace Autocoder.Tests.Engines.ClaudeCode;

/// <summary>All of Core with the real program, against a scripted model on loopback.</summary>
internal sealed class ClaudeCodeWorld : IAsyncDisposable
{
    public const string Key = "test-key-of-the-person";

    private ClaudeCodeWorld(ScriptedServer server, CoreHarness core) => (Server, Core) = (server, core);

    public ScriptedServer Server { get; }

    public CoreHarness Core { get; }

    public string Folder => Core.ProjectFolder;

    public CliSessions Live => Core.Services.GetRequiredService<CliSessions>();

    public static async Task<ClaudeCodeWorld> StartAsync(string scenario, params (string Name, string Value)[] settings)
    {
        var server = await ScriptedServer.StartAsync(scenario);
        var all = new Dictionary<string, string?>
        {
            ["Autocoder:Engine:Default"] = "claude-code",
            ["Autocoder:ClaudeCode:Path"] = ClaudeProgram.Path,
            ["Autocoder:ClaudeCode:ApiKey"] = Key,
            ["Autocoder:ClaudeCode:BaseUrl"] = server.Address.ToString().TrimEnd('/'),
            ["Autocoder:ClaudeCode:MaxRetries"] = "1",
            ["Autocoder:Runs:SoftStop"] = "00:00:03",
            ["Autocoder:Runs:HardStop"] = "00:00:02",
        };
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        var core = await CoreHarness.StartAsync(all);
        server.With("cwd", core.ProjectFolder);
        return new ClaudeCodeWorld(server, core);
    }

    /// <summary>Plays another scenario, in the same folder.</summary>
    public void Play(string scenario)
    {
        Server.Play(scenario);
        Server.With("cwd", Folder);
    }

    public Task WriteAsync(string path, string text)
    {
        var file = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        return File.WriteAllTextAsync(file, text);
    }

    /// <summary>The agent with the prompt under way.</summary>
    public async Task<AgentSession> SendAsync(string text, AgentSession? session = null)
    {
        session ??= await Core.OpenAgentAsync("claude-code");
        await session.SendAsync(Guid.CreateVersion7(), text, [], CancellationToken.None);
        return session;
    }

    /// <summary>The transcript once the prompt is answered.</summary>
    public async Task<(AgentSession Session, Transcript Transcript)> RunAsync(string text, AgentSession? session = null)
    {
        var ends = session is null ? 0 : (await Core.ReadAsync(session.ConversationId)).Count(envelope => envelope.Event is RunEnded);
        session = await SendAsync(text, session);
        return (session, await Core.WaitAsync(session.ConversationId, t => t.Items.OfType<RunEndedItem>().Count() > ends));
    }

    /// <summary>What the agent said, text by text.</summary>
    public static IReadOnlyList<string> Said(Transcript transcript) =>
        [.. transcript.Items.OfType<TextItem>().Where(item => !item.IsReasoning).Select(item => item.Text.ToString())];

    /// <summary>Everything in the project, with its content.</summary>
    public string Tree() => string.Join('\n', Directory.EnumerateFileSystemEntries(Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        .Select(path => File.Exists(path) ? $"{path}: {File.ReadAllText(path)}" : path));

    public async ValueTask DisposeAsync()
    {
        await Core.DisposeAsync();
        await Server.DisposeAsync();
    }
}
