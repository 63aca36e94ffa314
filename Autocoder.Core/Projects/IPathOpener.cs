namespace Autocoder.Core.Projects;

/// <summary>Reaches into one folder and never out of it.</summary>
internal interface IPathOpener
{
    /// <summary>Follows links as long as they stay inside. Null when nothing is there.</summary>
    /// <param name="relative">Normalised by <see cref="ProjectPath"/>.</param>
    /// <exception cref="ProjectFileException">It leads outside.</exception>
    PinnedPath? Follow(string relative);

    /// <summary>Like <see cref="Follow"/>, but any link on the way or at the end is refused.</summary>
    PinnedPath? Walk(string relative);

    /// <summary>Throws when <paramref name="pinned"/> no longer lies inside, because a folder was moved meanwhile.</summary>
    void Recheck(PinnedPath pinned, string relative);
}
