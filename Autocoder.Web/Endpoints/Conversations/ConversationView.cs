using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;

namespace Autocoder.Web.Endpoints.Conversations;

/// <summary>A conversation as it is now.</summary>
/// <param name="Profile">The profile a person switched to; null for the usual one.</param>
/// <param name="Run">What runs; null when nothing does.</param>
/// <param name="Queue">The prompts that wait, the next one first.</param>
/// <param name="Questions">What the run asks and nobody has answered.</param>
/// <param name="Approvals">What the run asks to be allowed and nobody has answered.</param>
/// <param name="Head">The sequence of the last event this contains.</param>
/// <param name="Cursor">Following after it gives exactly what this does not contain.</param>
/// <param name="Viewers">How many look at it now.</param>
public sealed record ConversationView(
    ConversationSummaryView Summary,
    string? Profile,
    RunView? Run,
    IReadOnlyList<PromptAdmitted> Queue,
    IReadOnlyList<QuestionsAsked> Questions,
    IReadOnlyList<ApprovalRequested> Approvals,
    long Head,
    string Cursor,
    int Viewers)
{
    /// <summary>Puts a conversation into the form scripts get.</summary>
    public static ConversationView Of(ConversationSummaryView summary, ConversationSnapshot snapshot, int viewers)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var state = snapshot.State;
        return new ConversationView(
            summary,
            state.Profile,
            state.Run is { } run ? RunView.Of(run) : null,
            state.Queue,
            [.. state.Run?.OpenQuestions.Values ?? []],
            [.. state.Run?.OpenApprovals.Values ?? []],
            state.HeadSequence,
            snapshot.Cursor.ToString(),
            viewers);
    }
}
