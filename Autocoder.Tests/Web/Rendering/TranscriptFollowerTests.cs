using Autocoder.Core.Conversations.Events;
using Autocoder.Tests.Web.Conversation;
using Autocoder.Web.Rendering;

namespace Autocoder.Tests.Web.Rendering;

public sealed class TranscriptFollowerTests
{
    private readonly Recording _log = new Recording().Begin();
    private readonly SemaphoreSlim _shown = new(0);

    [Fact]
    public async Task Shows_what_was_recorded_and_then_what_comes()
    {
        await using var follower = Follow();
        await ShownAsync();
        Assert.True(follower.IsLoaded);
        Assert.Single(follower.Transcript.Items);

        var id = Guid.CreateVersion7();
        _log.Add(new TextStarted(id)).Write(id, "Hel").Write(id, "lo");
        await UntilAsync(() => follower.Transcript.Items is [_, Core.Conversations.Transcripts.TextItem { Length: 5 }]);
    }

    [Fact]
    public async Task A_burst_is_one_picture()
    {
        await using var follower = Follow();
        await ShownAsync();
        for (var i = 0; i < 500; i++)
        {
            _log.Add(new WarningRaised("x", "note"));
        }

        await UntilAsync(() => follower.Transcript.Items.Count == 501);
        Assert.InRange(follower.Version, 2, 10);
    }

    [Fact]
    public async Task Nothing_rings_after_it_is_closed()
    {
        var follower = Follow();
        await ShownAsync();
        await follower.DisposeAsync();

        Assert.False(_log.HasListeners);
    }

    private TranscriptFollower Follow() =>
        new(_log, work => work(), () => _shown.Release(), exception => throw exception, TimeProvider.System);

    private async Task ShownAsync() => Assert.True(await _shown.WaitAsync(TimeSpan.FromSeconds(10)));

    private async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await ShownAsync();
        }
    }
}
