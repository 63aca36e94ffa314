using Autocoder.Core.Conversations;
using Autocoder.Core.Projects;

namespace Autocoder.Core.Sessions;

/// <summary>The guided chat that ends in an approved specification. A project has one.</summary>
public sealed class SpecSession : Session
{
    internal SpecSession(SessionServices services, Guid conversationId, Project project)
        : base(services, conversationId, project)
    {
    }

    /// <inheritdoc/>
    public override ConversationKind Surface => ConversationKind.Spec;
}
