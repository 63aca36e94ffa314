using System.Text;

namespace Autocoder.Core.Projects;

/// <summary>Decides whether bytes are text, and which.</summary>
internal static class FileText
{
    /// <summary>Null when the bytes are not text. Bytes that are no valid UTF-8 become U+FFFD.</summary>
    public static string? Decode(ReadOnlySpan<byte> bytes)
    {
        var text = bytes switch
        {
            [0xEF, 0xBB, 0xBF, .. var rest] => Encoding.UTF8.GetString(rest),
            [0xFF, 0xFE, .. var rest] => Encoding.Unicode.GetString(rest),
            [0xFE, 0xFF, .. var rest] => Encoding.BigEndianUnicode.GetString(rest),
            _ => Encoding.UTF8.GetString(bytes),
        };
        return text.Contains('\0', StringComparison.Ordinal) ? null : text;
    }
}
