using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Core.Sessions;
using Autocoder.Tests.TestSupport;
using Autocoder.Tests.TestSupport.ScriptedAnthropic;

namespace Autocoder.Tests.Engines.Anthropic;

/// <summary>All of Core with the Messages API engine, through the real SDK, against a scripted model.</summary>
internal sealed class AnthropicBench : IAsyncDisposable
{
    public const string Key = "test-key-that-nobody-may-see";

    private AnthropicBench(ScriptedServer server, CoreHarness core, AgentSession session)
    {
        Server = server;
        Core = core;
        Session = session;
    }

    public ScriptedServer Server { get; }

    public CoreHarness Core { get; }

    public AgentSession Session { get; }

    /// <param name="settings">Below <c>Autocoder:Anthropic</c>.</param>
    public static async Task<AnthropicBench> StartAsync(string scenario, params (string Name, string Value)[] settings)
    {
        var server = await ScriptedServer.StartAsync(scenario);
        var all = new Dictionary<string, string?>
        {
            ["Autocoder:Engine:Default"] = "anthropic",
            ["Autocoder:Anthropic:BaseUrl"] = server.Address.ToString(),
            ["Autocoder:Anthropic:ApiKey"] = Key,
            ["Autocoder:Anthropic:RetryDelay"] = "00:00:00.01",
        };
        foreach (var (name, value) in settings)
        {
            all[$"Autocoder:Anthropic:{name}"] = value;
        }

        var core = await CoreHarness.StartAsync(all);
        return new AnthropicBench(server, core, await core.OpenAgentAsync("anthropic"));
    }

    public Task SendAsync(string text, params Attachment[] attachments) =>
        Session.SendAsync(Guid.CreateVersion7(), text, attachments, CancellationToken.None);

    /// <summary>Sends a prompt and waits for the end of its run.</summary>
    public async Task<Transcript> AskAsync(string text, params Attachment[] attachments)
    {
        var before = await EndsAsync();
        await SendAsync(text, attachments);
        return await Core.WaitAsync(Session.ConversationId, transcript => transcript.Items.OfType<RunEndedItem>().Count() > before);
    }

    /// <summary>What the transcript shows as answers, in order.</summary>
    public static IReadOnlyList<string> Answers(Transcript transcript) =>
        [.. transcript.Items.OfType<TextItem>().Where(item => item is { IsReasoning: false, IsWithdrawn: false }).Select(item => item.Text.ToString())];

    public static RunEndedItem End(Transcript transcript) => transcript.Items.OfType<RunEndedItem>().Last();

    /// <summary>Everything that is kept of the conversation, as stored.</summary>
    public async Task<string> StoredAsync() => string.Join(
        '\n', (await Core.ReadAsync(Session.ConversationId)).Select(envelope => JsonSerializer.Serialize<object>(envelope.Event)));

    public async ValueTask DisposeAsync()
    {
        await Core.DisposeAsync();
        await Server.DisposeAsync();
    }

    private async Task<int> EndsAsync() =>
        (await Core.ReadAsync(Session.ConversationId)).Count(envelope => envelope.Event is Autocoder.Core.Conversations.Events.RunEnded);
}
