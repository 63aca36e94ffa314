using Autocoder.Core.Conversations;
using Autocoder.Core.Features;
using Autocoder.Core.Projects;
using Autocoder.Web.Components.Parts;

namespace Autocoder.Web.Components.Pages.Projects;

/// <summary>One project as the home page shows it.</summary>
/// <param name="Latest">The conversation that changed last; null for none.</param>
/// <param name="Waiting">The conversations that wait for the person.</param>
/// <param name="Spec">The state of the specification, in a word or two.</param>
public sealed record ProjectOverview(
    Project Project, FeatureStats Features, ConversationSummary? Latest, IReadOnlyList<ConversationSummary> Waiting, string Spec)
{
    /// <summary>What the project is doing: the most urgent of what its conversations do.</summary>
    public Status Status { get; init; }

    /// <summary>When something happened last.</summary>
    public DateTimeOffset Activity => Latest is { } latest && latest.UpdatedAt > Project.CreatedAt ? latest.UpdatedAt : Project.CreatedAt;
}
