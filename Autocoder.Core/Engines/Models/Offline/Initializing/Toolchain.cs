namespace Autocoder.Core.Engines.Models.Offline.Initializing;

/// <summary>What builds and runs a part of an application.</summary>
internal enum Toolchain
{
    /// <summary>Nothing we know; gets a folder and general advice.</summary>
    Other,

    /// <summary>Files that a browser reads as they are.</summary>
    Static,
    Node,
    Python,
    DotNet,
    Go,
    Rust,
    Java,
    Php,
    Ruby,
}
