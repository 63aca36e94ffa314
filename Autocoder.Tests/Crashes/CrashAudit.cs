using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Tests.Runs;
using Autocoder.Tests.TestSupport;
using Autocoder.Tests.Web.Endpoints;
using Microsoft.Data.Sqlite;

namespace Autocoder.Tests.Crashes;

/// <summary>Holds what viewers were shown, and what commands did to the world, against what is there.</summary>
internal sealed class CrashAudit(ApiClient client, string traceFile, CrashTally tally)
{
    /// <summary>Looks at a conversation and all its sub-agents, when the server has started and nobody has sent anything yet.</summary>
    /// <param name="mayWait">Whether its run may still wait for a person.</param>
    public async Task CheckAsync(CrashConversation conversation, bool mayWait)
    {
        var said = SaidIn(JsonDocument.Parse(conversation.Story).RootElement).ToList();
        var all = new List<EventEnvelope>();
        foreach (var viewers in conversation.Viewers.GroupBy(viewer => viewer.ConversationId))
        {
            var seen = await ReadAsync(viewers.Key);
            foreach (var viewer in viewers)
            {
                CompareEvents(viewer, seen);
                CompareTexts(viewer, seen);
            }

            var log = seen.Select(each => ToEnvelope(viewers.Key, each)).ToList();
            CheckLaw(conversation, log, mayWait && viewers.Key == conversation.Id);
            CheckTexts(viewers.Key, log, said);
            all.AddRange(log);
        }

        CheckCommands(conversation, all);
    }

    /// <summary>Says how many commands ran, and how many of them more than once.</summary>
    public void CountExecutions()
    {
        var lines = Traces();
        tally.Executions = lines.Count;
        tally.RanTwice = lines.CountBy(line => line).Count(line => line.Value > 1);
    }

