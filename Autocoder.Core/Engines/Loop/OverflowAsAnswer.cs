using System.Runtime.CompilerServices;
using Autocoder.Core.Conversations;
using Autocoder.Core.Engines.Models;

namespace Autocoder.Core.Engines.Loop;

/// <summary>Turns a model's "this call is too long" into an answer, so that the run can make room and call again.</summary>
internal static class OverflowAsAnswer
{
    public static async IAsyncEnumerable<ModelEvent> Of(
        IAsyncEnumerable<ModelEvent> stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var pieces = stream.GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            ModelEvent? piece;
            try
            {
                piece = await pieces.MoveNextAsync().ConfigureAwait(false) ? pieces.Current : null;
            }
            catch (EngineException exception) when (exception.Code == IContextSummarizer.ContextOverflow)
            {
                piece = new ModelEvent.Completed(IContextSummarizer.ContextOverflow, TokenUsage.None);
            }

            if (piece is null)
            {
                yield break;
            }

            yield return piece;
            if (piece is ModelEvent.Completed)
            {
                yield break;
            }
        }
    }
}
