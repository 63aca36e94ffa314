using Autocoder.Core.Conversations;
using Autocoder.Core.Engines.Models;

namespace Autocoder.Core.Engines;

/// <summary>Makes a summary of messages with the model of the run.</summary>
public interface IContextSummarizer
{
    /// <summary>How many tokens one call may hold, input and output together; null when that is not limited.</summary>
    int? ContextWindow { get; }

    /// <summary>Makes one model call without tools and returns all of its text.</summary>
    /// <param name="messages">What is to be summarised, well-formed.</param>
    /// <param name="instructions">What the summary must hold.</param>
    /// <param name="number">1 for the first summary of the conversation, whichever run makes it.</param>
    /// <exception cref="EngineException">The call failed; with code <see cref="ContextOverflow"/> when it was too long.</exception>
    Task<(string Summary, string StopReason, TokenUsage Usage)> SummarizeAsync(
        IReadOnlyList<ModelMessage> messages, string instructions, int number, CancellationToken cancellationToken);

    /// <summary>The code of an <see cref="EngineException"/> that says a call was longer than the model can take.</summary>
    const string ContextOverflow = "context_overflow";
}
