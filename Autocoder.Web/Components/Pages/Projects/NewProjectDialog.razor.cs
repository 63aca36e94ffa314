using Autocoder.Core.Persistence;
using Autocoder.Core.Projects;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace Autocoder.Web.Components.Pages.Projects;

/// <summary>Asks for a name and a folder; refusals stand beside the field they are about.</summary>
public sealed partial class NewProjectDialog(ProjectRegistry registry, DialogService dialogs) : ComponentBase
{
    private string _name = "";
    private string _folder = "";

    // What is proposed is shown as a placeholder, never as the value: it must not overwrite what somebody is typing there.
    private bool _isFolderTyped;
    private bool _isFolderNew;
    private bool _isBrowsing;
    private bool _isBusy;
    private string? _nameRefusal;
    private string? _folderRefusal;

    [Parameter]
    public NewProjectKind Kind { get; set; }

    private DialogService Dialogs => dialogs;

    private string Name => _name.Trim();

    private string FolderHint => Kind is NewProjectKind.Existing
        ? "The folder of the project. Its files are only changed by what you approve or ask for."
        : _isFolderNew ? _isFolderTyped ? "This folder will be created." : "Left empty, this folder will be created." : "A full path; a folder that does not exist is created.";

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _isBrowsing = Kind is NewProjectKind.Existing;
        if (Kind is NewProjectKind.Demo)
        {
            _name = "demo";
            _folder = Propose("autocoder-demo");
            await CheckFolderAsync();
        }
    }

    private static string Propose(string name) =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), name);

    // Bound, not set: an answer of the server that comes late must not replace what was typed meanwhile.
    private async Task NameTypedAsync()
    {
        _nameRefusal = Name.Length == 0 || ProjectName.TryParse(Name, out _, out var refusal) ? null : refusal;
        if (!_isFolderTyped && Kind is not NewProjectKind.Existing)
        {
            _folder = Name.Length > 0 && _nameRefusal is null ? Propose(Name) : "";
            await CheckFolderAsync();
        }
    }

    private Task FolderTypedAsync(ChangeEventArgs e)
    {
        var typed = (e.Value as string ?? "").Trim();
        _isFolderTyped = typed.Length > 0;
        _folder = _isFolderTyped || Name.Length == 0 || _nameRefusal is not null || Kind is NewProjectKind.Existing ? typed : Propose(Name);
        return CheckFolderAsync();
    }

    private async Task PickedAsync(string folder)
    {
        _isBrowsing = false;
        _isFolderTyped = true;
        _folder = Kind is NewProjectKind.Existing || Name.Length == 0 || _nameRefusal is not null ? folder : Path.Combine(folder, Name);
        await CheckFolderAsync();
        if (Name.Length == 0 && _folderRefusal is null)
        {
            _name = ProjectName.ProposeFor(folder).Value;
            _nameRefusal = null;
        }
    }

    private async Task CheckFolderAsync()
    {
        _folderRefusal = null;
        _isFolderNew = false;
        if (_folder is { Length: > 0 } folder)
        {
            var check = await registry.CheckFolderAsync(folder, mayBeMissing: Kind is not NewProjectKind.Existing, CancellationToken.None);
            if (folder != _folder)
            {
                return;
            }

            _folderRefusal = check.Message;
            _isFolderNew = check is { Refusal: null, Exists: false };
        }
    }

    private async Task SaveAsync()
    {
        _isBusy = true;
        (_nameRefusal, _folderRefusal) = (null, null);
        try
        {
            var project = Kind is NewProjectKind.Existing
                ? await registry.ImportAsync(_folder, Name.Length == 0 ? null : Name, CancellationToken.None)
                : await registry.CreateAsync(Name, _folder, CancellationToken.None);
            dialogs.Close(project);
        }
        catch (ProjectRefusedException refused)
        {
            _nameRefusal = refused.Field is ProjectField.Name ? refused.Message : null;
            _folderRefusal = refused.Field is ProjectField.Folder ? refused.Message : null;
        }
        catch (Exception exception) when (exception is StorageException or IOException or UnauthorizedAccessException)
        {
            _folderRefusal = exception.Message;
        }
        finally
        {
            _isBusy = false;
        }
    }
}
