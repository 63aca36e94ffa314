using Autocoder.Core.Conversations;

namespace Autocoder.Web.Components.Parts;

/// <summary>From the states of Core to those of the pages.</summary>
public static class Signs
{
    /// <summary>What a conversation's state is called. One that ended well is simply at rest.</summary>
    public static Status Of(ConversationStatus status) => status switch
    {
        ConversationStatus.NeedsYou => Status.NeedsYou,
        ConversationStatus.Running => Status.Running,
        ConversationStatus.Stopped => Status.Stopped,
        ConversationStatus.Interrupted => Status.Interrupted,
        ConversationStatus.Failed => Status.Failed,
        _ => Status.Idle,
    };
}
