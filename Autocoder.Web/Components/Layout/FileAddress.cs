using System.Globalization;

namespace Autocoder.Web.Components.Layout;

/// <summary>The addresses of the page that shows a file.</summary>
public static class FileAddress
{
    /// <summary>The address of lines of a file, relative to the base.</summary>
    public static string Of(string project, string path, int line, int lastLine)
    {
        ArgumentNullException.ThrowIfNull(path);
        var to = lastLine > line ? string.Create(CultureInfo.InvariantCulture, $"&to={lastLine}") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{Place.Address(project, "files")}?path={Uri.EscapeDataString(path)}&line={line}{to}");
    }
}
