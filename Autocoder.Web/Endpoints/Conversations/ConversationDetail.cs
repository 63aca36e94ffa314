using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Transcripts;

namespace Autocoder.Web.Endpoints.Conversations;

/// <summary>A conversation with what was said in it. Everything else is in its events.</summary>
public sealed record ConversationDetail(ConversationSummaryView Summary, IReadOnlyList<MessageView> Messages)
{
    /// <summary>Takes the messages out of a whole log.</summary>
    public static ConversationDetail Of(ConversationSummaryView summary, IEnumerable<EventEnvelope> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        var transcript = new Transcript();
        foreach (var envelope in events)
        {
            transcript.Apply(envelope);
        }

        return new ConversationDetail(summary, [.. transcript.Items.Select(MessageView.TryMake).OfType<MessageView>()]);
    }
}
