using System.Collections.Concurrent;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;

namespace Autocoder.Core.Runs;

/// <summary>The texts and thoughts of one run on their way into the log: one of each is open at a time.</summary>
internal sealed class RunTexts(RunTicket ticket, RunServices services) : IDisposable
{
    private readonly ConcurrentDictionary<Guid, OpenTextWriter> _all = new();
    private readonly List<Guid> _ofAnswer = [];
    private OpenTextWriter? _text;
    private OpenTextWriter? _reasoning;

    /// <summary>Everything that came of a text so far, committed or not; empty for one that is not known.</summary>
    public string TextOf(Guid itemId) => _all.GetValueOrDefault(itemId)?.Text ?? "";

    public async Task AddTextAsync(string delta)
    {
        if (_text is null)
        {
            var text = New();
            await AppendAsync(new TextStarted(text.ItemId)).ConfigureAwait(false);
            _text = text;
        }

        await _text.AddAsync(delta).ConfigureAwait(false);
    }

    public async Task AddReasoningAsync(string delta)
    {
        if (_reasoning is null)
        {
            var text = New();
            await AppendAsync(new ReasoningStarted(text.ItemId)).ConfigureAwait(false);
            _reasoning = text;
        }

        await _reasoning.AddAsync(delta).ConfigureAwait(false);
    }

    /// <summary>What comes from here on is another answer of the model.</summary>
    public void BeginAnswer() => _ofAnswer.Clear();

    /// <summary>Takes back the texts and thoughts of the answer so far. They stay in the log, as what was shown.</summary>
    public async Task WithdrawAsync()
    {
        if (_reasoning is { } reasoning)
        {
            _reasoning = null;
            await AppendAsync(new ReasoningCompleted(reasoning.ItemId, await reasoning.FinishAsync().ConfigureAwait(false), Partial: true)).ConfigureAwait(false);
        }

        if (_text is { } text)
        {
            _text = null;
            await AppendAsync(new TextCompleted(text.ItemId, await text.FinishAsync().ConfigureAwait(false), Partial: true)).ConfigureAwait(false);
        }

        if (_ofAnswer.Count > 0)
        {
            await AppendAsync(new AnswerWithdrawn([.. _ofAnswer])).ConfigureAwait(false);
            _ofAnswer.Clear();
        }
    }

    /// <summary>Completes whatever is open.</summary>
    public async Task FinishAsync()
    {
        await FinishReasoningAsync().ConfigureAwait(false);
        await FinishTextAsync().ConfigureAwait(false);
    }

    /// <param name="instead">All of the text, where something that was streamed was taken back.</param>
    public async Task FinishTextAsync(string? instead = null)
    {
        if (_text is { } text)
        {
            _text = null;
            var whole = await text.FinishAsync().ConfigureAwait(false);
            await AppendAsync(new TextCompleted(text.ItemId, instead ?? whole)).ConfigureAwait(false);
        }
    }

    /// <param name="signature">Kept with the thought. A thought that is not shown has nothing else.</param>
    public async Task FinishReasoningAsync(string? signature = null)
    {
        if (_reasoning is null && signature is not null)
        {
            var hidden = New();
            await AppendAsync(new ReasoningStarted(hidden.ItemId)).ConfigureAwait(false);
            _reasoning = hidden;
        }

        if (_reasoning is { } text)
        {
            _reasoning = null;
            var whole = await text.FinishAsync().ConfigureAwait(false);
            await AppendAsync(new ReasoningCompleted(text.ItemId, whole, Signature: signature)).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        foreach (var text in _all.Values)
        {
            text.Dispose();
        }
    }

    // The log itself refuses what a run says after its end.
    private Task AppendAsync(ConversationEvent next) => services.Writer.AppendAsync(
        ticket.ConversationId, _ => [new NewEvent(next, ticket.RunId)], CancellationToken.None);

    private OpenTextWriter New()
    {
        var text = new OpenTextWriter(
            services.Writer, ticket.ConversationId, ticket.RunId, services.Clock, services.Options.TextInterval);
        _all[text.ItemId] = text;
        _ofAnswer.Add(text.ItemId);
        return text;
    }
}
