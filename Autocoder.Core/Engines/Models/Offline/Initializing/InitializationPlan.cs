namespace Autocoder.Core.Engines.Models.Offline.Initializing;

/// <summary>The plan of an initialization, as <c>UpdatePlan</c> takes it.</summary>
internal sealed class InitializationPlan
{
    private readonly (string Id, string Text)[] _entries =
    [
        ("spec", "Read the approved specification and look at the folder"),
        ("backlog", "Create the features in the backlog"),
        ("files", "Write the first files and folders"),
        ("repository", "Put the project under version control"),
        ("check", "Check the result"),
    ];

    private readonly Dictionary<string, (string Status, string? Evidence)> _ended = [];

    /// <summary>Notes that a step was done, and what shows it.</summary>
    public void Complete(string id, string evidence) => _ended[id] = ("completed", evidence);

    /// <summary>Notes that a step could not be done.</summary>
    public void Fail(string id) => _ended[id] = ("failed", null);

    /// <summary>Notes that a step was left out.</summary>
    public void Skip(string id) => _ended[id] = ("skipped", null);

    /// <summary>The arguments of <c>UpdatePlan</c>.</summary>
    /// <param name="current">The step at work; null when none is.</param>
    public object At(string? current) => new
    {
        entries = _entries.Select(entry => ToArguments(entry.Id, entry.Text, entry.Id == current)).ToArray(),
    };

    private Dictionary<string, string> ToArguments(string id, string text, bool isCurrent)
    {
        var (status, evidence) = isCurrent ? ("in_progress", null) : _ended.GetValueOrDefault(id, ("pending", null));
        var arguments = new Dictionary<string, string> { ["id"] = id, ["text"] = text, ["status"] = status };
        if (evidence is not null)
        {
            arguments["evidence"] = evidence;
        }

        return arguments;
    }
}
