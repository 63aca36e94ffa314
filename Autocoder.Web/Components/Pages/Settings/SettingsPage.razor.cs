using Autocoder.Core.Engines;
using Autocoder.Core.Persistence;
using Autocoder.Core.Settings;
using Microsoft.AspNetCore.Components;

namespace Autocoder.Web.Components.Pages.Settings;

/// <summary>What a person can change: who answers where, and what each engine needs.</summary>
public sealed partial class SettingsPage(EngineCatalog catalog, IEnumerable<IEngineProbe> probes, SettingsStore store, DataDirectory directory) : ComponentBase, IDisposable
{
    private static readonly (string Name, string Label)[] Surfaces =
    [
        (SettingNames.DefaultEngine, "Everywhere"), (SettingNames.SpecEngine, "Wizard"), (SettingNames.AssistantEngine, "Assistant"), (SettingNames.AgentEngine, "Console"),
    ];

    private readonly Dictionary<string, IReadOnlyList<EngineModel>> _models = [];
    private IReadOnlyList<EngineDescription> _engines = [];
    private string? _problem;

    private DataDirectory Directory => directory;

    /// <inheritdoc/>
    public void Dispose() => store.Changed -= OnChanged;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        store.Changed += OnChanged;
        Read();
    }

    private void OnChanged() => _ = InvokeAsync(() =>
    {
        Read();
        StateHasChanged();
    });

    private void Read()
    {
        _problem = store.Problem;
        try
        {
            // Those that ask a model first: they are what there is something to set for.
            _engines = [.. catalog.Descriptions.OrderByDescending(engine => engine.UsesModel).ThenBy(engine => engine.Name, StringComparer.Ordinal)];
        }
        catch (EngineException exception)
        {
            _problem = exception.Message;
        }
    }

    private IEngineProbe? Probe(EngineDescription engine) => probes.FirstOrDefault(probe => probe.EngineId == engine.Id);

    private void Learn(EngineDescription engine, IReadOnlyList<EngineModel> models)
    {
        _models[engine.Id] = models;
        StateHasChanged();
    }
}
