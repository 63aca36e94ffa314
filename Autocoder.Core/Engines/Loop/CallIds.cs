namespace Autocoder.Core.Engines.Loop;

/// <summary>The call ids of one run. A model that repeats one would otherwise be refused by the log.</summary>
internal sealed class CallIds
{
    private readonly HashSet<string> _taken;

    /// <param name="taken">Those the run has used before it went on after a restart.</param>
    public CallIds(IEnumerable<string> taken) => _taken = taken.ToHashSet(StringComparer.Ordinal);

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
