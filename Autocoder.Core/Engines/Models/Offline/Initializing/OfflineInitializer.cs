using System.Text.RegularExpressions;
using Autocoder.Core.Engines.Models.Offline.Looking;

namespace Autocoder.Core.Engines.Models.Offline.Initializing;

/// <summary>Runs "Initialize project": the approved specification becomes a backlog, first files and a repository.</summary>
/// <remarks>A pure function of the conversation: interrupted at any step, it continues from the results it has.</remarks>
public static partial class OfflineInitializer
{
    /// <summary>Whether the run is for initializing: by its profile, or by what the person wrote.</summary>
    public static bool IsAskedFor(ModelRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Profile.Id == "initializer" || RequestPattern().IsMatch(new Lookups(request).Prompt);
    }

    /// <summary>What to say or do next.</summary>
    public static IReadOnlyList<OfflineAction> Next(ModelRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new Initialization(new Lookups(request), request.ProjectName).Next();
    }

    // At the beginning, so that a question about initializing is answered and not acted on.
    [GeneratedRegex(
        @"\A\s*(please\s+|now\s+|run\s+|start\s+)*(initiali[sz]e?|initiali[sz]ation|set\s*up)\b(\s+(the|this|my|a|new|project|app|application))*[\s.!]*\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RequestPattern();
}
