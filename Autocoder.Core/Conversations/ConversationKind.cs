namespace Autocoder.Core.Conversations;

/// <summary>Which of the three surfaces a conversation belongs to.</summary>
public enum ConversationKind
{
    /// <summary>The guided chat that ends in an approved specification.</summary>
    Spec,

    /// <summary>The read-only chat about a project.</summary>
    Assistant,

    /// <summary>A coding agent at work in the project folder.</summary>
    Agent,
}
