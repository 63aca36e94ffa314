using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Core.Runs;
using Autocoder.Core.Runs.Approvals;

namespace Autocoder.Web.Components.Conversation;

/// <content>What a person does in the conversation.</content>
public sealed partial class SessionPane
{
    private const string TooLate = "It is too late for that: the message has just been given to the agent.";

    /// <summary>Sends a text that was not typed: a suggestion, or the answer to an empty page.</summary>
    public async Task SendTextAsync(string text) => _problem = await SendAsync(new ComposerSubmission(Guid.CreateVersion7(), text, []));

    /// <summary>Puts a text into the composer.</summary>
    public Task InsertAsync(string text) => _composer?.InsertAsync(text) ?? Task.CompletedTask;

    /// <summary>Stops what runs.</summary>
    public async Task StopAsync()
    {
        if (_follower?.Transcript.Running is { } run)
        {
            await Session.StopAsync(run.RunId, _closing.Token);
        }
    }

    private async Task<string?> SendAsync(ComposerSubmission submission)
    {
        _problem = null;
        LeaveDetour();
        if (_card is { } card && _approval is null && _follower?.Transcript.PendingQuestions is not null)
        {
            return submission.Attachments.Count > 0
                ? "An answer cannot carry attachments. Remove them, or answer first and send them after that."
                : await card.AnswerWithWordsAsync(submission.Text);
        }

        var refusal = RefusalOf(await Session.SendAsync(
            submission.PromptId, submission.Text, submission.Attachments, submission.Delivery, submission.PlanFirst, _closing.Token));
        if (refusal is null)
        {
            presence.Drove(Session.ConversationId, viewer.Id);
        }

        return refusal;
    }

    private static string? RefusalOf(PromptReceipt receipt) =>
        receipt.Status is PromptStatus.Refused ? receipt.Reason ?? "This could not be sent. Your text is still here." : null;

    // The card that was too late is gone with the question, so the refusal is said here, and what was written is kept here.
    private async Task<AnswerReceipt> AnswerAsync(Guid requestId, IReadOnlyList<Answer> answers)
    {
        (_answeredHere, _problem) = (requestId, null);
        var receipt = await Session.AnswerAsync(requestId, answers, _closing.Token);
        if (receipt.Status is AnswerStatus.TooLate)
        {
            _problem = receipt.Reason;
            StateHasChanged();
            await InsertAsync(WordsOf(answers));
        }

        return receipt;
    }

    private async Task<ApprovalReceipt> ApproveAsync(Guid approvalId, ApprovalAnswer answer)
    {
        (_answeredHere, _problem) = (approvalId, null);
        var receipt = await Session.ApproveAsync(approvalId, answer, _closing.Token);
        if (receipt.Status is not ApprovalStatus.Invalid && receipt.Reason is { } reason)
        {
            _problem = reason;
            StateHasChanged();
            await InsertAsync(receipt.Status is ApprovalStatus.Accepted ? "" : answer.Comment ?? "");
        }

        return receipt;
    }

    private static string WordsOf(IEnumerable<Answer> answers) =>
        string.Join("\n\n", answers.Select(answer => answer.Text).Where(text => !string.IsNullOrWhiteSpace(text)));

    // One id for each end that is gone on from, however often the button is pressed.
    private async Task<string?> ContinueAsync(RunEndedItem ended)
    {
        if (ended.RunId is not { } runId)
        {
            return "This run cannot be gone on with. Say in a message what to do.";
        }

        if (_continued?.RunId != runId)
        {
            _continued = (runId, Guid.CreateVersion7());
        }

        return RefusalOf(await Session.ContinueAsync(_continued.Value.PromptId, runId, _closing.Token));
    }

    private async Task SendQueuedAsync() => _problem = RefusalOf(await Session.SendQueuedAsync(_closing.Token));

    // What was taken back goes into the composer: withdrawing must not lose what somebody wrote.
    private async Task WithdrawAsync(QueuedPrompt prompt)
    {
        if (await Session.WithdrawAsync(prompt.PromptId, _closing.Token))
        {
            await InsertAsync(prompt.Text);
        }
        else
        {
            _problem = TooLate;
        }
    }

    private async Task EditAsync((QueuedPrompt Prompt, string Text) edit)
    {
        try
        {
            _problem = await Session.EditAsync(edit.Prompt.PromptId, edit.Text, _closing.Token) ? null : TooLate;
        }
        catch (ArgumentException exception)
        {
            _problem = exception.Message;
        }

        if (_problem is not null)
        {
            await InsertAsync(edit.Text);
        }
    }

    private async Task CompactAsync()
    {
        _problem = await Session.CompactAsync(_closing.Token) ? null : "Room was asked for already; it is made before the next model call.";
    }

    private Task ReorderAsync(IReadOnlyList<Guid> promptIds) => Session.ReorderAsync(promptIds, _closing.Token);

    private async Task DeliverAsync((QueuedPrompt Prompt, PromptDelivery Delivery) how) =>
        _problem = await Session.SetDeliveryAsync(how.Prompt.PromptId, how.Delivery, _closing.Token) ? null : TooLate;

    private async Task SwitchProfileAsync(string profileId)
    {
        try
        {
            await Session.SwitchProfileAsync(profileId, _closing.Token);
            _problem = null;
        }
        catch (ArgumentException exception)
        {
            _problem = exception.Message;
        }
    }
}
