using System.Text.Json;

namespace Autocoder.Core.Engines.Models.Offline.Looking;

/// <summary>Lets a rule ask for tool results as if they were there, though each costs a round of the agent loop.</summary>
/// <remarks>
/// A rule is run from its beginning in every step. Where it asks for a result that this run has, it gets it; where the run has
/// not, the call is noted in <see cref="Needed"/>, the rule gives up for now, and the next step finds the result in the
/// messages. So rules are straight-line code, calls that do not depend on each other go out together, nothing is kept
/// between steps, and an interrupted run continues where it was.
/// </remarks>
internal sealed class Lookups
{
    private readonly HashSet<string> _tools;
    private readonly List<(ModelPart.ToolCall Call, ToolAnswer Answer)> _known = [];
    private readonly HashSet<string> _said = new(StringComparer.Ordinal);
    private readonly List<OfflineAction> _needed = [];

    public Lookups(ModelRequest request)
    {
        _tools = request.Tools.Select(tool => tool.Name).ToHashSet(StringComparer.Ordinal);
        var messages = request.Messages;
        var start = messages.Count - 1;
        while (start > 0 && !messages[start].IsPrompt)
        {
            start--;
        }

        Prompt = start >= 0 ? messages[start].PlainText : "";
        Earlier = messages.Take(Math.Max(start, 0)).ToList();
        IsFirstStep = !messages.Skip(start + 1).Any(message => message.Role is ModelRole.Assistant);
        Collect(messages.Skip(start + 1).SelectMany(message => message.Parts).ToList());
    }

    /// <summary>What the person asked.</summary>
    public string Prompt { get; }

    /// <summary>The conversation before the prompt.</summary>
    public IReadOnlyList<ModelMessage> Earlier { get; }

    /// <summary>Whether nothing was said yet since the prompt.</summary>
    public bool IsFirstStep { get; }

    /// <summary>The calls the rule could not go on without.</summary>
    public IReadOnlyList<OfflineAction> Needed => _needed;

    public bool IsWaiting => _needed.Count > 0;

    /// <summary>Whether this was said in the run already.</summary>
    public bool HasSaid(string text) => _said.Contains(text);

    /// <summary>The latest result of a tool in this run, whatever its arguments; null when it was not used.</summary>
    public ToolAnswer? Known(string tool) => _known.FindLast(one => one.Call.Tool == tool).Answer;

    /// <summary>The result of a call; null when it has to be made first.</summary>
    /// <param name="occurrence">2 for the second call with the same arguments, where a later look is wanted.</param>
    public ToolAnswer? Use(string tool, object arguments, int occurrence = 1)
    {
        if (!_tools.Contains(tool))
        {
            return new ToolAnswer($"The tool {tool} is not available here.", Succeeded: false);
        }

        var wanted = arguments as JsonElement? ?? JsonSerializer.SerializeToElement(arguments);
        var known = _known.Where(one => one.Call.Tool == tool && JsonElement.DeepEquals(one.Call.Arguments, wanted));
        if (known.Skip(occurrence - 1).FirstOrDefault() is { Answer: { } answer })
        {
            return answer;
        }

        _needed.Add(new OfflineAction.Use(tool, wanted));
        return null;
    }

    private void Collect(List<ModelPart> parts)
    {
        _said.UnionWith(parts.OfType<ModelPart.Text>().Select(text => text.Value));
        var results = parts.OfType<ModelPart.ToolResult>().ToLookup(result => result.CallId);
        foreach (var call in parts.OfType<ModelPart.ToolCall>())
        {
            var answer = results[call.CallId].FirstOrDefault() is { } result
                ? new ToolAnswer(result.Output, result.Succeeded)
                : new ToolAnswer("The call has no result; it was interrupted.", Succeeded: false);
            _known.Add((call, answer));
        }
    }
}
