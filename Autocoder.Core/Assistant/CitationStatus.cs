namespace Autocoder.Core.Assistant;

/// <summary>What a look at the project says about a <see cref="Citation"/>.</summary>
public enum CitationStatus
{
    /// <summary>The file has these lines.</summary>
    Exists,

    /// <summary>The file is there, but shorter.</summary>
    BeyondEnd,

    /// <summary>There is no such text file in the project, or it may not be read.</summary>
    Gone,
}
