using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Engines;
using Autocoder.Core.Profiles;

namespace Autocoder.Core.Runs;

/// <summary>What follows from what a conversation is now. Pure decisions, made inside the commit.</summary>
internal sealed class RunRules(EngineCatalog engines, ProfileCatalog profiles)
{
    /// <summary>Keeps a prompt, and starts its run when nothing else runs or waits.</summary>
    /// <param name="atMost">What is left of the budget the run draws on; null for a run of its own.</param>
    /// <exception cref="EngineException">The run cannot be started; the message is for the person.</exception>
    public IReadOnlyList<NewEvent> Admit(ConversationState state, PromptAdmitted prompt, RunLimits? atMost = null)
    {
        if (state.PromptIds.Contains(prompt.PromptId))
        {
            return [];
        }

        var events = new List<NewEvent> { new(prompt) };
        if (!state.HasTitle && state.Created is { Surface: not ConversationKind.Spec } && PromptTitle.Of(prompt) is { Length: > 0 } title)
        {
            events.Add(new NewEvent(new ConversationRenamed(title, Automatic: true)));
        }

        if (state.Run is null)
        {
            events.AddRange(Start(state, state.Queue.IsEmpty ? prompt : state.Queue[0], atMost));
        }

        return events;
    }

    /// <summary>Starts the run of the prompt that waits longest; nothing when none waits or something runs.</summary>
    /// <exception cref="EngineException">The run cannot be started; the message is for the person.</exception>
    public IReadOnlyList<NewEvent> StartNext(ConversationState state) =>
        state is { Run: null, IsTrashed: false, IsDeleted: false, Queue.IsEmpty: false } ? Start(state, state.Queue[0], atMost: null) : [];

    /// <summary>The same, at the end of another run: a prompt whose run cannot be started goes on waiting, and its sender is told when it is sent again.</summary>
    public IReadOnlyList<NewEvent> StartAfter(ConversationState state)
    {
        try
        {
            return StartNext(state with { Run = null });
        }
        catch (EngineException)
        {
            // The end of a run must never fail on the beginning of the next.
            return [];
        }
    }

    /// <summary>Gives the conversation another profile; nothing when it has it already.</summary>
    /// <exception cref="ArgumentException">There is none of this name for the surface.</exception>
    public IReadOnlyList<NewEvent> SwitchProfile(ConversationState state, string profileId)
    {
        var profile = profiles.Find(profileId);
        if (profile is null || profile.Surface != state.Created!.Surface)
        {
            var known = profiles.All.Where(each => each.Surface == state.Created!.Surface).Select(each => each.Id);
            throw new ArgumentException(
                $"There is no profile '{profileId}' for this conversation. It can have: {string.Join(", ", known)}. Nothing was changed.", nameof(profileId));
        }

        return (state.Profile ?? profiles.Resolve(null, state.Created.Surface).Id) == profile.Id
            ? []
            : [new NewEvent(new ProfileSwitched(profile.Id, profile.Version, By: "person"))];
    }

    /// <summary>Gives the conversation another engine; nothing when it has it already.</summary>
    /// <param name="engine">Null or blank for whatever is configured.</param>
    /// <exception cref="ArgumentException">There is none of this name, or the conversation is a sub-agent's.</exception>
    public IReadOnlyList<NewEvent> SwitchEngine(ConversationState state, string? engine)
    {
        if (state.Created!.ParentId is not null)
        {
            throw new ArgumentException("A sub-agent works with the engine of the agent that started it. Nothing was changed.", nameof(engine));
        }

        if (state.IsTrashed || state.IsDeleted)
        {
            throw new ArgumentException("This conversation is in the trash, or was deleted. Nothing was changed; what is in the trash can be restored.", nameof(engine));
        }

        try
        {
            var chosen = string.IsNullOrWhiteSpace(engine) ? null : engines.Resolve(engine).Name;
            return state.Engine == chosen ? [] : [new NewEvent(new EngineSwitched(By: "person", chosen))];
        }
        catch (EngineException exception)
        {
            throw new ArgumentException($"{exception.Message} Nothing was changed.", nameof(engine), exception);
        }
    }

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

    private List<NewEvent> Start(ConversationState state, PromptAdmitted prompt, RunLimits? atMost)
    {
        var engine = engines.Resolve(state.Engine, state.Created!.Surface);
        var profile = ProfileOf(state, prompt);
        var limits = atMost is null ? profile.Limits : profile.Limits.AtMost(atMost);
        // A sub-agent's plan is the task it was given.
        var (phase, note) = state.Created.ParentId is null ? PhaseOf(prompt, profile, engine) : (RunPhase.Direct, null);
        var runId = Guid.CreateVersion7();
        List<NewEvent> events =
        [
            new(new RunStarted(
                runId, prompt.PromptId, profile.Id, profile.Version, engine.Name, Model: null, limits, phase, prompt.Continues), runId),
            new(new PromptDelivered(prompt.PromptId), runId),
        ];
        if (note is not null)
        {
            events.Add(new NewEvent(new WarningRaised("no_planning", note), runId));
        }

        return events;
    }

    private Profile ProfileOf(ConversationState state, PromptAdmitted prompt)
    {
        try
        {
            return profiles.Resolve(prompt.Profile ?? state.Profile, state.Created!.Surface);
        }
        catch (ArgumentException exception)
        {
            throw new EngineException(
                "profile_unknown", $"{exception.Message} Nothing was started. Choose another profile, or mend its file.", exception);
        }
    }

    // A run that is continued has its plan behind it, unless it ended before there was one: then the prompt says so.
    private static (RunPhase Phase, string? Note) PhaseOf(PromptAdmitted prompt, Profile profile, EngineChoice engine)
    {
        var plans = prompt.PlanFirst || (prompt.Continues is null && profile.Planning is not PlanningMode.Direct);
        return (plans, engine.Engine.Description.PlansFirst) switch
        {
            (false, _) => (RunPhase.Direct, null),
            (true, true) => (RunPhase.Analyse, null),
            _ => (RunPhase.Direct, $"The {engine.Engine.Description.Name} engine does what it is asked by fixed rules and makes no plan first."),
        };
    }
}
