using System.Xml;
using System.Xml.Linq;

namespace Autocoder.Core.Specs;

/// <summary>One element or comment that stands for itself.</summary>
internal static class SpecXmlFragment
{
    /// <summary>Reads it, without document types and external parts.</summary>
    /// <returns>Null when the text holds none, or more than one.</returns>
    /// <exception cref="XmlException">It is not well-formed.</exception>
    public static XNode? Parse(string xml)
    {
        var settings = new XmlReaderSettings
        {
            ConformanceLevel = ConformanceLevel.Fragment,
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = SpecLimits.DocumentLength,
        };
        SpecXmlReader.CheckDepth(xml, settings);
        using var reader = XmlReader.Create(new StringReader(xml), settings);
        reader.Read();
        if (reader.NodeType is not (XmlNodeType.Element or XmlNodeType.Comment))
        {
            return null;
        }

        var node = XNode.ReadFrom(reader);
        return reader.EOF ? node : null;
    }
}
