using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Autocoder.Core.Specs;

/// <summary>Parses a document; the counterpart of <see cref="SpecXmlWriter"/>, and kind to files written by hand.</summary>
internal static partial class SpecXmlReader
{
    public static SpecDocument Read(string text)
    {
        var root = Load(text);
        if (root.Name.LocalName != SpecXml.Root)
        {
            throw new SpecFormatException($"The file must begin with <{SpecXml.Root}>, but it begins with <{root.Name.LocalName}>.");
        }

        var document = new SpecXmlSections(root).Read();
        SpecShape.Check(document);
        return document;
    }

    /// <summary>Refuses what is nested so deeply that reading it would cost more than it is worth.</summary>
    public static void CheckDepth(string text, XmlReaderSettings settings)
    {
        using var reader = XmlReader.Create(new StringReader(text), settings);
        while (reader.Read())
        {
            if (reader.Depth > SpecLimits.Depth)
            {
                throw new XmlException($"Elements are nested more than {SpecLimits.Depth} deep.", null, Line(reader), 1);
            }
        }
    }

    private static XElement Load(string text)
    {
        if (text.Length > SpecLimits.DocumentLength)
        {
            throw new SpecFormatException($"The file is longer than {SpecLimits.DocumentLength:N0} characters. Nothing was read from it.");
        }

        text = text.TrimStart('\ufeff', ' ', '\t', '\r', '\n');
        try
        {
            return LoadStrict(text);
        }
        catch (XmlException exception)
        {
            // Other tools never parse the file, so a bare & or "a < b" is common in theirs. Anything else is an error.
            var mended = StrayLess().Replace(BareAmpersand().Replace(text, "&amp;"), "&lt;");
            if (mended != text && !exception.Message.Contains("DTD", StringComparison.Ordinal))
            {
                try
                {
                    return LoadStrict(mended);
                }
                catch (XmlException)
                {
                    // The first message fits the text as the person wrote it.
                }
            }

            throw new SpecFormatException(
                string.Create(CultureInfo.InvariantCulture, $"The file is not well-formed XML, line {exception.LineNumber}: {exception.Message}"), exception);
        }
    }

    private static XElement LoadStrict(string text)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreProcessingInstructions = true,
            MaxCharactersInDocument = SpecLimits.DocumentLength * 2L,
        };
        CheckDepth(text, settings);
        using var reader = XmlReader.Create(new StringReader(text), settings);
        return XElement.Load(reader, LoadOptions.PreserveWhitespace);
    }

    private static int Line(XmlReader reader) => (reader as IXmlLineInfo)?.LineNumber ?? 0;

    [GeneratedRegex("&(?!(?:#[0-9]+|#x[0-9a-fA-F]+|lt|gt|amp|quot|apos);)")]
    private static partial Regex BareAmpersand();

    [GeneratedRegex("<(?![/!?A-Za-z_])")]
    private static partial Regex StrayLess();
}
