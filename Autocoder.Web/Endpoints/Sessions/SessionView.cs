using Autocoder.Core.Conversations;
using Autocoder.Core.Sessions;

namespace Autocoder.Web.Endpoints.Sessions;

/// <summary>A live session: a conversation that somebody has opened since Autocoder started.</summary>
/// <param name="Viewers">How many look at it now: pages, and followers over HTTP.</param>
/// <param name="RunId">What runs; null when nothing does.</param>
/// <param name="IsComplete">For a specification: whether it has been approved. Null elsewhere.</param>
public sealed record SessionView(
    string Project,
    Guid ConversationId,
    ConversationKind Surface,
    string Title,
    int Viewers,
    bool IsRunning,
    Guid? RunId,
    DateTimeOffset OpenedAt,
    bool? IsComplete)
{
    /// <summary>Looks at a session.</summary>
    public static async Task<SessionView> OfAsync(Session session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        var state = (await session.GetAsync(cancellationToken)).State;
        return new SessionView(
            session.Project.Name.Value,
            session.ConversationId,
            session.Surface,
            state.Title,
            session.Viewers,
            state.Run is not null,
            state.Run?.RunId,
            session.OpenedAt,
            session.Surface is ConversationKind.Spec ? state.ApprovedVersion > 0 : null);
    }
}
