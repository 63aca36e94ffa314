using System.Security.Cryptography;
using Autocoder.Core.Attachments;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Projects;

namespace Autocoder.Core.Checkpoints;

/// <summary>Takes changes back that tools made in files of a project, and puts them in again. Safe to use from any thread.</summary>
/// <remarks>
/// What a file holds is kept, and the intention is in the log, before it is touched: whatever happens, no content is lost, and an
/// undo that was cut off can be repeated.
/// </remarks>
public sealed class FileUndo(IConversationLog log, IConversationWriter writer, BlobStore blobs)
{
    private const string AtWork = "A run is at work in this conversation. Nothing was changed; stop it, or wait for its end.";

    /// <summary>Looks what an undo or a redo would do. Changes nothing.</summary>
    /// <param name="root">The project's folder.</param>
    /// <exception cref="ConversationNotFoundException">There is no such conversation.</exception>
    public async Task<UndoPreview> PreviewAsync(Guid conversationId, string root, UndoTarget target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        try
        {
            var (plan, history) = await PlanAsync(conversationId, target, cancellationToken).ConfigureAwait(false);
            var looked = await LookAsync(ProjectFolder.Open(root), plan, history, cancellationToken).ConfigureAwait(false);
            return new UndoPreview([.. looked.Select(file => file.File)], plan.Problem);
        }
        catch (ProjectFileException exception)
        {
            return new UndoPreview([], exception.Message);
        }
    }

