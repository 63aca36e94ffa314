using Autocoder.Core.Engines.Models.Offline.Looking;

namespace Autocoder.Core.Engines.Models.Offline.Answers;

/// <summary>Answers prompts of the agent console that are not "Initialize project": says what cannot be done, and does the looking.</summary>
public static class OfflineAgent
{
    private const string Opening =
        "I am the offline engine: no language model is used, so I cannot write or change code. Two things I can do: "
        + "**Initialize project** (say `initialize project`) turns the approved specification into a backlog and a first skeleton, "
        + "and I can look things up.\n\n";

    /// <summary>What to say or look at next.</summary>
    public static IReadOnlyList<OfflineAction> Next(ModelRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return OfflineAssistant.Next(new Lookups(request), Opening);
    }
}
