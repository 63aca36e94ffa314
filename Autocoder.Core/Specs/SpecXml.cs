namespace Autocoder.Core.Specs;

/// <summary>The form of a specification that lies in the project: <c>prompts/app_spec.txt</c>, well-formed XML.</summary>
/// <remarks>
/// Nothing is lost either way: <c>Parse(Render(document))</c> equals the document, and what a person added by hand comes
/// back where it stood. The layout is the one other tools of this kind read: the sections in their order, one bullet a line.
/// </remarks>
public static class SpecXml
{
    /// <summary>The name of the root element.</summary>
    public const string Root = "project_specification";

    /// <summary>Writes the document. Whatever its texts hold, the result is well-formed.</summary>
    public static string Render(SpecDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return SpecXmlWriter.Write(document);
    }

    /// <summary>Reads a file written here, by another tool of this kind, or by hand.</summary>
    /// <exception cref="SpecFormatException">It cannot be read; the message says why, and in which line.</exception>
    public static SpecDocument Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return SpecXmlReader.Read(text);
    }
}
