using System.Collections.Concurrent;
using Autocoder.Core.Conversations;
using Autocoder.Core.Runs;
using Autocoder.Tests.TestSupport;

namespace Autocoder.Tests.Runs;

public sealed class OpenTextWriterTests
{
    private readonly FakeWriter _log = new();
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task The_first_piece_is_committed_at_once_and_the_rest_of_a_burst_in_one()
    {
        using var writer = NewWriter();

        await writer.AddAsync("one ");
        await _log.NextAsync();
        await writer.AddAsync("two ");
        await writer.AddAsync("three");
        _clock.AdvanceWhenWaiting(TimeSpan.FromMilliseconds(25));
        await _log.NextAsync();

        Assert.Equal(["one ", "two three"], _log.Texts);
    }

    [Fact]
    public async Task Finishing_returns_all_of_it_without_waiting_for_the_pause()
    {
        using var writer = NewWriter();
        await writer.AddAsync("one ");
        await _log.NextAsync();
        await writer.AddAsync("two");

        Assert.Equal("one two", await writer.FinishAsync());
        Assert.Equal(["one "], _log.Texts);
    }

    [Fact]
    public async Task A_pair_cut_in_two_is_joined_and_half_a_pair_alone_is_replaced()
    {
        // Not theory data: xunit cannot carry half a pair.
        Assert.Equal("😀!", await WriteAsync("\ud83d", "\ude00!"));
        Assert.Equal("a\ufffdb", await WriteAsync("a\ud83d", "b"));
        Assert.Equal("a\ufffd", await WriteAsync("a\ud83d", ""));
        Assert.Equal("\ufffdb", await WriteAsync("\ude00", "b"));
        Assert.All(_log.Texts, text => Assert.False(char.IsHighSurrogate(text[^1])));
    }

    [Fact]
    public async Task A_run_that_was_ended_learns_it_at_the_next_piece()
    {
        using var writer = NewWriter();
        _log.Failure = new IllegalEventException("Refused: the run has ended.");

        await writer.AddAsync("late");
        await _log.NextAsync();

        await Assert.ThrowsAsync<IllegalEventException>(writer.FinishAsync);
    }

    private async Task<string> WriteAsync(params string[] pieces)
    {
        using var writer = NewWriter();
        foreach (var piece in pieces)
        {
            await writer.AddAsync(piece);
        }

        return await writer.FinishAsync();
    }

    private OpenTextWriter NewWriter() => new(_log, Guid.CreateVersion7(), Guid.CreateVersion7(), _clock, TimeSpan.FromMilliseconds(25));

    private sealed class FakeWriter : IConversationWriter
    {
        private readonly SemaphoreSlim _arrived = new(0);

        public ConcurrentQueue<string> Texts { get; } = [];

        public Exception? Failure { get; set; }

        public Task NextAsync() => _arrived.WaitAsync(TimeSpan.FromSeconds(10));

        public Task<IReadOnlyList<EventEnvelope>> AppendAsync(
            Guid conversationId, Func<ConversationState, IReadOnlyList<NewEvent>> decide, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task AppendTextAsync(Guid conversationId, Guid runId, Guid itemId, string text, CancellationToken cancellationToken)
        {
            Texts.Enqueue(text);
            _arrived.Release();
            return Failure is null ? Task.CompletedTask : Task.FromException(Failure);
        }
    }
}
