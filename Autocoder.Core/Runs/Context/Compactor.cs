using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Engines;
using Autocoder.Core.Engines.Models;

namespace Autocoder.Core.Runs.Context;

/// <summary>Carries one compaction out and records it. Whatever comes of it, nothing in the log is changed.</summary>
/// <param name="record">Commits an event of the run.</param>
internal sealed class Compactor(
    ContextLog log, ContextLimits limits, long tokensBefore, long fixedTokens, Func<ConversationEvent, CancellationToken, Task> record)
{
    private readonly Guid _id = Guid.CreateVersion7();

    /// <summary>Leaves old tool output out, if that is worth it.</summary>
    public async Task<bool> TryMaskAsync(CancellationToken cancellationToken)
    {
        var plan = MaskPlan.For(log.Entries, log.Shown, limits);
        var after = TokensAfter(log.Shown with { Masked = log.Shown.Masked.Union(plan.Ends) });
        if (plan.Gain < limits.MaskGain || !IsEnough(after))
        {
            return false;
        }

        await record(new CompactionStarted(_id, CompactionMethod.Mask, CompactionReason.Automatic, tokensBefore), cancellationToken)
            .ConfigureAwait(false);
        await record(
            new CompactionCompleted(_id, CompactionMethod.Mask, 0, "", plan.Ends, tokensBefore, after, TokenUsage.None), cancellationToken)
            .ConfigureAwait(false);
        return true;
    }

    /// <summary>Replaces old messages by a summary.</summary>
    /// <returns>Null when nothing could be summarised and nothing was recorded; else whether it worked.</returns>
    public async Task<bool?> SummariseAsync(
        CompactionReason reason, long tailTokens, IContextSummarizer summarizer, CancellationToken cancellationToken)
    {
        var shown = log.Entries.Where(entry => entry.Sequence > log.Shown.Through).ToList();
        var count = SafeCut.Choose(shown, log.Shown, log.RunStartedAt, tailTokens);
        var replaced = shown.Take(count).Sum(entry => ContextMeasure.Of(entry, log.Shown));
        if (count == 0 || replaced < (fixedTokens + TokenEstimate.Of(log.View)) * ContextLimits.LeastGain)
        {
            return null;
        }

        var through = shown[count - 1].Sequence;
        var number = log.Summaries + 1;
        await record(new CompactionStarted(_id, CompactionMethod.Summary, reason, tokensBefore), cancellationToken).ConfigureAwait(false);
        var attempt = await AskAsync(
            SummaryRecord.Of(log.Shown.Summary, shown.Take(count), log.Shown), summarizer, number, cancellationToken).ConfigureAwait(false);
        if (attempt.Problem is { } problem)
        {
            return await FailAsync(problem, attempt.Usage, cancellationToken).ConfigureAwait(false);
        }

        var summary = attempt.IsRecord ? attempt.Text : SummaryText.WithPersonsWords(
            attempt.Text, PromptsThrough(through), TokenEstimate.ToCharacters(limits.PersonsWords));
        var after = TokensAfter(log.Shown with { Through = through, Summary = summary });
        if (!IsEnough(after))
        {
            return await FailAsync("The summary was not shorter than what it would have replaced.", attempt.Usage, cancellationToken)
                .ConfigureAwait(false);
        }

        var method = attempt.Cuts > 0 ? CompactionMethod.HardReset : CompactionMethod.Summary;
        await record(
            new CompactionCompleted(_id, method, through, summary, [], tokensBefore, after, attempt.Usage), cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Says why what a person wanted was not done.</summary>
    public async Task RefuseAsync(string why, CancellationToken cancellationToken)
    {
        await record(
            new CompactionStarted(_id, CompactionMethod.Summary, CompactionReason.Person, tokensBefore), cancellationToken).ConfigureAwait(false);
        await FailAsync(why, TokenUsage.None, cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> FailAsync(string why, TokenUsage usage, CancellationToken cancellationToken)
    {
        await record(new CompactionFailed(_id, why, usage == TokenUsage.None ? null : usage), cancellationToken).ConfigureAwait(false);
        return false;
    }

    // The summary's own call may be too long for the model: its entries are made shorter until it fits. If it never does, the
    // shortened entries themselves stand for the messages, so that the conversation can go on in any case.
    private async Task<Attempt> AskAsync(SummaryRecord entries, IContextSummarizer summarizer, int number, CancellationToken cancellationToken)
    {
        var tries = 0;
        for (var cuts = 0; cuts <= ContextLimits.MostCuts; cuts++)
        {
            var text = entries.Render((long)(entries.Length * Math.Pow(ContextLimits.Cut, cuts)));
            if (TokenEstimate.Of(SummaryText.Instructions) + TokenEstimate.Of(text) > limits.SummariseFrom)
            {
                continue;
            }

            try
            {
                var (summary, stopReason, usage) = await summarizer.SummarizeAsync(
                    [ModelMessage.User(text)], SummaryText.Instructions, number + tries++, cancellationToken).ConfigureAwait(false);
                return new Attempt(summary, cuts, usage, SummaryText.FindProblem(summary, stopReason));
            }
            catch (EngineException exception) when (exception.Code == IContextSummarizer.ContextOverflow)
            {
                // Once more, with less.
            }
            catch (EngineException exception)
            {
                return new Attempt("", cuts, TokenUsage.None, exception.Message);
            }
        }

        var record = entries.Render(TokenEstimate.ToCharacters(limits.Tail));
        return new Attempt(record, ContextLimits.MostCuts, TokenUsage.None, Problem: null, IsRecord: true);
    }

    private IEnumerable<PromptAdmitted> PromptsThrough(long through) =>
        log.Entries.OfType<PromptEntry>().Where(prompt => prompt.Sequence <= through).Select(prompt => prompt.Prompt);

    // In the measure of what was before, which a model may have counted: both shrink alike.
    private long TokensAfter(ContextShown shown)
    {
        var before = fixedTokens + TokenEstimate.Of(log.View);
        var after = fixedTokens + TokenEstimate.Of(ContextView.Of(log.Entries, shown));
        return (long)Math.Ceiling((double)tokensBefore * after / before);
    }

    private bool IsEnough(long tokensAfter) => tokensAfter <= tokensBefore * (1 - ContextLimits.LeastGain);

    private sealed record Attempt(string Text, int Cuts, TokenUsage Usage, string? Problem, bool IsRecord = false);
}
