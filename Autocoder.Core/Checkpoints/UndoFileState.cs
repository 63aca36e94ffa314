namespace Autocoder.Core.Checkpoints;

/// <summary>How a file stands to an undo or a redo.</summary>
public enum UndoFileState
{
    /// <summary>It holds what was left there, and will be changed.</summary>
    Ready,

    /// <summary>It holds what it is to hold already.</summary>
    Same,

    /// <summary>Somebody else changed it since: it is left as it is unless the person says otherwise.</summary>
    Changed,

    /// <summary>It cannot be changed.</summary>
    Refused,
}
