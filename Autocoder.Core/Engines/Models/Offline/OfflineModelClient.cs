using System.Runtime.CompilerServices;
using Autocoder.Core.Conversations;
using Autocoder.Core.Engines.Models.Offline.Answers;
using Autocoder.Core.Engines.Models.Offline.Initializing;
using Autocoder.Core.Engines.Models.Offline.Wizard;
using Autocoder.Core.Tools;
using Microsoft.Extensions.Options;

namespace Autocoder.Core.Engines.Models.Offline;

/// <summary>Answers by rules: no language model, no key, no network. The same conversation always gets the same answer.</summary>
public sealed class OfflineModelClient(IOptions<OfflineOptions> options, TimeProvider clock) : IModelClient
{
    public async IAsyncEnumerable<ModelEvent> StreamAsync(
        ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var actions = Next(request);

        foreach (var say in actions.OfType<OfflineAction.Say>())
        {
            foreach (var piece in TextDeltas.ByWords(say.Markdown, options.Value.WordsPerDelta))
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return new ModelEvent.TextDelta(piece);
                if (options.Value.DeltaDelay > TimeSpan.Zero)
                {
                    await Task.Delay(options.Value.DeltaDelay, clock, cancellationToken).ConfigureAwait(false);
                }
            }
        }

        var uses = actions.OfType<OfflineAction.Use>().ToList();
        var earlier = request.Messages.Sum(message => message.Parts.OfType<ModelPart.ToolCall>().Count());
        foreach (var (index, use) in uses.Index())
        {
            yield return new ModelEvent.ToolCallReady(new ToolCall($"call-{earlier + index + 1}", use.Tool, use.Arguments));
        }

        yield return new ModelEvent.Completed(uses.Count > 0 ? "tool_use" : "end_turn", TokenUsage.None);
    }

    private static IReadOnlyList<OfflineAction> Next(ModelRequest request) => request.Surface switch
    {
        ConversationKind.Spec => OfflineWizard.Next(request),
        ConversationKind.Assistant => OfflineAssistant.Next(request),
        ConversationKind.Agent when OfflineInitializer.IsAskedFor(request) => OfflineInitializer.Next(request),
        ConversationKind.Agent => OfflineAgent.Next(request),
        _ => throw new InvalidOperationException($"Unknown surface {request.Surface}."),
    };
}
