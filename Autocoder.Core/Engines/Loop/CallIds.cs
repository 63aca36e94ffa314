using Autocoder.Core.Engines.Models;

namespace Autocoder.Core.Engines.Loop;

/// <summary>The call ids of one run. A model that repeats one would otherwise be refused by the log.</summary>
internal sealed class CallIds
{
    private readonly HashSet<string> _taken;

    /// <param name="messages">The conversation; only what follows the last prompt belongs to the run.</param>
    public CallIds(IReadOnlyList<ModelMessage> messages) => _taken = messages
        .Reverse()
        .TakeWhile(message => !message.IsPrompt)
        .SelectMany(message => message.Parts)
        .OfType<ModelPart.ToolCall>()
        .Select(call => call.CallId)
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>The wanted id, or the wanted id with a number when the run has it already.</summary>
    public string Take(string wanted)
    {
        var id = wanted;
        for (var number = 2; !_taken.Add(id); number++)
        {
            id = $"{wanted}~{number}";
        }

        return id;
    }
}