    /// <summary>Looks whether the database a killed process left is whole. A copy is opened: the real one is for the server to mend.</summary>
    public static async Task CheckDatabaseAsync(string database, CrashTally tally)
    {
        using var folder = new TempFolder();
        foreach (var suffix in (string[])["", "-wal"])
        {
            if (File.Exists(database + suffix))
            {
                File.Copy(database + suffix, folder["copy.db" + suffix]);
            }
        }

        await using var connection = new SqliteConnection($"Data Source={folder["copy.db"]};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        if (await command.ExecuteScalarAsync() is not "ok")
        {
            tally.Wrong("PRAGMA integrity_check is not ok.");
        }

        command.CommandText = "PRAGMA foreign_key_check";
        if (await command.ExecuteScalarAsync() is { } row)
        {
            tally.Wrong($"PRAGMA foreign_key_check names {row}.");
        }
    }

    private async Task<List<SeenEvent>> ReadAsync(Guid conversationId)
    {
        var all = new List<SeenEvent>();
        for (string? after = null; ;)
        {
            var (status, page) = await client.GetAsync($"/api/conversations/{conversationId}/events?limit=500{(after is null ? "" : $"&after={after}")}");
            Assert.Equal(200, status);
            all.AddRange(page.GetProperty("events").EnumerateArray().Select(SeenEvent.From));
            if (!page.GetProperty("hasMore").GetBoolean())
            {
                return all;
            }

            after = page.GetProperty("next").GetString();
        }
    }

    private void CompareEvents(CrashViewer viewer, List<SeenEvent> log)
    {
        var last = 0L;
        foreach (var seen in viewer.Events)
        {
            tally.Compared++;
            if (seen.Sequence <= last)
            {
                tally.Doubled($"{viewer.ConversationId}: after {last} a viewer was shown {seen} again.");
            }
            else if (seen.Sequence > last + 1)
            {
                tally.Lost($"{viewer.ConversationId}: after {last} a viewer was shown {seen}.");
            }
            else if (seen.Sequence > log.Count || log[(int)seen.Sequence - 1] != seen)
            {
                tally.Lost($"{viewer.ConversationId}: a viewer was shown {seen}, and it is not there any more.");
            }

            last = Math.Max(last, seen.Sequence);
        }
    }

    private void CompareTexts(CrashViewer viewer, List<SeenEvent> log)
    {
        var completed = log.Where(seen => seen.Kind is "text_completed" or "reasoning_completed").Select(seen => seen.Read())
            .ToDictionary(text => text.GetProperty("itemId").GetGuid(), text => text.GetProperty("text").GetString()!);
        foreach (var (itemId, seen) in viewer.Texts)
        {
            tally.Compared++;
            if (!completed.GetValueOrDefault(itemId, "").StartsWith(seen, StringComparison.Ordinal))
            {
                tally.Lost($"{viewer.ConversationId}: a viewer was shown '{seen}' of {itemId}, and kept is '{completed.GetValueOrDefault(itemId)}'.");
            }
        }
    }

    private void CheckLaw(CrashConversation conversation, IReadOnlyList<EventEnvelope> log, bool mayWait)
    {
        try
        {
            RunInvariants.Check(log, mayWait && Waits(log));
        }
        catch (Xunit.Sdk.XunitException exception)
        {
            tally.Wrong($"{conversation.Id}: {exception.Message}");
        }
    }

    private static bool Waits(IReadOnlyList<EventEnvelope> log)
    {
        var run = log.Select(envelope => envelope.Event).OfType<RunStarted>().LastOrDefault()?.RunId;
        var events = log.Where(envelope => envelope.RunId == run).Select(envelope => envelope.Event).ToList();
        return events.OfType<QuestionsAsked>().Any(asked => !events.OfType<QuestionsAnswered>().Any(each => each.RequestId == asked.RequestId))
            || events.OfType<ApprovalRequested>().Any(asked => !events.OfType<ApprovalResolved>().Any(each => each.ApprovalId == asked.ApprovalId));
    }

    // A text that was broken off is the beginning of what the agent was to say, and any other is all of it.
    private void CheckTexts(Guid conversationId, IReadOnlyList<EventEnvelope> log, List<string> said)
    {
        foreach (var (text, isPartial) in log.Select(envelope => envelope.Event switch
        {
            TextCompleted completed => (completed.Text, completed.Partial),
            ReasoningCompleted completed => (completed.Text, completed.Partial),
            _ => ("", true),
        }))
        {
            if (!said.Exists(each => isPartial ? each.StartsWith(text, StringComparison.Ordinal) : each == text))
            {
                tally.Doubled($"{conversationId}: nobody ever said '{text}'.");
            }
        }
    }

    private void CheckCommands(CrashConversation conversation, List<EventEnvelope> log)
    {
        var traces = Traces().CountBy(line => line).ToDictionary(line => line.Key, line => line.Value);
        var known = new HashSet<string>();
        foreach (var run in log.Where(envelope => envelope.RunId is not null).GroupBy(envelope => envelope.RunId, envelope => envelope.Event))
        {
            foreach (var call in run.OfType<ToolCallRequested>().Where(call => call.Tool == "Bash"))
            {
                var id = CrashStory.TraceOf(call.Arguments.GetProperty("command").GetString()!)!;
                known.Add(id);
                var ran = traces.GetValueOrDefault(id);
                var started = run.OfType<ToolCallStarted>().Any(each => each.CallId == call.CallId);
                var end = run.OfType<ToolCallEnded>().SingleOrDefault(each => each.CallId == call.CallId)?.Status;
                if (ran > 1 || (ran == 1 && !started) || (end is ToolCallStatus.Completed && ran != 1) || (end is ToolCallStatus.NotStarted && ran != 0))
                {
                    tally.Wrong($"{conversation.Id}: the command {id} ran {ran} times; started: {started}, end: {end}.");
                }
            }
        }

        var name = JsonDocument.Parse(conversation.Story).RootElement.GetProperty("name").GetString()!;
        foreach (var line in traces.Keys.Where(line => line.StartsWith(name + "-", StringComparison.Ordinal) && !known.Contains(line)))
        {
            tally.Wrong($"{conversation.Id}: the command {line} ran, and nothing tells of it.");
        }
    }

    private List<string> Traces() => File.Exists(traceFile) ? [.. File.ReadLines(traceFile).Where(line => line.Length > 0)] : [];

    private static EventEnvelope ToEnvelope(Guid conversationId, SeenEvent seen) => new(
        conversationId, seen.Sequence, Guid.Empty, seen.RunId, DateTimeOffset.UnixEpoch,
        EventCatalog.Deserialize(new StoredEvent(seen.Kind, seen.Version, seen.Payload)));

    private static IEnumerable<string> SaidIn(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Array => json.EnumerateArray().SelectMany(SaidIn),
        JsonValueKind.Object => json.EnumerateObject().SelectMany(property =>
            property.Name is "text" or "thinking" ? [property.Value.GetString()!] : SaidIn(property.Value)),
        _ => [],
    };
}
