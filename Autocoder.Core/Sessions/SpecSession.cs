using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Projects;
using Autocoder.Core.Specs;

namespace Autocoder.Core.Sessions;

/// <summary>The guided chat that ends in an approved specification. A project has one.</summary>
public sealed class SpecSession : Session
{
    private readonly SessionServices _services;

    internal SpecSession(SessionServices services, Guid conversationId, Project project)
        : base(services, conversationId, project) => _services = services;

    /// <inheritdoc/>
    public override ConversationKind Surface => ConversationKind.Spec;
}
