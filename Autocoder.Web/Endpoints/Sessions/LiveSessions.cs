using Autocoder.Core.Projects;
using Autocoder.Core.Sessions;
using Autocoder.Web.Endpoints.Problems;

namespace Autocoder.Web.Endpoints.Sessions;

/// <summary>What the endpoints of the spec's and the assistant's sessions have in common.</summary>
internal static class LiveSessions
{
    /// <summary>Looks at all live sessions of one surface, the one opened last first.</summary>
    public static async Task<IReadOnlyList<SessionView>> ListAsync<T>(
        SessionRegistry registry, CancellationToken cancellationToken, Guid? projectId = null)
        where T : Session
    {
        var views = new List<SessionView>();
        foreach (var session in Of<T>(registry, projectId))
        {
            views.Add(await SessionView.OfAsync(session, cancellationToken));
        }

        return views;
    }

    /// <summary>The live sessions of a project.</summary>
    /// <exception cref="RequestRefusedException">There is none.</exception>
    public static IReadOnlyList<T> Require<T>(SessionRegistry registry, Project project)
        where T : Session =>
        Of<T>(registry, project.Id) is { Count: > 0 } sessions
            ? sessions
            : throw RequestRefusedException.NotFound("session_unknown", $"Nothing of this kind is open in \"{project.Name}\". Conversations that are kept are not touched by this.");

    /// <summary>Stops what runs in the sessions and forgets them.</summary>
    public static async Task<Done> CloseAsync<T>(SessionRegistry registry, Project project, CancellationToken cancellationToken)
        where T : Session
    {
        var sessions = Require<T>(registry, project);
        foreach (var session in sessions)
        {
            await registry.CloseAsync(session, cancellationToken);
        }

        return new Done(true, "Closed. What ran was stopped; the conversation is kept.");
    }

    private static List<T> Of<T>(SessionRegistry registry, Guid? projectId)
        where T : Session =>
        [.. registry.Sessions.OfType<T>()
            .Where(session => projectId is null || session.Project.Id == projectId)
            .OrderByDescending(session => session.OpenedAt)];
}
