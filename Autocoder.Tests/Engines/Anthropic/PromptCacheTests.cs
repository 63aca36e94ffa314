using System.Text.Json;
using System.Text.Json.Nodes;
using Autocoder.Tests.TestSupport.ScriptedAnthropic;

namespace Autocoder.Tests.Engines.Anthropic;

/// <summary>How the tokens of a conversation divide by our marks, and that the account itself is right.</summary>
public sealed class PromptCacheTests
{
    [Fact]
    public async Task From_the_second_turn_on_nearly_everything_that_was_sent_before_is_found_in_the_cache()
    {
        var filler = string.Join(' ', Enumerable.Range(0, 1_000).Select(number => $"word{number}"));
        await using var bench = await AnthropicBench.StartAsync(
            """{"fallback":{"blocks":[{"type":"text","text":"The answer, at some length: """ + filler + "\"}]}}");
        for (var turn = 0; turn < 4; turn++)
        {
            await bench.AskAsync($"Question {turn}.");
        }

        var cache = new PromptCache();
        var shares = bench.Server.Calls.Select(call => cache.Take(call.Body)).ToList();

        Assert.Equal(4, shares.Count);
        Assert.Equal(0, shares[0].Read);
        for (var turn = 1; turn < shares.Count; turn++)
        {
            Assert.True(shares[turn].Read >= shares[turn - 1].Read + shares[turn - 1].Written, $"Turn {turn}: {shares[turn]}");
            Assert.True(shares[turn].Full < 200, $"Turn {turn}: {shares[turn]}");
        }
    }

    [Fact]
    public void What_has_no_mark_is_paid_in_full_each_time()
    {
        var cache = new PromptCache();
        var body = Body(Block(8_000, isMarked: false));

        Assert.Equal((0, 0), (cache.Take(body).Read, cache.Take(body).Read));
        Assert.Equal(cache.Take(body).All, cache.Take(body).Full);
    }

    [Fact]
    public void What_is_marked_is_written_once_and_then_read()
    {
        var cache = new PromptCache();
        var first = cache.Take(Body(Block(8_000, isMarked: true), Block(400, isMarked: false)));
        var second = cache.Take(Body(Block(8_000, isMarked: true), Block(800, isMarked: false)));

        Assert.Equal((0, first.Written), (first.Read, second.Read));
        Assert.Equal(0, second.Written);
        Assert.True(second.Full > first.Full);
        Assert.Equal((0.1 * second.Read) + second.Full, second.Paid);
    }

    [Fact]
    public void One_changed_letter_in_front_loses_everything_behind_it()
    {
        var cache = new PromptCache();
        cache.Take(Body(Block(8_000, isMarked: true, letter: 'a'), Block(8_000, isMarked: true)));

        Assert.Equal(0, cache.Take(Body(Block(8_000, isMarked: true, letter: 'b'), Block(8_000, isMarked: true))).Read);
    }

    [Fact]
    public void What_is_too_short_is_not_kept()
    {
        var cache = new PromptCache();
        cache.Take(Body(Block(400, isMarked: true)));

        Assert.Equal(0, cache.Take(Body(Block(400, isMarked: true))).Read);
    }

    [Theory]
    [InlineData(19, true)]
    [InlineData(21, false)]
    public void A_mark_finds_what_was_kept_a_few_blocks_before_it(int between, bool isFound)
    {
        var cache = new PromptCache();
        cache.Take(Body(Block(8_000, isMarked: true)));

        var share = cache.Take(Body([Block(8_000, isMarked: false), .. Enumerable.Range(0, between).Select(_ => Block(10, isMarked: false)), Block(10, isMarked: true)]));

        Assert.Equal(isFound, share.Read > 0);
    }

    private static JsonObject Body(params JsonObject[] blocks) => new()
    {
        ["model"] = "m",
        ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = new JsonArray([.. blocks.Select(block => (JsonNode)block)]) }),
    };

    private static JsonObject Block(int length, bool isMarked, char letter = 'x')
    {
        var block = new JsonObject { ["type"] = "text", ["text"] = new string(letter, length) };
        if (isMarked)
        {
            block["cache_control"] = JsonSerializer.SerializeToNode(new { type = "ephemeral" });
        }

        return block;
    }
}
