using Autocoder.Core.Engines.Models.Offline.Looking;

namespace Autocoder.Core.Engines.Models.Offline.Answers;

/// <summary>Answers questions about a project by looking: at its files, its specification and its backlog.</summary>
/// <remarks>A pure function of the conversation. It says only what a tool has shown in this run, and cites the lines.</remarks>
public static class OfflineAssistant
{
    /// <summary>What to say or look at next.</summary>
    public static IReadOnlyList<OfflineAction> Next(ModelRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Next(new Lookups(request));
    }

    internal static IReadOnlyList<OfflineAction> Next(Lookups lookups, string opening = "")
    {
        var asked = new Asked(lookups.Prompt);
        var intent = Intent.Of(asked, lookups.Earlier);
        var text = intent.Answer(lookups);
        if (!lookups.IsWaiting)
        {
            return [new OfflineAction.Say(lookups.IsFirstStep ? opening + text : text!)];
        }

        return lookups.IsFirstStep
            ? [new OfflineAction.Say(opening + intent.Announcement), .. lookups.Needed]
            : lookups.Needed;
    }
}
