using Autocoder.Tests.Web.Endpoints;

namespace Autocoder.Tests.Crashes;

/// <summary>One conversation, the people who look at it, and the one of them who answers. They live on when the server is killed.</summary>
internal sealed class CrashConversation(Guid id, string story, CrashTally tally, Random random)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private readonly List<CrashViewer> _viewers = [new(id, tally), new(id, tally)];
    private readonly HashSet<Guid> _settled = [];
    private List<Task> _following = [];
    private Guid? _unheard;

    public Guid Id => id;

    /// <summary>What its agent was written to do.</summary>
    public string Story => story;

    /// <summary>Everybody who follows it or one of its sub-agents.</summary>
    public IReadOnlyList<CrashViewer> Viewers
    {
        get
        {
            lock (_gate)
            {
                return [.. _viewers];
            }
        }
    }

    /// <summary>The prompts that viewers know of.</summary>
    public int Prompts => First.Events.Count(seen => seen.Kind == "prompt_admitted");

    /// <summary>Whether a run has no end yet.</summary>
    public bool HasRun => First.Events.LastOrDefault(seen => seen.Kind is "run_started" or "run_ended") is { Kind: "run_started" };

    /// <summary>How many of its runs a kill ended.</summary>
    public int Interrupted => First.Events.Count(seen => seen.Kind == "run_ended" && seen.Read().GetProperty("outcome").GetString() == "Interrupted");

    private CrashViewer First => _viewers[0];

    /// <summary>Everybody opens it again.</summary>
    public void Open(ApiClient client, CancellationToken gone)
    {
        lock (_gate)
        {
            _following = [.. _viewers.Select(viewer => viewer.FollowAsync(client, gone))];
        }
    }

    /// <summary>Waits until everybody has noticed that the server is gone.</summary>
    public Task CloseAsync()
    {
        lock (_gate)
        {
            return Task.WhenAll(_following);
        }
    }

    /// <summary>Waits until everybody was told that there is no more.</summary>
    public Task SyncAsync(CancellationToken gone) => WaitAsync(() => Viewers.All(viewer => viewer.IsSynced), gone);

    /// <summary>One person uses it until the server is gone: sends, answers, waits, and sends again.</summary>
    /// <param name="atWork">Called when a long piece of work was sent.</param>
    /// <param name="prompts">The most prompts to send.</param>
    public async Task UseAsync(ApiClient client, Action atWork, int prompts, CancellationToken gone)
    {
        try
        {
            await SettleAsync(client, mayDelay: false, gone);
            for (var sent = 0; sent < prompts && Prompts < CrashStory.Turns;)
            {
                var isShort = CrashStory.IsShort(Prompts);
                var isNew = await SendAsync(client, gone);
                sent += isNew ? 1 : 0;
                if (isNew && !isShort)
                {
                    atWork();
                }

                await SettleAsync(client, mayDelay: true, gone);
                var ended = First.Events.Last(seen => seen.Kind == "run_ended");
                if (isNew && ended.Read().GetProperty("outcome").GetString() != "Completed")
                {
                    tally.Wrong($"{id}: a prompt after a restart was not answered: {ended}");
                }
            }
        }
        catch (Exception exception) when (CrashTally.IsGone(exception))
        {
            // Killed, as it should be.
        }
    }

    // The client makes the id, so a person who never heard whether it arrived sends the same one again. False when it had arrived.
    private async Task<bool> SendAsync(ApiClient client, CancellationToken gone)
    {
        var promptId = _unheard ??= Guid.CreateVersion7();
        gone.ThrowIfCancellationRequested();
        var (status, body) = await client.PostAsync($"/api/conversations/{id}/prompts", new { promptId, text = "Go on." });
        if (status is not (200 or 202))
        {
            tally.Wrong($"{id}: a prompt was refused with {status}: {body}");
        }

        _unheard = null;
        await WaitAsync(() => First.Events.Any(seen => seen.Kind == "run_started" && seen.Read().GetProperty("promptId").GetGuid() == promptId), gone);
        return status == 202;
    }

    // Answers whatever is asked until nothing runs.
    private async Task SettleAsync(ApiClient client, bool mayDelay, CancellationToken gone)
    {
        await WaitAsync(() => First.IsSynced, gone);
        await WaitAsync(
            async () =>
            {
                var events = First.Events;
                FollowSubAgents(client, events, gone);
                await AnswerAsync(client, events, mayDelay, gone);
                return !HasRun;
            },
            gone);
    }

    private async Task AnswerAsync(ApiClient client, IReadOnlyList<SeenEvent> events, bool mayDelay, CancellationToken gone)
    {
        foreach (var asked in events.Where(seen => seen.Kind is "questions_asked" or "approval_requested"))
        {
            var isQuestion = asked.Kind == "questions_asked";
            var requestId = asked.Read().GetProperty(isQuestion ? "requestId" : "approvalId").GetGuid();
            if (_settled.Contains(requestId) || IsOver(events, requestId))
            {
                continue;
            }

            // Now and then the person is away, and the answer comes when the server has been killed in between.
            await Task.Delay(!mayDelay ? 0 : random.Next(5) == 0 ? 1500 : random.Next(0, 60), gone);
            object answer = isQuestion
                ? new { requestId, answers = new[] { new { questionId = "q1", optionIds = new[] { "red" } } } }
                : new { outcome = "AllowedOnce" };
            var path = isQuestion ? $"/api/conversations/{id}/answers" : $"/api/conversations/{id}/approvals/{requestId}";
            var (status, body) = await client.PostAsync(path, answer);
            if (status is not (200 or 409))
            {
                tally.Wrong($"{id}: an answer to {asked} was refused with {status}: {body}");
            }

            _settled.Add(requestId);
        }
    }

    private static bool IsOver(IReadOnlyList<SeenEvent> events, Guid requestId) => events.Any(seen => seen.Kind switch
    {
        "questions_answered" or "questions_expired" => seen.Read().GetProperty("requestId").GetGuid() == requestId,
        "approval_resolved" => seen.Read().GetProperty("approvalId").GetGuid() == requestId,
        _ => false,
    });

    private void FollowSubAgents(ApiClient client, IReadOnlyList<SeenEvent> events, CancellationToken gone)
    {
        foreach (var started in events.Where(seen => seen.Kind == "sub_agent_started"))
        {
            var child = started.Read().GetProperty("childConversationId").GetGuid();
            lock (_gate)
            {
                if (_viewers.TrueForAll(viewer => viewer.ConversationId != child))
                {
                    var viewer = new CrashViewer(child, tally);
                    _viewers.Add(viewer);
                    _following.Add(viewer.FollowAsync(client, gone));
                }
            }
        }
    }

    private static Task WaitAsync(Func<bool> isSo, CancellationToken gone) => WaitAsync(() => Task.FromResult(isSo()), gone);

    private static async Task WaitAsync(Func<Task<bool>> isSo, CancellationToken gone)
    {
        for (var waited = TimeSpan.Zero; !await isSo(); waited += TimeSpan.FromMilliseconds(10))
        {
            Assert.True(waited < Patience, "What was waited for never came.");
            await Task.Delay(10, gone);
        }
    }
}