    /// <summary>Does it, as far as nobody's work is lost, and records it.</summary>
    /// <param name="root">The project's folder.</param>
    /// <param name="overwrite">Files the person agreed to overwrite although they were changed since, each with <see cref="UndoFile.Seen"/>.</param>
    /// <exception cref="ConversationNotFoundException">There is no such conversation.</exception>
    public async Task<UndoReceipt> ApplyAsync(
        Guid conversationId, string root, UndoTarget target, IReadOnlyDictionary<string, string> overwrite, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(overwrite);
        try
        {
            var (plan, history) = await PlanAsync(conversationId, target, cancellationToken).ConfigureAwait(false);
            if (plan.Problem is { } problem)
            {
                return UndoReceipt.Refused(problem);
            }

            var folder = ProjectFolder.Open(root);
            var looked = await LookAsync(folder, plan, history, cancellationToken).ConfigureAwait(false);
            return await ApplyAsync(conversationId, folder, target, looked, overwrite, cancellationToken).ConfigureAwait(false);
        }
        catch (ProjectFileException exception)
        {
            return UndoReceipt.Refused($"{exception.Message} Nothing was changed.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return UndoReceipt.Refused($"What the files hold now could not be kept, so nothing was changed. The system says: {exception.Message}");
        }
    }

    private async Task<UndoReceipt> ApplyAsync(
        Guid conversationId,
        ProjectFolder folder,
        UndoTarget target,
        IReadOnlyList<Looked> looked,
        IReadOnlyDictionary<string, string> overwrite,
        CancellationToken cancellationToken)
    {
        bool IsChosen(Looked file) => file.File.State is UndoFileState.Ready or UndoFileState.Same
            || (file.File.State is UndoFileState.Changed && overwrite.TryGetValue(file.File.Path, out var seen) && seen == file.File.Seen);
        var chosen = looked.Where(IsChosen).ToList();
        var problems = looked.Where(file => !IsChosen(file)).Select(file => new UndoProblem(file.File.Path, file.File.Reason ?? "")).ToList();
        if (chosen.Count == 0)
        {
            return new UndoReceipt([], problems, "Nothing was changed.");
        }

        foreach (var file in chosen.Where(file => file.Now is not null))
        {
            await blobs.SaveAsync(file.Now, cancellationToken).ConfigureAwait(false);
        }

        var undoId = Guid.CreateVersion7();
        var files = chosen.Select(file => new FileSwap(file.File.Path, file.File.Now, file.File.Then)).ToList();
        var started = new NewEvent(new UndoStarted(undoId, target.RunId, files, target.CallId, target.Redoes));
        var appended = await writer.AppendAsync(
            conversationId, state => state.Run is null && !state.IsTrashed ? [started] : [], cancellationToken).ConfigureAwait(false);
        if (appended.Count == 0)
        {
            return UndoReceipt.Refused(AtWork);
        }

        // Not cancellable from here on: the log says that it was begun, and must say what came of it.
        var done = new List<Looked>();
        foreach (var file in chosen)
        {
            if (await TryPutAsync(folder, file.File).ConfigureAwait(false) is { } problem)
            {
                problems.Add(problem);
            }
            else
            {
                done.Add(file);
            }
        }

        var receipt = new UndoReceipt([.. done.Select(file => file.File.Path)], problems);
        string[] calls = [.. done.SelectMany(file => file.CallIds).Distinct(StringComparer.Ordinal)];
        await writer.AppendAsync(
            conversationId,
            state => state.IsTrashed ? [] : [new NewEvent(new UndoEnded(undoId, target.RunId, receipt.Paths, calls, problems, target.CallId, target.Redoes))],
            CancellationToken.None).ConfigureAwait(false);
        return receipt;
    }

    private async Task<(UndoPlan Plan, UndoHistory History)> PlanAsync(Guid conversationId, UndoTarget target, CancellationToken cancellationToken)
    {
        var history = await UndoHistory.ReadAsync(log, conversationId, cancellationToken).ConfigureAwait(false);
        var moment = await log.GetAsync(conversationId, cancellationToken).ConfigureAwait(false);
        return (moment.State.Run is null ? history.PlanFor(target) : UndoPlan.Nothing(AtWork), history);
    }

    private static async Task<IReadOnlyList<Looked>> LookAsync(
        ProjectFolder folder, UndoPlan plan, UndoHistory history, CancellationToken cancellationToken)
    {
        var looked = new List<Looked>();
        foreach (var file in plan.Files)
        {
            looked.Add(await LookAsync(folder, file, history, cancellationToken).ConfigureAwait(false));
        }

        return looked;
    }

    private static async Task<Looked> LookAsync(
        ProjectFolder folder, PlannedFile planned, UndoHistory history, CancellationToken cancellationToken)
    {
        byte[]? bytes;
        try
        {
            bytes = await ReadAsync(folder, planned.Path, cancellationToken).ConfigureAwait(false);
        }
        catch (ProjectFileException exception)
        {
            return new Looked(new UndoFile(planned.Path, UndoFileState.Refused, null, planned.Target, exception.Message), null, planned.CallIds);
        }

        var now = VersionOf(bytes);
        var (state, reason) = now == planned.Target ? (UndoFileState.Same, null)
            : planned.Expected.Contains(now) ? (UndoFileState.Ready, null)
            : (UndoFileState.Changed, ReasonFor(history, planned.Path, now));
        return new Looked(new UndoFile(planned.Path, state, now, planned.Target, reason), bytes, planned.CallIds);
    }

    private static string ReasonFor(UndoHistory history, string path, FileVersion? now) =>
        now is null ? "It was removed since."
        : history.IsByTool(path, now) ? "The agent changed it again later."
        : "It was changed since, by hand or by a command.";

    // Looked at once more: the person may have saved the file while the others were written.
    private async Task<UndoProblem?> TryPutAsync(ProjectFolder folder, UndoFile file)
    {
        try
        {
            if (VersionOf(await ReadAsync(folder, file.Path, CancellationToken.None).ConfigureAwait(false)) != file.Now)
            {
                return new UndoProblem(file.Path, "It was changed at this moment.");
            }

            if (file.Then is null)
            {
                folder.Delete(file.Path);
            }
            else if (file.State is not UndoFileState.Same)
            {
                var content = await blobs.ReadAsync(file.Then.Hash, CancellationToken.None).ConfigureAwait(false);
                await folder.WriteBytesAsync(file.Path, content, CancellationToken.None).ConfigureAwait(false);
            }

            return null;
        }
        catch (ProjectFileException exception)
        {
            return new UndoProblem(file.Path, exception.Message);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new UndoProblem(file.Path, "What it held is no longer kept in Autocoder's data folder.");
        }
    }

    private static async Task<byte[]?> ReadAsync(ProjectFolder folder, string path, CancellationToken cancellationToken) =>
        folder.Find(path) is null ? null : await folder.ReadBytesAsync(path, ProjectFolder.MaxBytes, cancellationToken).ConfigureAwait(false);

    private static FileVersion? VersionOf(byte[]? bytes) =>
        bytes is null ? null : new FileVersion(Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length);

    private sealed record Looked(UndoFile File, byte[]? Now, IReadOnlyList<string> CallIds);
}
