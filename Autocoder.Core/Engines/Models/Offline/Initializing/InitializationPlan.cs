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

    private readonly Dictionary<string, string> _ended = [];

    /// <summary>Notes how a step ended.</summary>
    public void End(string id, string status) => _ended[id] = status;

    public void End(string id, bool succeeded) => End(id, succeeded ? "completed" : "failed");

    /// <summary>The arguments of <c>UpdatePlan</c> while a step is at work; null when none is.</summary>
    public object At(string? current) => new
    {
        entries = _entries.Select(entry => new
        {
            id = entry.Id,
            text = entry.Text,
            status = entry.Id == current ? "in_progress" : _ended.GetValueOrDefault(entry.Id, "pending"),
        }).ToArray(),
    };
}
