using System.Xml.Linq;

namespace Autocoder.Core.Specs;

/// <summary>What <c>feature_details</c> says of each feature: steps, dependencies, origin.</summary>
internal sealed class SpecXmlDetails
{
    // A faulty document may use an id twice; the first bullet then belongs to the first details.
    private readonly Dictionary<string, Queue<Entry>> _entries = new(StringComparer.Ordinal);

    public void Add(XElement element, IReadOnlyList<string> steps)
    {
        var id = (string?)element.Attribute("id") ?? "";
        if (!_entries.TryGetValue(id, out var queue))
        {
            _entries[id] = queue = new Queue<Entry>();
        }

        var dependsOn = ((string?)element.Attribute("depends_on") ?? "").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        var origin = SpecOrigin.Parse((string?)element.Attribute("origin") is { } text ? SpecText.Decode(text) : null);
        queue.Enqueue(new Entry(steps, dependsOn, origin));
    }

    public Entry Take(string id) =>
        _entries.TryGetValue(id, out var queue) && queue.TryDequeue(out var entry) ? entry : new Entry([], [], SpecOrigin.File);

    internal sealed record Entry(IReadOnlyList<string> Steps, IReadOnlyList<string> DependsOn, SpecOrigin Origin);
}
