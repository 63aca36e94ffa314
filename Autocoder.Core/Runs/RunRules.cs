using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Engines;
using Autocoder.Core.Profiles;

namespace Autocoder.Core.Runs;

/// <summary>What follows from what a conversation is now. Pure decisions, made inside the commit.</summary>
internal sealed class RunRules(EngineCatalog engines, ProfileCatalog profiles)
{
    private const int MaxTitleLength = 60;

    /// <summary>Keeps a prompt, and starts its run when nothing else runs or waits.</summary>
    public IReadOnlyList<NewEvent> Admit(ConversationState state, PromptAdmitted prompt)
    {
        if (state.PromptIds.Contains(prompt.PromptId))
        {
            return [];
        }

        var events = new List<NewEvent> { new(prompt) };
        if (!state.HasTitle && state.Created is { Surface: not ConversationKind.Spec } && TitleFrom(prompt.Text) is { Length: > 0 } title)
        {
            events.Add(new NewEvent(new ConversationRenamed(title, Automatic: true)));
        }

        if (state.Run is null)
        {
            events.AddRange(Start(state, state.Queue.IsEmpty ? prompt : state.Queue[0]));
        }

        return events;
    }

    /// <summary>Starts the run of the prompt that waits longest; nothing when none waits or something runs.</summary>
    public IReadOnlyList<NewEvent> StartNext(ConversationState state) =>
        state is { Run: null, IsTrashed: false, IsDeleted: false, Queue.IsEmpty: false } ? Start(state, state.Queue[0]) : [];

    /// <summary>Whether a run does nothing but wait for a person, so that it can go on after a restart.</summary>
    public static bool OnlyWaits(ConversationState state) =>
        state.Created is { ParentId: null }
        && state.Run is { IsStopping: false, OpenTexts.IsEmpty: true, OpenSubAgents.IsEmpty: true, OpenCompaction: null } run
        && (!run.OpenQuestions.IsEmpty || !run.OpenApprovals.IsEmpty)
        && run.OpenToolCalls.All(call => IsHeldBack(run, call) || run.OpenQuestions.Values.Any(asked => asked.CallId == call.Key));

    /// <summary>Whether a run that waited over a restart has everything it waited for.</summary>
    public static bool CanGoOn(RunState run) =>
        run is { IsStopping: false, OpenQuestions.IsEmpty: true, OpenApprovals.IsEmpty: true }
        && run.OpenToolCalls.All(call => IsHeldBack(run, call));

    // It has touched nothing: it waits for an approval, or got its answer when nobody was at work.
    private static bool IsHeldBack(RunState run, KeyValuePair<string, bool> call) =>
        !call.Value && run.ApprovedCalls.ContainsKey(call.Key);

    private List<NewEvent> Start(ConversationState state, PromptAdmitted prompt)
    {
        var engine = engines.Resolve(state.Created!.Engine);
        var profile = profiles.Resolve(prompt.Profile ?? state.Profile, state.Created.Surface);
        var phase = prompt.PlanFirst || profile.Planning is not PlanningMode.Direct ? RunPhase.Analyse : RunPhase.Direct;
        var runId = Guid.CreateVersion7();
        return
        [
            new(new RunStarted(
                runId, prompt.PromptId, profile.Id, profile.Version, engine.Name, Model: null, profile.Limits, phase, prompt.Continues), runId),
            new(new PromptDelivered(prompt.PromptId), runId),
        ];
    }

    private static string TitleFrom(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return line.Length <= MaxTitleLength ? line : string.Concat(line.AsSpan(0, MaxTitleLength - 1).TrimEnd(), "…");
    }
}
