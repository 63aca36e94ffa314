using Autocoder.Core.Conversations;
using Autocoder.Core.Runs.Approvals;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace Autocoder.Web.Components.Conversation;

/// <summary>Asks a person to allow something, with everything one needs to decide.</summary>
public sealed partial class ApprovalCard(IJSRuntime js, TimeProvider clock) : ComponentBase, IAsyncDisposable
{
    // Whoever was typing when the card came must not have decided by the next key.
    private static readonly TimeSpan Deaf = TimeSpan.FromMilliseconds(700);

    private readonly string _wordsId = $"words-{Guid.NewGuid():N}";
    private ElementReference _card;
    private ElementReference _area;
    private IJSObjectReference? _module;
    private Guid _shown;
    private DateTimeOffset _shownAt;
    private bool _focusCard;
    private bool _focusWords;
    private bool _isBusy;
    private bool _isRefusing;
    private string _words = "";
    private string? _problem;

    private IReadOnlyList<Choice> Choices
    {
        get
        {
            var isPlan = Item.Subject is ApprovalSubject.Plan;
            List<Choice> choices = [new(1, isPlan ? "Approve the plan" : "Allow once", "primary", ApprovalOutcome.AllowedOnce, "Only this, only now")];
            if (Item.Always is not null)
            {
                choices.Add(new(2, "Allow in this conversation", "", ApprovalOutcome.AllowedForConversation, "Saves the rule below for this conversation"));
                choices.Add(new(3, "Always for this project", "", ApprovalOutcome.AllowedForProject, "Saves the rule below for all conversations of this project"));
            }

            choices.Add(new(4, "Reject", "danger", ApprovalOutcome.Rejected, "The run ends here; everything done so far is kept"));
            choices.Add(new(5, "Reject and say why…", "", ApprovalOutcome.RejectedWithComment, "The agent is told, and goes on"));
            return choices;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_module is not null)
            {
                await _module.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and the module with it.
        }
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (_shown != Item.ApprovalId)
        {
            (_shown, _shownAt) = (Item.ApprovalId, clock.GetUtcNow());
            (_isBusy, _isRefusing, _words, _problem, _focusCard) = (false, false, "", null, Item.IsPending);
        }
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focusWords)
        {
            _focusWords = false;
            await _area.FocusAsync();
        }
        else if (_focusCard)
        {
            _focusCard = false;
            _module ??= await js.InvokeAsync<IJSObjectReference>("import", "./Components/Conversation/ApprovalCard.razor.js");
            await _module.InvokeVoidAsync("focusCard", _card);
        }
    }

    private Task OnKeyAsync(KeyboardEventArgs e)
    {
        var isPlain = e is { CtrlKey: false, AltKey: false, MetaKey: false, Repeat: false, Key: [>= '1' and <= '9'] };
        if (!isPlain || _isRefusing || clock.GetUtcNow() - _shownAt < Deaf)
        {
            return Task.CompletedTask;
        }

        return Choices.FirstOrDefault(choice => choice.Digit == e.Key[0] - '0') is { } chosen ? ChooseAsync(chosen) : Task.CompletedTask;
    }

    private Task OnWordsKeyAsync(KeyboardEventArgs e)
    {
        if (e.Key is "Escape")
        {
            DoNotRefuse();
        }

        return e is { Key: "Enter", ShiftKey: false, CtrlKey: true } ? RefuseWithWordsAsync() : Task.CompletedTask;
    }

    private Task ChooseAsync(Choice choice)
    {
        if (choice.Outcome is not ApprovalOutcome.RejectedWithComment)
        {
            return AnswerAsync(new ApprovalAnswer(choice.Outcome));
        }

        (_isRefusing, _focusWords, _problem) = (true, true, null);
        return Task.CompletedTask;
    }

    // The words stay: somebody who goes back and forth has not written them for nothing.
    private void DoNotRefuse() => (_isRefusing, _problem, _focusCard) = (false, null, true);

    private void Write(ChangeEventArgs e) => (_words, _problem) = (e.Value as string ?? "", null);

    private Task RefuseWithWordsAsync()
    {
        if (Written.Length == 0)
        {
            _problem = "Write what the agent should know, or go back and reject without words.";
            return Task.CompletedTask;
        }

        return AnswerAsync(new ApprovalAnswer(ApprovalOutcome.RejectedWithComment, Written));
    }

    private async Task AnswerAsync(ApprovalAnswer answer)
    {
        if (_isBusy || Actions?.ApproveAsync is not { } approve)
        {
            return;
        }

        (_isBusy, _problem) = (true, null);
        try
        {
            var receipt = await approve(Item.ApprovalId, answer);
            _problem = receipt.Status is ApprovalStatus.Accepted ? receipt.Reason : receipt.Reason ?? "This was answered in another tab; that answer counts.";
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Whatever it was, nothing was allowed, and the card works again.
            _problem = "Your answer could not be saved, so nothing was allowed. Try again.";
        }
        finally
        {
            _isBusy = false;
        }
    }

    private sealed record Choice(int Digit, string Text, string Look, ApprovalOutcome Outcome, string Hint);
}
