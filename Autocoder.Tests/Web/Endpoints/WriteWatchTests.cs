using Autocoder.Core.Conversations;
using Autocoder.Tests.TestSupport;
using Autocoder.Web.Endpoints.Events;

namespace Autocoder.Tests.Web.Endpoints;

public sealed class WriteWatchTests
{
    private readonly ManualClock _clock = new();
    private int _cuts;
    private int _pulled;

    [Fact]
    public async Task A_write_that_takes_too_long_cuts_the_client_off()
    {
        await using var items = Stream().ReadAsync(LogCursor.Start, CancellationToken.None).GetAsyncEnumerator();

        await items.MoveNextAsync();
        _clock.Advance(TimeSpan.FromSeconds(14));
        Assert.Equal(0, _cuts);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, _cuts);
    }

    [Fact]
    public async Task Each_write_has_its_own_time_and_waiting_for_news_has_none()
    {
        var items = Stream().ReadAsync(LogCursor.Start, CancellationToken.None).GetAsyncEnumerator();
        for (var write = 0; write < 5; write++)
        {
            await items.MoveNextAsync();
            _clock.Advance(TimeSpan.FromSeconds(14));
        }

        await items.DisposeAsync();
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, _cuts);
        Assert.Equal(0, _clock.PendingTimers);
    }

    [Fact]
    public async Task Nothing_is_pulled_for_a_client_that_has_not_taken_what_it_was_given()
    {
        await using var items = Stream().ReadAsync(LogCursor.Start, CancellationToken.None).GetAsyncEnumerator();

        await items.MoveNextAsync();
        await items.MoveNextAsync();

        Assert.Equal(2, _pulled);
    }

    private EventStream Stream() => new((_, _) => FramesAsync(), _clock, TimeSpan.FromSeconds(15), () => _cuts++);

    private async IAsyncEnumerable<LogFrame> FramesAsync()
    {
        while (true)
        {
            await Task.Yield();
            _pulled++;
            yield return new LogFrame.Heartbeat(LogCursor.Start);
        }
    }
}
