using Autocoder.Core.Conversations;
using Autocoder.Core.Projects;
using Autocoder.Core.Runs;
using Autocoder.Core.Sessions;
using Autocoder.Web.Components.Layout;
using Microsoft.AspNetCore.Components;

namespace Autocoder.Web.Components.Pages;

/// <summary>Makes a conversation together with its first message: looking in, or a refusal, leaves no empty one in the list.</summary>
public sealed class NewConversation(SessionRegistry sessions, NavigationManager navigation)
{
    /// <summary>Begins a conversation of the assistant and goes to it.</summary>
    /// <param name="engine">The engine of its runs; null for the configured one.</param>
    /// <returns>Why the message was refused; null when it was not.</returns>
    public Task<string?> AskAsync(Project project, string? engine, Func<AssistantSession, Task<PromptReceipt>> begin) =>
        BeginAsync(project, ConversationKind.Assistant, "assistant", engine, title: null, sessions.OpenAssistantAsync, begin, replace: false);

    /// <summary>Begins a conversation of the console and goes to it.</summary>
    /// <param name="engine">The engine of all its runs; null for the configured one.</param>
    /// <param name="title">Null for one taken from the first message.</param>
    /// <param name="replace">Whether going back must not come to this address again, because it would begin another one.</param>
    /// <returns>Why the message was refused; null when it was not.</returns>
    public Task<string?> RunAsync(
        Project project, string? engine, string? title, Func<AgentSession, Task<PromptReceipt>> begin, bool replace = false) =>
        BeginAsync(project, ConversationKind.Agent, "console", engine, title, sessions.OpenAgentAsync, begin, replace);

    private async Task<string?> BeginAsync<T>(
        Project project, ConversationKind surface, string page, string? engine, string? title,
        Func<Guid, CancellationToken, Task<T>> open, Func<T, Task<PromptReceipt>> begin, bool replace)
        where T : Session
    {
        var id = await sessions.CreateAsync(project.Id, surface, engine, title, CancellationToken.None);
        var session = await open(id, CancellationToken.None);
        var receipt = await begin(session);
        if (receipt.Status is PromptStatus.Refused)
        {
            await session.TrashAsync(CancellationToken.None);
            return receipt.Reason;
        }

        navigation.NavigateTo(Place.Address(project.Name.Value, page, id), replace: replace);
        return null;
    }
}
