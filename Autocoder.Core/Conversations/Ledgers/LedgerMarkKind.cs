namespace Autocoder.Core.Conversations.Ledgers;

/// <summary>What a person looks for when they go back in a conversation.</summary>
public enum LedgerMarkKind
{
    /// <summary>A run began.</summary>
    Run,

    /// <summary>A call of a tool, a model or a run failed.</summary>
    Error,

    /// <summary>A person was asked to allow something, or a question.</summary>
    Asked,

    /// <summary>A file was changed.</summary>
    Change,
}
