using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using Autocoder.Core.Conversations;
using Autocoder.Core.Engines;
using Autocoder.Core.Tools;

namespace Autocoder.Tests.Runs.Model;

/// <summary>An engine that does one thing at a time, when told.</summary>
internal sealed class PuppetEngine : IAgentEngine
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private static readonly JsonElement Questions = JsonDocument.Parse(
        """{"questions":[{"id":"q1","header":"Colour","question":"Which?","options":[{"id":"red","label":"Red"},{"id":"blue","label":"Blue"}]}]}""")
        .RootElement.Clone();

    private readonly Channel<(string Prompt, ChannelWriter<PuppetOrder> Strings)> _started =
        Channel.CreateUnbounded<(string, ChannelWriter<PuppetOrder>)>();

    public EngineDescription Description { get; } = new("puppet", "Puppet", "For tests.", UsesModel: false);

    /// <summary>Waits until the run of a prompt has reached its engine, and gives its strings.</summary>
    public async Task<ChannelWriter<PuppetOrder>> TakeAsync(string prompt)
    {
        while (true)
        {
            var (text, strings) = await _started.Reader.ReadAsync().AsTask().WaitAsync(Limit);
            // A run after one that was cut off is told so, before its prompt.
            if (text.Split('\n').Contains(prompt))
            {
                return strings;
            }
        }
    }

    public async IAsyncEnumerable<EngineEvent> RunAsync(
        EngineRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var orders = Channel.CreateUnbounded<PuppetOrder>();
        await _started.Writer.WriteAsync((request.Messages.Last(message => message.IsPrompt).PlainText, orders.Writer), CancellationToken.None);
        var listensTo = cancellationToken;
        while (true)
        {
            switch (await orders.Reader.ReadAsync(listensTo))
            {
                case { Kind: RunCommandKind.Say }:
                    yield return new EngineEvent.TextDelta("x");
                    break;
                case { Kind: RunCommandKind.EndText }:
                    yield return new EngineEvent.TextEnded();
                    break;
                case { Kind: RunCommandKind.Ask } ask:
                    _ = ExecuteAsync(request.Tools, new ToolCall(ask.CallId, "AskUser", Questions), cancellationToken);
                    break;
                case { Kind: RunCommandKind.CallTool or RunCommandKind.CallStubbornTool or RunCommandKind.CallGuardedTool } call:
                    var tool = call.Kind switch
                    {
                        RunCommandKind.CallTool => PuppetTool.Listening,
                        RunCommandKind.CallStubbornTool => PuppetTool.Stubborn,
                        _ => PuppetTool.Guarded,
                    };
                    _ = ExecuteAsync(request.Tools, new ToolCall(call.CallId, tool, JsonSerializer.SerializeToElement(new { })), cancellationToken);
                    break;
                case { Kind: RunCommandKind.IgnoreStop }:
                    listensTo = CancellationToken.None;
                    break;
                case { Kind: RunCommandKind.ReachLimit }:
                    yield return new EngineEvent.Finished(RunOutcome.MaxSteps);
                    yield break;
                case { Kind: RunCommandKind.Fail }:
                    throw new EngineException("told_to", "It was told to fail.");
                case { Kind: RunCommandKind.Crash }:
                    throw new InvalidOperationException("It was told to crash.");
                default:
                    yield break;
            }
        }
    }

    // As parallel calls do, each goes on by itself, and nobody may be left to hear how it ended.
    private static async Task ExecuteAsync(IToolExecutor tools, ToolCall call, CancellationToken cancellationToken)
    {
        await Task.Yield();
        try
        {
            await tools.ExecuteAsync(call, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The run ended first.
        }
    }
}

internal sealed record PuppetOrder(RunCommandKind Kind, string CallId);
