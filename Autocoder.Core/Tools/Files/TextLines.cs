namespace Autocoder.Core.Tools.Files;

/// <summary>Cuts a text into lines as editors number them: at <c>\n</c> or <c>\r\n</c>, without an empty one after the last.</summary>
internal static class TextLines
{
    public static IEnumerable<Range> Of(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            var next = end < 0 ? text.Length : end + 1;
            end = end < 0 ? text.Length : end;
            yield return start..(end > start && text[end - 1] == '\r' ? end - 1 : end);
            start = next;
        }
    }
}
