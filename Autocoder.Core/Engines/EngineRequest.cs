using Autocoder.Core.Conversations;
using Autocoder.Core.Engines.Models;
using Autocoder.Core.Profiles;
using Autocoder.Core.Projects;
using Autocoder.Core.Tools;

namespace Autocoder.Core.Engines;

/// <summary>Everything an engine needs for one run.</summary>
/// <param name="Variant">The part of the engine's name after the colon, for example a scenario; null for none.</param>
/// <param name="Messages">The conversation so far, ending with the new prompt, for engines that keep the rest themselves.</param>
/// <param name="Steps">What each model call is shown, for engines that call models themselves.</param>
public sealed record EngineRequest(
    Guid ConversationId,
    ConversationKind Surface,
    Profile Profile,
    string? Variant,
    string ProjectName,
    IReadOnlyList<ModelMessage> Messages,
    IToolExecutor Tools,
    IRunSteps Steps)
{
    /// <summary>The run.</summary>
    public Guid RunId { get; init; }

    /// <summary>The runs before it, oldest first: an engine whose program remembers by itself sees what that program has missed.</summary>
    public IReadOnlyList<EarlierRun> EarlierRuns { get; init; } = [];

    /// <summary>The ids of the tool calls this run has made so far, before a restart; an id is used once.</summary>
    public IReadOnlyCollection<string> TakenCallIds { get; init; } = [];

    /// <summary>The project's folder, for engines whose own program works in it; null only in tests of engines that need none.</summary>
    public ProjectFolder? Folder { get; init; }
}
