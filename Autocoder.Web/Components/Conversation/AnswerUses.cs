using Autocoder.Core.Features;
using Autocoder.Core.Projects;
using Autocoder.Web.Components.Layout;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace Autocoder.Web.Components.Conversation;

/// <summary>What becomes of an answer of the assistant, which itself changes nothing: a feature, or a message to the agent.</summary>
public sealed class AnswerUses(DialogService dialogs, NavigationManager navigation, Handoff handoff)
{
    /// <summary>Lets the person make a feature of a text.</summary>
    /// <returns>What was done, for the person; null for nothing.</returns>
    public async Task<string?> MakeFeatureAsync(Project project, string text)
    {
        ArgumentNullException.ThrowIfNull(project);
        var parameters = new Dictionary<string, object?> { [nameof(MakeFeatureDialog.ProjectId)] = project.Id, [nameof(MakeFeatureDialog.Text)] = text };
        return await dialogs.OpenAsync<MakeFeatureDialog>("Make a feature", parameters, Options()) is Feature feature
            ? $"Feature {feature.Number} was added to the backlog."
            : null;
    }

    /// <summary>Lets the person choose a conversation with the agent, and opens it with the text in its composer, not sent.</summary>
    /// <returns>Null: the other page shows it.</returns>
    public async Task<string?> SendToAgentAsync(Project project, string text)
    {
        ArgumentNullException.ThrowIfNull(project);
        var parameters = new Dictionary<string, object?> { [nameof(SendToAgentDialog.ProjectId)] = project.Id };
        if (await dialogs.OpenAsync<SendToAgentDialog>("Send to agent", parameters, Options()) is not Guid chosen)
        {
            return null;
        }

        var isNew = chosen == Guid.Empty;
        handoff.Put(isNew ? $"console-{project.Id}" : chosen.ToString(), text);
        navigation.NavigateTo(Place.Address(project.Name.Value, "console", isNew ? null : chosen));
        return null;
    }

    private static DialogOptions Options() => new() { Width = "36rem", CloseAriaLabel = "Close" };
}
