namespace Autocoder.Core.Tools.Permissions.Commands.Grammar;

/// <content>Where input comes from and output goes, and the texts written into a command line.</content>
internal sealed partial class ShellParser
{
    private static readonly string[] Operators = ["&>>", "&>", "<<<", "<<-", "<<", "<&", "<>", "<", ">>", ">&", ">|", ">"];

    private Redirection? TakeRedirection()
    {
        var start = _at;
        while (char.IsAsciiDigit(Peek()))
        {
            _at++;
        }

        if ((Peek() is not ('<' or '>') && !(Peek() == '&' && Peek(1) == '>' && _at == start)) || IsProcessSubstitution())
        {
            _at = start;
            return null;
        }

        var sign = Array.Find(Operators, Take) ?? throw Unknown("a redirection that is not followed");
        SkipBlanks();
        var target = ReadWord();
        if (Peek() is '<' or '>' && target.Plain?.All(char.IsAsciiDigit) == true)
        {
            throw Unknown("a number that could be a file or a descriptor");
        }

        var redirection = new Redirection(sign, target);
        if (sign is "<<" or "<<-")
        {
            var end = string.Concat(target.Parts.Select(part => part is TextPart text ? text.Text : throw Unknown("an end mark that is not plain")));
            _hereDocuments.Add((redirection, end, target.Plain is null));
        }

        return redirection;
    }

    // They begin on the line after the one that names them.
    private void ReadHereDocuments()
    {
        foreach (var (redirection, end, isQuoted) in _hereDocuments)
        {
            redirection.Body = ReadHereDocument(end, isQuoted, redirection.Operator == "<<-");
        }

        _hereDocuments.Clear();
    }

    private Word ReadHereDocument(string end, bool isQuoted, bool isIndented)
    {
        var lines = new List<string>();
        while (true)
        {
            if (IsAtEnd)
            {
                throw Unknown("a here-document without its end");
            }

            var newLine = text.IndexOf('\n', _at);
            var line = text[_at..(newLine < 0 ? text.Length : newLine)];
            _at = newLine < 0 ? text.Length : newLine + 1;
            line = isIndented ? line.TrimStart('\t') : line;
            if (line == end)
            {
                var body = string.Join('\n', lines);
                return isQuoted
                    ? new Word([new TextPart(body, IsQuoted: true)], body)
                    : new ShellParser(body) { _depth = _depth }.ReadHereText();
            }

            lines.Add(line);
        }
    }

    private Word ReadHereText()
    {
        var parts = new List<WordPart>();
        ReadQuoted(parts, '\0');
        return new Word(parts, text);
    }
}
