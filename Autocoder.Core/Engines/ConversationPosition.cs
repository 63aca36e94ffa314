using Autocoder.Core.Engines.Models;

namespace Autocoder.Core.Engines;

/// <summary>Where in its conversation a model call is, however much of it the model is still shown.</summary>
/// <param name="Prompts">How many prompts were delivered so far.</param>
/// <param name="Answers">How many answers were given since the last of them.</param>
public sealed record ConversationPosition(int Prompts, int Answers)
{
    /// <summary>A call that makes a summary and is no part of the conversation.</summary>
    public static ConversationPosition Summary { get; } = new(-1, -1);

    /// <summary>The position after all messages of a conversation.</summary>
    public static ConversationPosition After(IReadOnlyList<ModelMessage> messages) => new(
        messages.Count(message => message.IsPrompt),
        messages.Reverse().TakeWhile(message => !message.IsPrompt).Count(message => message.Role is ModelRole.Assistant));
}
