using Autocoder.Core.Engines;
using Autocoder.Core.Settings;
using Microsoft.AspNetCore.Components;

namespace Autocoder.Web.Components.Pages.Settings;

/// <summary>Which engine and model answer on a surface.</summary>
public sealed partial class EngineUse : ComponentBase
{
    private readonly string _id = $"use-{Guid.NewGuid():N}";
    private SettingState? _state;
    private string? _said;
    private string? _refusal;

    /// <summary>The setting.</summary>
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    [Parameter, EditorRequired]
    public required string Label { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<EngineDescription> Engines { get; set; }

    /// <summary>The models that are known, by engine.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyDictionary<string, IReadOnlyList<EngineModel>> Models { get; set; }

    private SettingState State => _state ??= Store.Get(Name);

    private string Value => State.Effective.Length > 0 ? State.Effective : Name == SettingNames.DefaultEngine ? "offline" : "";

    private string EngineId => Value.Split(':', 2)[0].Trim();

    private string Model => Value.Contains(':', StringComparison.Ordinal) ? Value.Split(':', 2)[1].Trim() : "";

    // Read from the file once for a picture, and not for each part of it.
    /// <inheritdoc/>
    protected override void OnParametersSet() => _state = null;

    private Task ChooseAsync(ChangeEventArgs e) => SaveAsync(e.Value as string ?? "");

    private Task ChooseModelAsync(ChangeEventArgs e) =>
        SaveAsync(e.Value is string { Length: > 0 } model ? $"{EngineId}:{model.Trim()}" : EngineId);

    private async Task SaveAsync(string value)
    {
        (_said, _refusal) = (null, null);
        try
        {
            await Store.SetAsync(Name, value, CancellationToken.None);
            _state = null;
            _said = "Saved ✓";
        }
        catch (Exception exception) when (exception is ArgumentException or IOException or UnauthorizedAccessException)
        {
            _refusal = exception.Message;
        }
    }
}
