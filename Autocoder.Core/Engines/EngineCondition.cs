namespace Autocoder.Core.Engines;

/// <summary>Whether an engine can be used now. A closed set; all but the first two name what keeps it from working.</summary>
public enum EngineCondition
{
    /// <summary>It was tried, and works.</summary>
    Ready,

    /// <summary>What it needs is there; nothing was asked of a server to find out.</summary>
    Available,

    /// <summary>It needs a setting, such as a key.</summary>
    NotConfigured,

    /// <summary>Its program is not installed, or not where the settings say.</summary>
    Missing,

    /// <summary>Its program is older than what Autocoder can work with.</summary>
    TooOld,

    /// <summary>Its program is installed, but nobody is signed in.</summary>
    NotSignedIn,

    /// <summary>The server does not accept the key.</summary>
    KeyRejected,

    /// <summary>The server cannot be reached, or did not answer in time.</summary>
    Unreachable,

    /// <summary>Something else; the words say what.</summary>
    Failed,
}
