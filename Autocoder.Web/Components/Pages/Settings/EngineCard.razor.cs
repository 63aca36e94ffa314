using Autocoder.Core.Engines;
using Autocoder.Core.Settings;
using Autocoder.Web.Components.Parts;
using Microsoft.AspNetCore.Components;

namespace Autocoder.Web.Components.Pages.Settings;

/// <summary>An engine: how it is, and what can be set about it.</summary>
public sealed partial class EngineCard : ComponentBase, IDisposable
{
    private static readonly Dictionary<string, Field[]> FieldsOf = new()
    {
        ["anthropic"] =
        [
            new(SettingNames.AnthropicApiKey, "API key", "Kept encrypted, never shown again."),
            new(SettingNames.AnthropicBaseUrl, "Address", "Empty for Anthropic's own. A local server: http://127.0.0.1:8080"),
            new(SettingNames.AnthropicModel, "Model", "", IsModel: true),
        ],
        ["claude-code"] =
        [
            new(SettingNames.ClaudeCodePath, "Program", "Empty: found on PATH."),
            new(SettingNames.ClaudeCodeApiKey, "API key", "Empty: as you are signed in."),
            new(SettingNames.ClaudeCodeBaseUrl, "Address", "Empty for Anthropic's own."),
            new(SettingNames.ClaudeCodeModel, "Model", "", IsModel: true),
        ],
    };

    private CancellationTokenSource _looking = new();
    private EngineHealth? _health;
    private IReadOnlyList<EngineModel> _models = [];
    private bool _isChecking;

    [Parameter, EditorRequired]
    public required EngineDescription Engine { get; set; }

    /// <summary>Looks at the engine; null for one that needs nothing.</summary>
    [Parameter]
    public IEngineProbe? Probe { get; set; }

    /// <summary>The models of the engine are known.</summary>
    [Parameter]
    public EventCallback<IReadOnlyList<EngineModel>> OnModels { get; set; }

    private IReadOnlyList<Field> Fields => FieldsOf.GetValueOrDefault(Engine.Id, []);

    private EngineHealth? Health => Probe is null
        ? new EngineHealth(EngineCondition.Ready, "Always there; it needs nothing.", null, [])
        : _health;

    /// <inheritdoc/>
    public void Dispose()
    {
        _looking.Cancel();
        _looking.Dispose();
    }

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => RefreshAsync();

    private Task RefreshAsync() => LookAsync(isThorough: false);

    private Task CheckAsync() => LookAsync(isThorough: true);

    private void Cancel()
    {
        _looking.Cancel();
        _looking.Dispose();
        _looking = new CancellationTokenSource();
    }

    private async Task LookAsync(bool isThorough)
    {
        if (Probe is null)
        {
            return;
        }

        var token = _looking.Token;
        _isChecking = isThorough;
        try
        {
            _health = await Probe.CheckAsync(isThorough, token);
            if (isThorough && _health.CanRun)
            {
                _models = await Probe.ListModelsAsync(token);
                await OnModels.InvokeAsync(_models);
            }
        }
        catch (OperationCanceledException)
        {
            // Cancelled by the person, or the page was closed.
        }
        finally
        {
            _isChecking = false;
        }
    }

    private static (Status Status, string Text) Sign(EngineHealth health) => health.Condition switch
    {
        EngineCondition.Ready => (Status.Done, "Works"),
        EngineCondition.Available => (Status.Done, "There"),
        EngineCondition.NotConfigured => (Status.Idle, "Not set up"),
        EngineCondition.Missing => (Status.Idle, "Not installed"),
        EngineCondition.TooOld => (Status.Warning, "Too old"),
        EngineCondition.NotSignedIn => (Status.Warning, "Not signed in"),
        EngineCondition.KeyRejected => (Status.Failed, "Key rejected"),
        EngineCondition.Unreachable => (Status.Failed, "Unreachable"),
        _ => (Status.Failed, "Does not work"),
    };

    private sealed record Field(string Name, string Label, string Hint, bool IsModel = false);
}
