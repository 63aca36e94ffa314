using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Autocoder.Core.Tools.Files;

/// <summary>Looks for a regular expression in one text after another, until it has enough or has looked for too long.</summary>
internal sealed class LineSearch(Regex regex, int context, int limit, int maxBytes, TimeProvider time)
{
    private const int MaxLineLength = 400;
    private const int MaxPathLength = 300;

    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(5);

    private readonly long _startedAt = time.GetTimestamp();
    private readonly StringBuilder _found = new();
    private int _bytes;

    public int Matches { get; private set; }

    public int FilesWithMatches { get; private set; }

    /// <summary>Why it looks no further; null while it does.</summary>
    public string? Stopped { get; private set; }

    public string Found => _found.ToString();

    public void Search(string path, string text, CancellationToken cancellationToken)
    {
        var lines = TextLines.Of(text).ToArray();
        var shownTo = 0;
        var before = Matches;
        for (var index = 0; index < lines.Length && IsInTime(); index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (FindIn(text.AsSpan()[lines[index]], path, index) is not { } at)
            {
                continue;
            }

            if (Matches == limit)
            {
                Stopped = $"[The first {ToolText.Count(limit, "match")}; there are more. Use a narrower pattern, path or glob.]";
                break;
            }

            Matches++;
            shownTo = Show(path, text, lines, index, at, shownTo);
        }

        FilesWithMatches += Matches > before ? 1 : 0;
    }

    /// <summary>Whether there is time left. It counts from the beginning, over whatever is done for the search.</summary>
    public bool IsInTime()
    {
        if (Stopped is null && time.GetElapsedTime(_startedAt) > Budget)
        {
            Stopped = $"[Stopped after {Budget.Seconds} seconds. Use a narrower path or glob.]";
        }

        return Stopped is null;
    }

    private int? FindIn(ReadOnlySpan<char> line, string path, int index)
    {
        try
        {
            foreach (var match in regex.EnumerateMatches(line))
            {
                return match.Index;
            }
        }
        catch (RegexMatchTimeoutException)
        {
            var where = ToolText.Line(path, MaxPathLength);
            Stopped = $"[Stopped at {where}:{index + 1}: the pattern takes too long there. Make it simpler, without nested repetition.]";
        }

        return null;
    }

    // Lines that were already shown, as context of the match before, are not shown again.
    private int Show(string path, string text, Range[] lines, int index, int at, int shownTo)
    {
        var first = Math.Max(index - context, shownTo);
        if (context > 0 && _found.Length > 0 && (first > shownTo || shownTo == 0))
        {
            Append("--\n");
        }

        for (var number = first; number < index; number++)
        {
            AppendLine(path, number, '-', text[lines[number]], 0);
        }

        AppendLine(path, index, ':', text[lines[index]], at);
        var next = index + 1;
        for (; next < lines.Length && next <= index + context && FindIn(text.AsSpan()[lines[next]], path, next) is null; next++)
        {
            AppendLine(path, next, '-', text[lines[next]], 0);
        }

        return next;
    }

    private void AppendLine(string path, int index, char mark, string line, int at) => Append(string.Create(
        CultureInfo.InvariantCulture, $"{ToolText.Line(path, MaxPathLength)}{mark}{index + 1}{mark} {Window(line, at)}\n"));

    private void Append(string text)
    {
        _bytes += Encoding.UTF8.GetByteCount(text);
        if (_bytes > maxBytes)
        {
            Stopped ??= "[The output is full; there are more matches. Use a narrower pattern, path or glob.]";
            return;
        }

        _found.Append(text);
    }

    // Of a long line, the part around the match.
    private static string Window(string line, int at)
    {
        const int Before = 100;
        if (line.Length <= MaxLineLength)
        {
            return line;
        }

        var start = Math.Max(0, Math.Min(at - Before, line.Length - MaxLineLength));
        if (start > 0 && char.IsLowSurrogate(line[start]))
        {
            start++;
        }

        return (start > 0 ? "…" : "") + ToolText.Shorten(line[start..], MaxLineLength);
    }
}
