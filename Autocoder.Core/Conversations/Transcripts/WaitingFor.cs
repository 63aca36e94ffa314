namespace Autocoder.Core.Conversations.Transcripts;

/// <summary>What a run wants of a person.</summary>
public enum WaitingFor
{
    /// <summary>An answer.</summary>
    Question,

    /// <summary>Leave to do something.</summary>
    Approval,

    /// <summary>A yes to its plan.</summary>
    Plan,
}
