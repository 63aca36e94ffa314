using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Autocoder.Tests.TestSupport.ScriptedAnthropic;

/// <summary>What a server's prompt cache would hold of the calls it was sent: https://platform.claude.com/docs/en/build-with-claude/prompt-caching.</summary>
/// <remarks>
/// A call is a list of blocks: tools, instructions, messages. A mark keeps everything up to it. A later call finds what was kept
/// when it begins with the very same blocks, up to one of its own marks or at most <see cref="LookBack"/> blocks before it. Tokens are a
/// quarter of the characters of a block's JSON, without its mark. Nothing is forgotten: the calls follow each other within minutes.
/// </remarks>
internal sealed class PromptCache
{
    /// <summary>What is shorter is not kept.</summary>
    public const long Shortest = 1_024;

    /// <summary>How many blocks before a mark are looked at.</summary>
    public const int LookBack = 20;

    private readonly HashSet<string> _kept = new(StringComparer.Ordinal);

    /// <summary>Takes the next call.</summary>
    /// <returns>How its tokens divide.</returns>
    public PromptShare Take(JsonNode body)
    {
        var blocks = Prefixes(body);
        var marks = Enumerable.Range(0, blocks.Count).Where(index => blocks[index].Lifetime is not null).ToList();
        var found = marks.SelectMany(mark => Enumerable.Range(Math.Max(0, mark - LookBack), Math.Min(mark, LookBack) + 1))
            .Where(index => _kept.Contains(blocks[index].Key))
            .DefaultIfEmpty(-1)
            .Max();
        var kept = marks.Where(mark => blocks[mark].Tokens >= Shortest).DefaultIfEmpty(-1).Max();
        _kept.UnionWith(marks.Where(mark => blocks[mark].Tokens >= Shortest).Select(mark => blocks[mark].Key));
        var all = blocks.Count == 0 ? 0 : blocks[^1].Tokens;
        var read = found < 0 ? 0 : blocks[found].Tokens;
        var written = Math.Max(0, (kept < 0 ? 0 : blocks[kept].Tokens) - read);
        return new PromptShare(read, written, all - read - written, kept >= 0 && blocks[kept].Lifetime == "1h");
    }

    private static List<Prefix> Prefixes(JsonNode body)
    {
        var prefixes = new List<Prefix>();
        var (key, characters) = ((string?)body["model"] ?? "", 0L);
        foreach (var (place, block) in BlocksOf(body))
        {
            var bare = block.DeepClone();
            var lifetime = bare is JsonObject parts && parts.Remove("cache_control", out var mark) ? (string?)mark?["ttl"] ?? "5m" : null;
            var text = bare.ToJsonString();
            characters += text.Length;
            key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{key}\n{place}\n{text}")));
            prefixes.Add(new Prefix(key, (characters + 3) / 4, lifetime));
        }

        return prefixes;
    }

    private static IEnumerable<(string Place, JsonNode Block)> BlocksOf(JsonNode body)
    {
        foreach (var tool in body["tools"]?.AsArray() ?? [])
        {
            yield return ("tool", tool!);
        }

        foreach (var block in Content(body["system"]))
        {
            yield return ("system", block);
        }

        foreach (var message in body["messages"]?.AsArray() ?? [])
        {
            foreach (var block in Content(message!["content"]))
            {
                yield return ((string?)message["role"] ?? "", block);
            }
        }
    }

    private static IEnumerable<JsonNode> Content(JsonNode? content) => content switch
    {
        JsonArray blocks => blocks.OfType<JsonNode>(),
        JsonValue text => [new JsonObject { ["type"] = "text", ["text"] = text.DeepClone() }],
        _ => [],
    };

    private sealed record Prefix(string Key, long Tokens, string? Lifetime);
}
