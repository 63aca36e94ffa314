namespace Autocoder.Core.Tools;

/// <summary>All tools there are, by name. Names are exact: <c>read</c> is not <c>Read</c>.</summary>
public sealed class ToolCatalog
{
    private readonly Dictionary<string, ITool> _tools;

    /// <exception cref="ArgumentException">Two tools have the same name.</exception>
    public ToolCatalog(IEnumerable<ITool> tools) =>
        _tools = tools.ToDictionary(tool => tool.Definition.Name, StringComparer.Ordinal);

    /// <summary>Every tool, in the order of their names.</summary>
    public IReadOnlyList<ITool> Tools => [.. _tools.Values.OrderBy(tool => tool.Definition.Name, StringComparer.Ordinal)];

    /// <summary>Gets a tool; null when there is none of that name.</summary>
    public ITool? Find(string name) => _tools.GetValueOrDefault(name);
}
