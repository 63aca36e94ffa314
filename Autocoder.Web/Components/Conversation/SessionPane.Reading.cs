using System.Text;
using Autocoder.Core.Assistant;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Core.Projects;

namespace Autocoder.Web.Components.Conversation;

/// <content>What rows of the transcript want to see of the disk and of other conversations.</content>
public sealed partial class SessionPane
{
    private async Task<string?> ReadOutputAsync(string blob, CancellationToken cancellationToken)
    {
        try
        {
            return Encoding.UTF8.GetString(await blobs.ReadAsync(blob, cancellationToken));
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private async Task<FileNow> ReadFileAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var folder = ProjectFolder.Open(Session.Project.Folder);
            return new FileNow(folder.Find(path) is null ? null : await folder.ReadTextAsync(path, cancellationToken));
        }
        catch (ProjectFileException exception)
        {
            return new FileNow(null, exception.Message);
        }
    }

    private IReadOnlyList<string> FindFiles(string letters, CancellationToken cancellationToken) =>
        files.Find(Session.Project.Folder, letters, cancellationToken);

    private IReadOnlyList<ToolCallItem> CallsOf(Guid runId) =>
        [.. _follower?.Transcript.Items.OfType<ToolCallItem>().Where(call => call.RunId == runId) ?? []];

    private Task<IReadOnlyList<CheckedCitation>> CheckCitationsAsync(TextItem answer, CancellationToken cancellationToken) => CitedAnswer.CheckAsync(
        Session.Project.Folder, answer.Text.ToString(),
        [.. CallsOf(answer.RunId ?? Guid.Empty).Where(call => call.Sequence < answer.Sequence)], ReadOutputAsync, cancellationToken);

    private async Task<ToolCallItem?> FindChildCallAsync(Guid childId, string callId, CancellationToken cancellationToken)
    {
        try
        {
            var child = await registry.OpenAgentAsync(childId, cancellationToken);
            var (transcript, position) = (new Transcript(), new LogPosition());
            LogPull pull;
            do
            {
                pull = await child.PullAsync(position, cancellationToken);
                transcript.Apply(pull);
                position.Advance(pull);
            }
            while (pull.HasMore);
            return transcript.Items.OfType<ToolCallItem>().LastOrDefault(call => call.CallId == callId);
        }
        catch (Exception exception) when (exception is ConversationNotFoundException or ProjectNotFoundException)
        {
            return null;
        }
    }
}
