using System.Text;
using Autocoder.Core.Attachments;
using Autocoder.Core.Checkpoints;
using Autocoder.Core.Conversations;
using Autocoder.Core.Persistence;
using Autocoder.Core.Projects;
using Autocoder.Core.Sessions;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace Autocoder.Web.Components.Conversation;

/// <summary>Shows what an undo or a redo would do, and does it.</summary>
public sealed partial class UndoDialog(DialogService dialogs, BlobStore blobs) : ComponentBase
{
    private readonly Dictionary<string, (FileNow Now, FileNow Then)> _shown = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _agreed = new(StringComparer.Ordinal);
    private UndoPreview? _preview;
    private string? _refusal;
    private bool _isBusy;

    [Parameter, EditorRequired]
    public required Session Session { get; set; }

    [Parameter, EditorRequired]
    public required UndoTarget Target { get; set; }

    private bool IsRedo => Target.Redoes is not null;

    private int Chosen => _preview?.Files.Count(file =>
        file.State is UndoFileState.Ready or UndoFileState.Same || (file.State is UndoFileState.Changed && _agreed.ContainsKey(file.Path))) ?? 0;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        await LookAsync();
        if (_preview is { Files: [{ State: UndoFileState.Ready or UndoFileState.Changed } only] })
        {
            await ToggleAsync(only);
        }
    }

    private async Task LookAsync()
    {
        _agreed.Clear();
        _shown.Clear();
        try
        {
            _preview = await Session.PreviewUndoAsync(Target, CancellationToken.None);
        }
        catch (Exception exception) when (exception is ConversationNotFoundException or StorageException)
        {
            _preview = new UndoPreview([], exception.Message);
        }
    }

    private async Task ApplyAsync()
    {
        _isBusy = true;
        try
        {
            var receipt = await Session.UndoAsync(Target, new Dictionary<string, string>(_agreed), CancellationToken.None);
            _refusal = receipt.Refusal;
        }
        catch (Exception exception) when (exception is ConversationNotFoundException or StorageException or IllegalEventException)
        {
            _refusal = exception.Message;
        }

        if (_refusal is null)
        {
            dialogs.Close(true);
            return;
        }

        await LookAsync();
        _isBusy = false;
    }

    // What was agreed to is the content the person could see; another one since then is not overwritten.
    private void Agree(UndoFile file, bool agrees)
    {
        if (agrees)
        {
            _agreed[file.Path] = file.Seen;
        }
        else
        {
            _agreed.Remove(file.Path);
        }
    }

    private async Task ToggleAsync(UndoFile file)
    {
        if (!_shown.Remove(file.Path))
        {
            _shown[file.Path] = (await NowAsync(file), await ThenAsync(file.Then));
        }
    }

    private async Task<FileNow> NowAsync(UndoFile file)
    {
        try
        {
            return new FileNow(file.Now is null ? null : await ProjectFolder.Open(Session.Project.Folder).ReadTextAsync(file.Path, CancellationToken.None));
        }
        catch (ProjectFileException exception)
        {
            return new FileNow(null, exception.Message);
        }
    }

    private async Task<FileNow> ThenAsync(FileVersion? then)
    {
        if (then is null)
        {
            return new FileNow("");
        }

        try
        {
            return then.Size > FileNow.MostShown
                ? new FileNow(null, "What it will hold is too large to be shown.")
                : FileNow.Of(Encoding.UTF8.GetString(await blobs.ReadAsync(then.Hash, CancellationToken.None)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return FileNow.Of(null);
        }
    }

    private static string What(UndoFile file) => file switch
    {
        { State: UndoFileState.Changed or UndoFileState.Refused } => file.Reason + (file.State is UndoFileState.Refused ? " It is left as it is." : ""),
        { State: UndoFileState.Same } => "is so already",
        { Then: null } => "will be removed",
        { Now: null } => "will be made again",
        _ => "will be put back",
    };
}
