using System.Text;
using Autocoder.Core.Conversations;
using Autocoder.Core.Engines.Models;

namespace Autocoder.Core.Engines.Loop;

/// <summary>Makes summaries with the model of the run.</summary>
internal sealed class ModelSummarizer(IModelClient model, EngineRequest request, int? contextWindow) : IContextSummarizer
{
    public int? ContextWindow { get; } = contextWindow;

    public static async Task<ModelSummarizer> CreateAsync(IModelClient model, EngineRequest request, CancellationToken cancellationToken) =>
        new(model, request, await model.GetContextWindowAsync(request.Variant, cancellationToken).ConfigureAwait(false));

    public async Task<(string Summary, string StopReason, TokenUsage Usage)> SummarizeAsync(
        IReadOnlyList<ModelMessage> messages, string instructions, int number, CancellationToken cancellationToken)
    {
        var call = new ModelRequest(
            request.Surface, request.Profile, request.Variant, request.ProjectName, instructions, messages, [],
            ConversationPosition.OfSummary(number));
        var text = new StringBuilder();
        await foreach (var piece in model.StreamAsync(call, cancellationToken).ConfigureAwait(false))
        {
            switch (piece)
            {
                case ModelEvent.TextDelta delta:
                    text.Append(delta.Text);
                    break;
                case ModelEvent.Completed completed:
                    return (text.ToString(), completed.StopReason, completed.Usage);
            }
        }

        throw new EngineException("model_stream_cut", "The model's summary broke off before its end. Nothing was summarised.");
    }
}
