using Autocoder.Core.Checkpoints;
using Radzen;

namespace Autocoder.Web.Components.Conversation;

/// <content>Taking changes of files back.</content>
public sealed partial class SessionPane
{
    private async Task UndoAsync(UndoTarget target)
    {
        var title = target switch
        {
            { Redoes: not null, CallId: null } => "Redo all changes of this run",
            { Redoes: not null } => "Redo this change",
            { CallId: null } => "Undo all changes of this run",
            _ => "Undo this change",
        };
        var parameters = new Dictionary<string, object?> { [nameof(UndoDialog.Session)] = Session, [nameof(UndoDialog.Target)] = target };
        await dialogs.OpenAsync<UndoDialog>(title, parameters, new DialogOptions { Width = "52rem", CloseAriaLabel = "Close" });
    }
}
