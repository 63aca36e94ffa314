using Autocoder.Core.Conversations.Transcripts;

namespace Autocoder.Web.Endpoints.Conversations;

/// <summary>Something that was said.</summary>
/// <param name="Sequence">The event it begins with.</param>
/// <param name="Role"><c>user</c> or <c>assistant</c>.</param>
/// <param name="IsPartial">It was cut off, or is still growing.</param>
public sealed record MessageView(long Sequence, string Role, string Text, DateTimeOffset At, bool IsPartial)
{
    /// <summary>Makes one of a row of a transcript; null for rows that are not messages.</summary>
    public static MessageView? TryMake(TranscriptItem item) => item switch
    {
        MessageItem message => new MessageView(message.Sequence, "user", message.Text, message.At, IsPartial: false),
        TextItem { IsReasoning: false, IsWithdrawn: false } text => new MessageView(
            text.Sequence, "assistant", text.Text.ToString()[..text.Length], text.At, text.IsOpen || text.Partial),
        _ => null,
    };
}
