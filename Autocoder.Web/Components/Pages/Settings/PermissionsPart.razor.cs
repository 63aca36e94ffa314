using System.Globalization;
using Autocoder.Core.Conversations;
using Autocoder.Core.Projects;
using Autocoder.Core.Runs.Approvals;
using Autocoder.Core.Tools;
using Autocoder.Core.Tools.Permissions;
using Autocoder.Core.Tools.Shell;
using Autocoder.Web.Components.Layout;
using Microsoft.AspNetCore.Components;

namespace Autocoder.Web.Components.Pages.Settings;

/// <summary>Whether there is a sandbox, which rules people saved, and what a new one would have decided so far.</summary>
public sealed partial class PermissionsPart(
    ProjectRegistry registry, ProjectPermissions permissions, PolicyPreview preview, ToolCatalog tools, Sandbox sandbox) : ComponentBase, IDisposable
{
    private const int MaxShown = 50;

    private readonly CancellationTokenSource _leaving = new();
    private IReadOnlyList<Project> _projects = [];
    private IReadOnlyList<SavedRule> _rules = [];
    private Guid _project;
    private PermissionEffect _effect = PermissionEffect.Allow;
    private string _tool = BashTool.ToolName;
    private string _resource = "";
    private PolicyOutcome? _outcome;
    private bool _isTrying;
    private string? _said;
    private string? _refusal;

    private Sandbox Sandbox => sandbox;

    // Those that are asked about: what only looks needs no rule.
    private IEnumerable<string> Tools =>
        tools.Tools.Where(tool => tool.Definition.Effect is not ToolEffect.ReadOnly).Select(tool => tool.Definition.Name);

    private PermissionRule Rule => new(_tool, _resource.Trim(), _effect);

    /// <inheritdoc/>
    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _projects = await registry.ListAsync(_leaving.Token);
        if (_projects.Count > 0)
        {
            _project = _projects[0].Id;
            await ReadAsync();
        }
    }

    private static string Word(PermissionEffect effect) => effect switch
    {
        PermissionEffect.Allow => "runs",
        PermissionEffect.Ask => "asks you",
        _ => "refused",
    };

    private string AddressOf(PolicyChange change)
    {
        var name = _projects.First(project => project.Id == _project).Name.Value;
        var surface = change.In.Surface switch
        {
            ConversationKind.Spec => "spec",
            ConversationKind.Assistant => "assistant",
            _ => "console",
        };
        return Place.Address(name, surface, change.In.Id);
    }

    private async Task ReadAsync() => _rules = await permissions.ListAsync(_project, _leaving.Token);

    private async Task ChooseAsync(ChangeEventArgs e)
    {
        if (Guid.TryParse(e.Value as string, out var id))
        {
            _project = id;
            Forget();
            await ReadAsync();
        }
    }

    private async Task RemoveAsync(SavedRule saved)
    {
        Forget();
        var wasThere = await permissions.RemoveAsync(_project, saved.Id, _leaving.Token);
        _said = wasThere ? "Removed. Calls it allowed are asked about again." : "It was removed already.";
        await ReadAsync();
    }

    private async Task TryAsync()
    {
        Forget();
        if (preview.FindProblem(Rule) is { } problem)
        {
            _refusal = problem;
            return;
        }

        _isTrying = true;
        try
        {
            _outcome = await preview.TryAsync(_project, Rule, _leaving.Token);
            _said = Tell(_outcome);
        }
        catch (Exception exception) when (exception is ProjectNotFoundException or ProjectFileException)
        {
            _refusal = exception.Message;
        }
        catch (OperationCanceledException)
        {
            // The page is gone, and so is whoever asked.
        }
        finally
        {
            _isTrying = false;
        }
    }

    private async Task SaveAsync()
    {
        Forget();
        if (preview.FindProblem(Rule) is { } problem)
        {
            _refusal = problem;
            return;
        }

        await permissions.SaveAsync(_project, Rule, Guid.Empty, _leaving.Token);
        _said = "Saved. It holds from the next call on.";
        _resource = "";
        await ReadAsync();
    }

    private void Forget() => (_outcome, _said, _refusal) = (null, null, null);

    private static string Count(int number, string what) => string.Create(CultureInfo.InvariantCulture, $"{number:N0} {what}{(number == 1 ? "" : "s")}");

    private static string Tell(PolicyOutcome outcome)
    {
        var calls = $"{Count(outcome.Calls, "call")} in {Count(outcome.Conversations, "conversation")}";
        var read = outcome.IsCut ? $"Read the first {calls}." : $"Read {calls}.";
        return outcome.Changes.Count == 0
            ? $"{read} The rule matches {outcome.Matched}, and would have decided none of them otherwise."
            : $"{read} The rule matches {outcome.Matched}, and would have decided {outcome.Changes.Sum(change => change.Times)} of them otherwise:";
    }
}
