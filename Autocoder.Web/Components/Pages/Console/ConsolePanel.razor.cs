using Autocoder.Core.Conversations.Ledgers;
using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Core.Features;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Autocoder.Web.Components.Pages.Console;

/// <summary>What stands beside a run: plan and backlog, files, sub-agents, context, runs with their cost.</summary>
public sealed partial class ConsolePanel : ComponentBase
{
    private static readonly (Pane Pane, string Word)[] Panes =
        [(Pane.Plan, "Plan"), (Pane.Files, "Files"), (Pane.Agents, "Agents"), (Pane.Context, "Context"), (Pane.Runs, "Runs")];

    private readonly ElementReference[] _tabs = new ElementReference[Panes.Length];
    private Pane _pane;

    private enum Pane
    {
        Plan,
        Files,
        Agents,
        Context,
        Runs,
    }

    /// <summary>The conversation as it is, or was at the moment a person looks at; null while there is none.</summary>
    [Parameter]
    public Transcript? Transcript { get; set; }

    /// <summary>Its books at the same moment; null while there are none.</summary>
    [Parameter]
    public ConversationLedger? Ledger { get; set; }

    /// <summary>The conversation; null for none yet.</summary>
    [Parameter]
    public Guid? ConversationId { get; set; }

    /// <summary>The name of the project.</summary>
    [Parameter]
    public string Project { get; set; } = "";

    [Parameter, EditorRequired]
    public required IReadOnlyList<Feature> Features { get; set; }

    /// <summary>The person wants to see how it was at an event.</summary>
    [Parameter]
    public EventCallback<long> OnLookBack { get; set; }

    private string? Number(Pane pane) => pane switch
    {
        Pane.Files when Ledger?.Changes.DistinctBy(change => change.Path).Count() is > 0 and var files => Text(files),
        Pane.Agents when Ledger?.Agents.Count is > 0 and var agents => Text(agents),
        Pane.Runs when Ledger?.Runs.Count is > 0 and var runs => Text(runs),
        _ => null,
    };

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private async Task MoveAsync(KeyboardEventArgs e)
    {
        var step = e.Key switch
        {
            "ArrowRight" => 1,
            "ArrowLeft" => Panes.Length - 1,
            _ => 0,
        };
        if (step > 0)
        {
            _pane = (Pane)(((int)_pane + step) % Panes.Length);
            await _tabs[(int)_pane].FocusAsync();
        }
    }
}
