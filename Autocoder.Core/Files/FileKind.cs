namespace Autocoder.Core.Files;

/// <summary>What lies at a path.</summary>
internal enum FileKind
{
    File,
    Folder,
    Link,

    /// <summary>A pipe, socket or device: opening one can hang, or do something.</summary>
    Special,
}
