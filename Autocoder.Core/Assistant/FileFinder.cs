using System.Collections.Concurrent;
using Autocoder.Core.Projects;
using Autocoder.Core.Tools.Files;

namespace Autocoder.Core.Assistant;

/// <summary>Finds files of a project by a few letters, for a person who names them in a message. What may hold passwords or keys is never among them.</summary>
/// <remarks>A listing is kept for a few seconds, so that each letter does not walk through the folder again. Safe to use from any thread.</remarks>
public sealed class FileFinder(TimeProvider clock)
{
    /// <summary>The most files one search gives.</summary>
    public const int MaxFound = 20;

    private const int MaxListings = 8;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<string, Listing> _listings = new(StringComparer.Ordinal);

    /// <summary>Finds files whose path has the letters in this order, those whose name begins with them first.</summary>
    /// <param name="folder">The folder of the project.</param>
    /// <param name="letters">With <c>/</c> between folders; empty for the files that lie nearest to the top.</param>
    /// <returns>Paths relative to the project; nothing when the folder is missing.</returns>
    public IReadOnlyList<string> Find(string folder, string letters, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(letters);
        var wanted = letters.Trim().Replace('\\', '/');
        return
        [
            .. PathsIn(folder, cancellationToken)
                .Select(path => (Path: path, Rank: Rank(path, wanted)))
                .Where(ranked => ranked.Rank < int.MaxValue)
                .OrderBy(ranked => ranked.Rank).ThenBy(ranked => ranked.Path.Count(letter => letter == '/'))
                .ThenBy(ranked => ranked.Path.Length).ThenBy(ranked => ranked.Path, StringComparer.Ordinal)
                .Take(MaxFound)
                .Select(ranked => ranked.Path),
        ];
    }

    private static int Rank(string path, string wanted)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        return name.StartsWith(wanted, StringComparison.OrdinalIgnoreCase) ? 0
            : path.StartsWith(wanted, StringComparison.OrdinalIgnoreCase) ? 1
            : name.Contains(wanted, StringComparison.OrdinalIgnoreCase) ? 2
            : path.Contains(wanted, StringComparison.OrdinalIgnoreCase) ? 3
            : HasInOrder(name, wanted) ? 4
            : HasInOrder(path, wanted) ? 5
            : int.MaxValue;
    }

    private static bool HasInOrder(string text, string wanted)
    {
        var at = 0;
        foreach (var letter in text)
        {
            if (at < wanted.Length && char.ToUpperInvariant(letter) == char.ToUpperInvariant(wanted[at]))
            {
                at++;
            }
        }

        return at == wanted.Length;
    }

    private IReadOnlyList<string> PathsIn(string folder, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (_listings.TryGetValue(folder, out var known) && now - known.At < Fresh)
        {
            return known.Paths;
        }

        var paths = Walk(folder, cancellationToken);
        if (_listings.Count >= MaxListings)
        {
            _listings.Clear();
        }

        _listings[folder] = new Listing(now, paths);
        return paths;
    }

    // A name with a line break in it would say something else in a message.
    private static List<string> Walk(string folder, CancellationToken cancellationToken)
    {
        var paths = new List<string>();
        try
        {
            foreach (var file in ProjectFolder.Open(folder).EnumerateFiles())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!SecretFile.Is(file.Path) && !file.Path.Any(char.IsControl))
                {
                    paths.Add(file.Path);
                }
            }
        }
        catch (ProjectFileException)
        {
            // The folder is missing; the page says so already.
        }

        return paths;
    }

    private sealed record Listing(DateTimeOffset At, IReadOnlyList<string> Paths);
}
