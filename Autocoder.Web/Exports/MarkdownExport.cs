using System.Globalization;
using System.Text.RegularExpressions;
using Autocoder.Web.Rendering;

namespace Autocoder.Web.Exports;

/// <summary>A conversation as Markdown: what a person wrote is quoted, answers are as they were, and results stand in fences they cannot close.</summary>
internal static partial class MarkdownExport
{
    public static Task BeginAsync(TextWriter to, ExportHead head) => to.WriteAsync($"# {Line(head.Title)}\n\n{Line(head.About)}\n");

    public static Task WriteAsync(TextWriter to, ExportEntry entry) => to.WriteAsync(entry switch
    {
        ExportedMessage message => $"\n## You, {Time(message)}\n\n{Quote(message.Text)}\n{string.Concat(message.Attachments.Select(name => $"\nAttached: {Line(name)}\n"))}",
        ExportedAnswer answer => $"\n## Answer, {Time(answer)}\n\n{answer.Markdown.TrimEnd()}\n{(answer.IsCut ? "\n*Cut off here.*\n" : "")}",
        ExportedDetail detail => $"\n*{Line(detail.Title)}*\n{(detail.Text.Length == 0 ? "" : Fence(detail.Text))}",
        ExportedNote note => $"\n*{Line(note.Text)}*\n",
        _ => throw new InvalidOperationException($"{entry.GetType().Name} has no form in Markdown."),
    });

    public static Task EndAsync(TextWriter to, string? unfinished) => to.WriteAsync(unfinished is null ? "" : $"\n*{unfinished}*\n");

    private static string Fence(string text)
    {
        var longest = Ticks().EnumerateMatches(text);
        var length = 2;
        foreach (var run in longest)
        {
            length = Math.Max(length, run.Length);
        }

        var fence = new string('`', length + 1);
        return $"\n{fence}\n{text.TrimEnd('\n')}\n{fence}\n";
    }

    private static string Quote(string text) => string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => $"> {line}".TrimEnd()));

    // On one line, with nothing in it that Markdown would read as more than text.
    private static string Line(string text) =>
        Special().Replace(VisibleText.ToPlain(string.Join(' ', text.Split((char[])['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries))), @"\$0");

    private static string Time(ExportEntry entry) => entry.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    [GeneratedRegex("`+")]
    private static partial Regex Ticks();

    [GeneratedRegex(@"[\\`*_\[\]<>#|!]")]
    private static partial Regex Special();
}
