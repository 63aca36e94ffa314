using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Projects;
using Autocoder.Core.Runs;

namespace Autocoder.Core.Sessions;

/// <summary>A coding agent at work in the project folder.</summary>
public sealed class AgentSession : Session
{
    internal AgentSession(SessionServices services, Guid conversationId, Project project)
        : base(services, conversationId, project)
    {
    }

    /// <inheritdoc/>
    public override ConversationKind Surface => ConversationKind.Agent;

    /// <summary>Starts the run that turns the approved specification into a backlog and the first files.</summary>
    /// <param name="promptId">Made by the page, once per press of the button.</param>
    public Task<PromptReceipt> InitializeProjectAsync(Guid promptId, CancellationToken cancellationToken) => Runs.SendAsync(
        ConversationId, new PromptAdmitted(promptId, "Initialize project", [], Profile: "initializer"), cancellationToken);
}
