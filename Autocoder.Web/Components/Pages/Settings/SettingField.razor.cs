using Autocoder.Core.Engines;
using Autocoder.Core.Settings;
using Microsoft.AspNetCore.Components;

namespace Autocoder.Web.Components.Pages.Settings;

/// <summary>One setting: saved as soon as it is changed, and taken back as easily. A secret is never shown.</summary>
public sealed partial class SettingField : ComponentBase
{
    private readonly string _id = $"setting-{Guid.NewGuid():N}";
    private string? _before;
    private SettingState? _state;
    private string? _said;
    private string? _refusal;
    private string _typed = "";

    /// <summary>The setting.</summary>
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>What an empty field means; empty for nothing.</summary>
    [Parameter]
    public string Hint { get; set; } = "";

    /// <summary>What can be chosen; anything else can be typed.</summary>
    [Parameter]
    public IReadOnlyList<EngineModel> Options { get; set; } = [];

    /// <summary>The setting was changed.</summary>
    [Parameter]
    public EventCallback OnSaved { get; set; }

    private bool IsSecret => SettingNames.Secret.Contains(Name);

    private SettingState State => _state ??= Store.Get(Name);

    // Read from the file once for a picture, and not for each part of it.
    /// <inheritdoc/>
    protected override void OnParametersSet() => _state = null;

    private async Task TypedAsync(ChangeEventArgs e)
    {
        if (e.Value is string { Length: > 0 } secret)
        {
            // The field is emptied by a new value: what was typed goes into the file and nowhere else.
            _typed = secret;
            await SaveAsync(secret);
            _typed = "";
        }
    }

    private Task UndoAsync() => SaveAsync(_before, isUndo: true);

    private async Task SaveAsync(string? value, bool isUndo = false)
    {
        (_said, _refusal) = (null, null);
        var before = State.Saved;
        try
        {
            await Store.SetAsync(Name, value, CancellationToken.None);
            _state = null;
            _before = isUndo || IsSecret || before == State.Saved ? null : before;
            _said = isUndo ? "As before ✓" : "Saved ✓";
            await OnSaved.InvokeAsync();
        }
        catch (Exception exception) when (exception is ArgumentException or IOException or UnauthorizedAccessException)
        {
            _refusal = exception.Message;
        }
    }
}
