namespace Autocoder.Core.Engines;

/// <summary>Where in its conversation a model call is, however much of it the model is still shown.</summary>
/// <param name="Prompts">How many prompts were delivered so far.</param>
/// <param name="Answers">How many answers were given since the last of them.</param>
public sealed record ConversationPosition(int Prompts, int Answers)
{
    private const int OutsideTheConversation = -1;

    /// <summary>A call that makes a summary and is no part of the conversation.</summary>
    /// <param name="number">1 for the first summary of the conversation.</param>
    public static ConversationPosition OfSummary(int number) => new(OutsideTheConversation, number);

    /// <summary>Which summary of the conversation the call makes; null for a call that is part of it.</summary>
    public int? Summary => Prompts == OutsideTheConversation ? Answers : null;
}
