using System.Globalization;
using System.Net;
using Autocoder.Web.Rendering;

namespace Autocoder.Web.Exports;

/// <summary>One page that holds everything and fetches nothing. It has no script and, should a browser be fooled, allows none.</summary>
internal static class HtmlExport
{
    private const string Style = """
        :root { color-scheme: light dark; }
        body { max-width: 52rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; font: 1rem/1.6 system-ui, sans-serif; color: light-dark(#191d23, #e5e9ee); background: light-dark(#ffffff, #171b21); overflow-wrap: anywhere; }
        h1 { font-size: 1.4rem; line-height: 1.3; } h2 { margin: 1.8rem 0 0.3rem; font-size: 0.95rem; }
        time, .about, .note, summary { color: light-dark(#545d69, #a3adb9); font-size: 0.85rem; font-weight: 400; }
        .said { white-space: pre-wrap; padding: 0.7rem 0.9rem; border-radius: 8px; background: light-dark(#e9edfb, #232b48); }
        pre, .detail { overflow-x: auto; padding: 0.7rem 0.9rem; border-radius: 8px; background: light-dark(#f1f3f6, #1e232b); font: 0.85rem/1.5 ui-monospace, monospace; white-space: pre-wrap; }
        code { font-family: ui-monospace, monospace; font-size: 0.9em; } figure { margin: 0.8rem 0; } figcaption { font-size: 0.8rem; } .copy { display: none; }
        table { border-collapse: collapse; } th, td { padding: 0.3rem 0.7rem; border: 1px solid light-dark(#8a94a1, #69737f); text-align: left; } th p, td p { margin: 0; } .table { overflow-x: auto; }
        a { color: light-dark(#3449b8, #a9b8ff); } .hidden-char { padding: 0 0.2em; border: 1px solid; border-radius: 3px; font-size: 0.75em; }
        .plain { white-space: pre-wrap; } details { margin: 0.4rem 0; } :focus-visible { outline: 2px solid light-dark(#3449b8, #a9b8ff); outline-offset: 2px; }
        """;

    public static Task BeginAsync(TextWriter to, ExportHead head) => to.WriteAsync($$"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="referrer" content="no-referrer">
        <title>{{VisibleText.ToHtml(VisibleText.ToPlain(head.Title))}}</title>
        <style>
        {{Style}}
        </style>
        </head>
        <body>
        <main>
        <h1>{{VisibleText.ToHtml(head.Title)}}</h1>
        <p class="about">{{VisibleText.ToHtml(head.About)}}</p>

        """);

    public static Task WriteFactsAsync(TextWriter to, IReadOnlyList<(string Name, string Value)> facts) => to.WriteAsync(
        "<table>\n" + string.Concat(facts.Select(fact => $"<tr><th scope=\"row\">{VisibleText.ToHtml(fact.Name)}</th><td>{VisibleText.ToHtml(fact.Value)}</td></tr>\n")) + "</table>\n");

    public static Task WriteAsync(TextWriter to, ExportEntry entry) => to.WriteAsync(entry switch
    {
        ExportedMessage message =>
            $"<section aria-label=\"Message\" id=\"e{message.Sequence}\"><h2>You {Time(message)}</h2><div class=\"said\">{VisibleText.ToHtml(message.Text)}</div>{Attachments(message)}</section>\n",
        ExportedAnswer answer =>
            $"<section aria-label=\"Answer\" id=\"e{answer.Sequence}\"><h2>Answer {Time(answer)}</h2>{SafeMarkdown.ToHtml(answer.Markdown)}{(answer.IsCut ? "<p class=\"note\">Cut off here.</p>" : "")}</section>\n",
        ExportedDetail { Text.Length: > 0 } detail =>
            $"<details id=\"e{detail.Sequence}\"><summary>{VisibleText.ToHtml(detail.Title)}</summary><div class=\"detail\" tabindex=\"0\">{VisibleText.ToHtml(detail.Text)}</div></details>\n",
        ExportedDetail detail => $"<p class=\"note\" id=\"e{detail.Sequence}\">{VisibleText.ToHtml(detail.Title)}</p>\n",
        ExportedNote note => $"<p class=\"note\" id=\"e{note.Sequence}\">{VisibleText.ToHtml(note.Text)} {Time(note)}</p>\n",
        _ => throw new InvalidOperationException($"{entry.GetType().Name} has no form in HTML."),
    });

    public static Task EndAsync(TextWriter to, string? unfinished) =>
        to.WriteAsync((unfinished is null ? "" : $"<p class=\"note\">{WebUtility.HtmlEncode(unfinished)}</p>\n") + "</main>\n</body>\n</html>\n");

    private static string Attachments(ExportedMessage message) => message.Attachments.Count == 0 ? ""
        : $"<p class=\"note\">Attached: {VisibleText.ToHtml(string.Join(", ", message.Attachments))}</p>";

    private static string Time(ExportEntry entry) => string.Create(
        CultureInfo.InvariantCulture, $"<time datetime=\"{entry.At.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}\">{entry.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC</time>");
}
