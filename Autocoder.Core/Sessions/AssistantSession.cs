using Autocoder.Core.Conversations;
using Autocoder.Core.Projects;

namespace Autocoder.Core.Sessions;

/// <summary>A read-only chat about a project. Its profile has no tool that writes.</summary>
public sealed class AssistantSession : Session
{
    internal AssistantSession(SessionServices services, Guid conversationId, Project project)
        : base(services, conversationId, project)
    {
    }

    /// <inheritdoc/>
    public override ConversationKind Surface => ConversationKind.Assistant;
}
