namespace Autocoder.Core.Conversations;

/// <summary>What an approval is about.</summary>
public enum ApprovalSubject
{
    /// <summary>A tool call, which starts only when it is allowed.</summary>
    ToolCall,

    /// <summary>The latest plan of the run.</summary>
    Plan,
}
