using System.Text.Json;
using System.Text.Json.Nodes;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Tests.TestSupport;
using FsCheck;
using FsCheck.Fluent;

namespace Autocoder.Tests.Conversations;

/// <summary>P14: every event survives its stored form, and what this build does not know is kept as it was.</summary>
public sealed class EventCatalogTests
{
    [Fact]
    public void Every_event_survives_being_stored() => Prop
        .ForAll(EventGenerator.All(), original =>
        {
            var stored = EventCatalog.Serialize(original);
            var read = EventCatalog.Deserialize(stored);
            Assert.IsType(original.GetType(), read);
            Assert.Equal(stored, EventCatalog.Serialize(read));
            AssertSame(original, read);
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    [Fact]
    public void Fields_of_a_newer_build_are_passed_over() => Prop
        .ForAll(EventGenerator.All(), original =>
        {
            var stored = EventCatalog.Serialize(original);
            var json = JsonNode.Parse(stored.Payload)!.AsObject();
            json["aFieldOfTheFuture"] = new JsonObject { ["x"] = 1 };
            AssertSame(original, EventCatalog.Deserialize(stored with { Payload = json.ToJsonString() }));
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Theory]
    [InlineData("kind_of_the_future", 1, """{ "b":1,  "a":"\u00e9" }""")]
    [InlineData("run_started", 99, """{"somethingElse":true}""")]
    public void A_kind_or_version_of_a_newer_build_is_kept_to_the_byte(string kind, int version, string payload)
    {
        var stored = new StoredEvent(kind, version, payload);

        var unknown = Assert.IsType<UnknownEvent>(EventCatalog.Deserialize(stored));

        Assert.Equal(stored, EventCatalog.Serialize(unknown));
    }

    [Fact]
    public async Task An_unknown_event_in_the_log_is_followed_and_kept()
    {
        await using var database = await TempDatabase.CreateAsync();
        await using var harness = await LogHarness.StartAsync(database.Store);
        var id = Guid.CreateVersion7();
        var future = new UnknownEvent("kind_of_the_future", 7, """{"a": 1 }""");

        await harness.Writer.AppendAsync(
            id, _ => [new NewEvent(new ConversationCreated(id, ConversationKind.Agent, "t")), new NewEvent(future)], CancellationToken.None);

        Assert.Equal(future, (await database.Store.ReadAsync(id, 1, long.MaxValue, 10, CancellationToken.None))[0].Event);
    }

    [Fact]
    public void Every_kind_has_a_name_of_its_own_and_a_version()
    {
        var kinds = EventCatalog.Kinds.ToList();

        Assert.Equal(kinds.Count, kinds.Select(kind => kind.Kind).Distinct().Count());
        Assert.All(kinds, kind => Assert.Matches("^[a-z]+(_[a-z]+)+$", kind.Kind));
        Assert.All(kinds, kind => Assert.True(kind.Version >= 1));
    }

    // These strings are in people's databases. A failure here means that old conversations can no longer be read.
    [Theory]
    [MemberData(nameof(StoredForms))]
    public void Every_kind_keeps_its_stored_form(string kind, string payload)
    {
        var stored = new StoredEvent(kind, 1, payload);

        Assert.Equal(stored, EventCatalog.Serialize(EventCatalog.Deserialize(stored)));
    }

    [Fact]
    public void The_stored_form_of_every_kind_is_pinned() => Assert.Equal(
        EventCatalog.Kinds.Select(kind => kind.Kind).Order(),
        StoredForms.Select(row => (string)row[0]).Distinct().Order());

    public static TheoryData<string, string> StoredForms
    {
        get
        {
            const string Id = "\"019a0000-0000-7000-8000-000000000001\"";
            return new()
            {
                { "conversation_created", $$$"""{"projectId":{{{Id}}},"surface":"Agent","title":"T","engine":"scripted:demo"}""" },
                { "conversation_renamed", """{"title":"T","automatic":true}""" },
                { "conversation_trashed", "{}" },
                { "answer_withdrawn", $$$"""{"itemIds":[{{{Id}}}]}""" },
                { "conversation_pin_changed", """{"isPinned":true}""" },
                { "conversation_archive_changed", """{"isArchived":true}""" },
                { "conversation_restored", "{}" },
                { "conversation_deleted", "{}" },
                { "prompt_admitted", $$$"""{"promptId":{{{Id}}},"text":"Hi","attachments":[{"name":"a.png","mediaType":"image/png","length":3,"blobHash":"ab"}]}""" },
                { "prompt_admitted", $$$"""{"promptId":{{{Id}}},"text":"Hi","attachments":[],"profile":"coder","delivery":"Steer","planFirst":true,"continues":{{{Id}}}}""" },
                { "prompt_edited", $$$"""{"promptId":{{{Id}}},"text":"T"}""" },
                { "prompt_delivery_changed", $$$"""{"promptId":{{{Id}}},"delivery":"Steer"}""" },
                { "prompts_reordered", $$$"""{"promptIds":[{{{Id}}}]}""" },
                { "prompt_delivered", $$$"""{"promptId":{{{Id}}}}""" },
                { "prompt_withdrawn", $$$"""{"promptId":{{{Id}}}}""" },
                { "run_started", $$$"""{"runId":{{{Id}}},"promptId":{{{Id}}},"profile":"coder","profileVersion":1,"engine":"offline"}""" },
                { "run_started", $$$"""{"runId":{{{Id}}},"promptId":{{{Id}}},"profile":"coder","profileVersion":1,"engine":"offline","limits":{"steps":9,"tokens":8,"costUsd":0.5,"minutes":7},"phase":"Analyse","continues":{{{Id}}}}""" },
                { "phase_changed", """{"phase":"Execute","note":"N"}""" },
                { "model_call_retried", """{"attempt":1,"delayMs":2000,"code":"overloaded","text":"T"}""" },
                { "run_stalled", """{"quietMs":60000}""" },
                { "stop_requested", """{"by":"person"}""" },
                { "run_ended", """{"outcome":"Failed","usage":{"input":1,"output":2,"cacheRead":3,"cacheWrite":4},"elapsedMs":5,"toolCalls":6,"filesChanged":7,"error":{"code":"c","message":"m"}}""" },
                { "run_ended", """{"outcome":"Stopped","usage":{"input":1,"output":2,"cacheRead":3,"cacheWrite":4,"costUsd":0.25},"elapsedMs":5,"toolCalls":6,"filesChanged":1,"files":["a"],"subAgentUsage":{"input":1,"output":0,"cacheRead":0,"cacheWrite":0}}""" },
                { "step_started", $$$"""{"stepId":{{{Id}}},"number":1}""" },
                { "step_ended", $$$"""{"stepId":{{{Id}}},"stopReason":"tool_use","usage":{"input":0,"output":0,"cacheRead":0,"cacheWrite":0}}""" },
                { "step_ended", $$$"""{"stepId":{{{Id}}},"stopReason":"end_turn","usage":{"input":0,"output":0,"cacheRead":0,"cacheWrite":0},"model":"M","firstTokenMs":12}""" },
                { "text_started", $$$"""{"itemId":{{{Id}}}}""" },
                { "text_completed", $$$"""{"itemId":{{{Id}}},"text":"T","partial":true}""" },
                { "reasoning_started", $$$"""{"itemId":{{{Id}}}}""" },
                { "reasoning_completed", $$$"""{"itemId":{{{Id}}},"text":"T","partial":false}""" },
                { "reasoning_completed", $$$"""{"itemId":{{{Id}}},"text":"T","partial":false,"signature":"S"}""" },
                { "tool_call_requested", """{"callId":"1","tool":"Read","title":"Read a","arguments":{"path":"a"},"effect":"ReadOnly"}""" },
                { "tool_call_started", """{"callId":"1"}""" },
                { "tool_call_started", """{"callId":"1","hash":"ab"}""" },
                { "approval_requested", $$$"""{"approvalId":{{{Id}}},"callId":"1","subject":"ToolCall","title":"Write a","reason":"R","hash":"ab","always":{"tool":"Write","resource":"a","effect":"Allow"},"childConversationId":{{{Id}}},"path":["explorer"]}""" },
                { "approval_resolved", $$$"""{"approvalId":{{{Id}}},"outcome":"AllowedForProject","comment":"C","rule":{"tool":"Write","resource":"a","effect":"Allow"},"by":"person"}""" },
                { "permission_rule_added", """{"rule":{"tool":"Write","resource":"**","effect":"Allow"}}""" },
                { "permission_rule_removed", """{"rule":{"tool":"Write","resource":"**","effect":"Allow"}}""" },
                { "step_ended", $$$"""{"stepId":{{{Id}}},"stopReason":"end_turn","usage":{"input":0,"output":0,"cacheRead":0,"cacheWrite":0},"window":200000}""" },
                { "compaction_requested", """{"by":"person"}""" },
                { "compaction_started", $$$"""{"compactionId":{{{Id}}},"method":"Mask","reason":"Automatic","tokensBefore":9}""" },
                { "compaction_completed", $$$"""{"compactionId":{{{Id}}},"method":"Summary","throughSequence":7,"summary":"S","masked":[3],"tokensBefore":9,"tokensAfter":5,"usage":{"input":0,"output":0,"cacheRead":0,"cacheWrite":0}}""" },
                { "compaction_failed", $$$"""{"compactionId":{{{Id}}},"reason":"R"}""" },
                { "compaction_failed", $$$"""{"compactionId":{{{Id}}},"reason":"R","usage":{"input":1,"output":2,"cacheRead":0,"cacheWrite":0}}""" },
                { "compaction_reverted", $$$"""{"compactionId":{{{Id}}}}""" },
                { "profile_switched", """{"profile":"reviewer","version":1,"by":"person"}""" },
                { "engine_switched", """{"by":"person","engine":"scripted:demo"}""" },
                { "engine_switched", """{"by":"person"}""" },
                { "tool_call_ended", """{"callId":"1","status":"Completed","output":"o","durationMs":4,"outputBlob":"ab","changedFile":"a","synthetic":false}""" },
                { "questions_asked", $$$"""{"requestId":{{{Id}}},"callId":"1","questions":[{"id":"q1","header":"H","text":"T","options":[{"id":"o1","label":"L","description":"D","recommended":true}],"multiSelect":false,"why":"W","placeholder":"P","required":true}]}""" },
                { "questions_answered", $$$"""{"requestId":{{{Id}}},"answers":[{"questionId":"q1","optionIds":["o1"],"text":"T"}]}""" },
                { "questions_expired", $$$"""{"requestId":{{{Id}}},"reason":"R"}""" },
                { "plan_updated", """{"revision":1,"entries":[{"id":"1","text":"T","status":"InProgress"}]}""" },
                { "plan_updated", """{"revision":2,"entries":[{"id":"1","text":"T","status":"Completed","evidence":"E","priority":"High","executor":"explorer"},{"id":"2","text":"U","status":"Cancelled"}]}""" },
                { "sub_agent_started", $$$"""{"childConversationId":{{{Id}}},"callId":"1","agent":"explorer","task":"T","depth":1}""" },
                { "sub_agent_ended", $$$"""{"childConversationId":{{{Id}}},"callId":"1","outcome":"Completed","summary":"S","usage":{"input":0,"output":0,"cacheRead":0,"cacheWrite":0}}""" },
                { "spec_draft_updated", """{"revision":1,"document":"{}"}""" },
                { "tool_call_ended", """{"callId":"1","status":"Completed","output":"o","durationMs":4,"synthetic":false,"seen":{"path":"a","hash":"ab"}}""" },
                { "file_checkpointed", """{"callId":"1","path":"a","after":{"hash":"cd","size":2},"before":{"hash":"ab","size":1}}""" },
                { "file_checkpointed", """{"callId":"1","path":"a","after":{"hash":"cd","size":2}}""" },
                { "undo_started", $$$"""{"undoId":{{{Id}}},"ofRunId":{{{Id}}},"files":[{"path":"a","from":{"hash":"cd","size":2}}],"callId":"1","redoes":{{{Id}}}}""" },
                { "undo_ended", $$$"""{"undoId":{{{Id}}},"ofRunId":{{{Id}}},"paths":["a"],"callIds":["1"],"problems":[{"path":"b","reason":"r"}],"callId":"1","redoes":{{{Id}}}}""" },
                { "spec_approved", """{"version":1,"revision":1,"hash":"ab","files":["prompts/app_spec.txt"],"featureCount":3}""" },
                { "warning_raised", """{"code":"c","text":"T"}""" },
            };
        }
    }

    // Records compare lists by reference, so what counts is that both say the same: compared through reflection, not through JSON.
    private static void AssertSame(object? expected, object? actual)
    {
        switch (expected)
        {
            case null or string or Guid or int or long or decimal or bool or Enum:
                Assert.Equal(expected, actual);
                break;
            case JsonElement json:
                Assert.True(JsonElement.DeepEquals(json, (JsonElement)actual!));
                break;
            case System.Collections.IEnumerable list:
                List<object> left = [.. list.Cast<object>()];
                List<object> right = [.. Assert.IsAssignableFrom<System.Collections.IEnumerable>(actual).Cast<object>()];
                Assert.Equal(left.Count, right.Count);
                left.Zip(right).ToList().ForEach(pair => AssertSame(pair.First, pair.Second));
                break;
            default:
                foreach (var property in expected.GetType().GetProperties().Where(p => p.CanWrite))
                {
                    AssertSame(property.GetValue(expected), property.GetValue(actual));
                }

                break;
        }
    }
}
