namespace Autocoder.Core.Assistant;

/// <summary>What a look at the project says about a <see cref="Citation"/>.</summary>
public enum CitationStatus
{
    /// <summary>The file has these lines; and where the run was shown them, they are still the same.</summary>
    Exists,

    /// <summary>What the run was shown stands at another place of the file now.</summary>
    Moved,

    /// <summary>The lines are there, but say something else than when the run was shown them.</summary>
    Changed,

    /// <summary>The file is there, but shorter.</summary>
    BeyondEnd,

    /// <summary>The file may hold passwords or keys, so it is not looked at.</summary>
    Secret,

    /// <summary>There is no such text file in the project, or it may not be read.</summary>
    Gone,
}
