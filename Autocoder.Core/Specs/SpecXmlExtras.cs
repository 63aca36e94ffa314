using System.Xml.Linq;

namespace Autocoder.Core.Specs;

/// <summary>Keeps what the model does not know: takes it out with its place, and puts it back there.</summary>
internal static class SpecXmlExtras
{
    /// <summary>Finds the nodes directly in an element that nobody understands.</summary>
    /// <param name="path">Path of <paramref name="parent"/>: <c>/core_features</c>, or <c>/</c>.</param>
    public static IEnumerable<SpecExtra> Find(XElement parent, string path, Func<XElement, bool> isKnown)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var after = "";
        foreach (var node in parent.Nodes())
        {
            if (node is XElement known && isKnown(known))
            {
                after = Step(known.Name.LocalName, counts);
            }
            else if (node is XElement or XComment)
            {
                yield return new SpecExtra(path, after, node.ToString(SaveOptions.DisableFormatting));
            }
        }
    }

    /// <summary>Path of a known child.</summary>
    /// <param name="counts">How often each name came before among the known ones.</param>
    public static string Step(string name, Dictionary<string, int> counts)
    {
        var count = counts[name] = counts.GetValueOrDefault(name) + 1;
        return count == 1 ? name : $"{name}[{count}]";
    }

    /// <summary>Puts the nodes back; one whose place is gone comes at the end.</summary>
    public static void Insert(XElement root, IReadOnlyList<SpecExtra> extras)
    {
        // Places are found before anything is put in, so that an addition never counts as a known sibling.
        var places = extras.Select(extra =>
        {
            var parent = Follow(root, extra.Parent) ?? root;
            var isFirst = extra.After.Length == 0;
            return (Extra: extra, Parent: parent, Anchor: isFirst ? null : Follow(parent, extra.After), IsFirst: isFirst);
        }).ToList();
        var last = new Dictionary<(XElement, XNode?), XNode>();
        foreach (var (extra, parent, anchor, isFirst) in places)
        {
            if (SpecXmlFragment.Parse(extra.Xml) is not { } node)
            {
                continue;
            }

            node.AddAnnotation(extra);
            var atEnd = anchor is null && !isFirst;
            if (last.TryGetValue((parent, anchor), out var previous) && !atEnd)
            {
                previous.AddAfterSelf(node);
            }
            else if (anchor is not null)
            {
                anchor.AddAfterSelf(node);
            }
            else if (isFirst)
            {
                parent.AddFirst(node);
            }
            else
            {
                parent.Add(node);
                continue;
            }

            last[(parent, anchor)] = node;
        }
    }

    private static XElement? Follow(XElement from, string path)
    {
        var element = from;
        foreach (var step in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var bracket = step.IndexOf('[', StringComparison.Ordinal);
            var name = bracket < 0 ? step : step[..bracket];
            var number = bracket < 0 ? 1 : int.TryParse(step[(bracket + 1)..].TrimEnd(']'), out var parsed) ? parsed : 0;
            element = element.Elements().Where(child => child.Name.LocalName == name).ElementAtOrDefault(number - 1);
            if (element is null)
            {
                return null;
            }
        }

        return element;
    }
}
