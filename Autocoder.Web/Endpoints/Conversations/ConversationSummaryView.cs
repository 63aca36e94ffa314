using Autocoder.Core.Conversations;

namespace Autocoder.Web.Endpoints.Conversations;

/// <summary>A conversation as lists show it.</summary>
/// <param name="Prompts">How many prompts were ever sent.</param>
/// <param name="TrashedAt">When it went to the trash; null when it is not there.</param>
public sealed record ConversationSummaryView(
    Guid Id,
    string Project,
    ConversationKind Surface,
    string Title,
    ConversationStatus Status,
    int Prompts,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? TrashedAt)
{
    /// <summary>Puts a summary into the form scripts get.</summary>
    public static ConversationSummaryView Of(ConversationSummary summary, string project)
    {
        ArgumentNullException.ThrowIfNull(summary);
        return new ConversationSummaryView(
            summary.Id, project, summary.Surface, summary.Title, summary.Status, summary.Prompts,
            summary.CreatedAt, summary.UpdatedAt, summary.TrashedAt);
    }
}
