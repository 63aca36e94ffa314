using System.Xml;

namespace Autocoder.Core.Specs;

/// <summary>What must hold for a document to be kept at all. Everything that a person can mend later is <see cref="SpecLint"/>'s.</summary>
internal static class SpecShape
{
    /// <summary>Checks a document that came from outside.</summary>
    /// <exception cref="SpecFormatException">A part is missing or there is too much.</exception>
    public static void Check(SpecDocument document)
    {
        var features = document.AllFeatures().ToList();
        Require(features.Count <= SpecLimits.Features, $"The specification holds more than {SpecLimits.Features} features.");
        foreach (var id in features.SelectMany(feature => feature.DependsOn.Prepend(feature.Id)))
        {
            Require(SpecText.IsFeatureId(id), $"'{id}' is not the id of a feature; ids look like F-03.");
        }

        foreach (var endpoint in document.EndpointGroups.SelectMany(group => group.Endpoints))
        {
            Require(
                endpoint.Method.Length > 0 && endpoint.Method.All(char.IsAsciiLetter) && !string.IsNullOrWhiteSpace(endpoint.Path),
                "An endpoint needs a method and a path, for example GET /api/lists.");
        }

        foreach (var extra in document.Extras)
        {
            Require(IsNode(extra.Xml), $"The additional element after '{extra.After}' is not well-formed XML.");
        }
    }

    private static bool IsNode(string xml)
    {
        try
        {
            return SpecXmlFragment.Parse(xml) is not null;
        }
        catch (XmlException)
        {
            return false;
        }
    }

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new SpecFormatException(message);
        }
    }
}
