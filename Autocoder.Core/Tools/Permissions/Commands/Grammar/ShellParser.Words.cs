using System.Text;

namespace Autocoder.Core.Tools.Permissions.Commands.Grammar;

/// <content>Words, with their quotes and what is put in their place.</content>
internal sealed partial class ShellParser
{
    private const string NumberSigns = "0123456789+-*/%()<>=!&|^~?:, \t";

    private Word ReadWord()
    {
        var start = _at;
        var parts = new List<WordPart>();
        while (!IsAtEnd && (!IsMeta(Peek()) || IsProcessSubstitution()))
        {
            ReadPart(parts);
        }

        return _at > start ? new Word(parts, text[start.._at]) : throw Unknown($"{Show(Peek())} where a word was expected");
    }

    private void ReadPart(List<WordPart> parts)
    {
        switch (Peek())
        {
            case '<' or '>':
                _at += 2;
                parts.Add(Substitute());
                break;
            case '\\' when Peek(1) == '\n':
                _at += 2;
                break;
            case '\\':
                AddText(parts, Peek(1) == '\0' ? throw Unknown("a backslash at the end") : Peek(1).ToString(), isQuoted: true);
                _at += 2;
                break;
            case '\'':
                AddText(parts, Upto('\''), isQuoted: true);
                break;
            case '"':
                _at++;
                AddText(parts, "", isQuoted: true);
                ReadQuoted(parts, '"');
                break;
            case '$':
                ReadDollar(parts, isQuoted: false);
                break;
            case '`':
                parts.Add(Backquoted());
                break;
            default:
                AddText(parts, text[_at++].ToString(), isQuoted: false);
                break;
        }
    }

    private bool IsProcessSubstitution() => Peek() is '<' or '>' && Peek(1) == '(';

    private SubstitutionPart Substitute()
    {
        if (_hereDocuments.Count > 0)
        {
            throw Unknown("a substitution on the line of a here-document");
        }

        var inner = ParseList(")");
        Expect(")");
        return new SubstitutionPart(inner);
    }

    // The text between two of a sign.
    private string Upto(char sign)
    {
        var end = text.IndexOf(sign, _at + 1);
        if (end < 0)
        {
            throw Unknown($"{Show(sign)} without its end");
        }

        var inner = text[(_at + 1)..end];
        _at = end + 1;
        return inner;
    }

    // Up to the closing sign and past it; to the end where there is none.
    private void ReadQuoted(List<WordPart> parts, char closing)
    {
        while (!IsAtEnd && (closing == '\0' || Peek() != closing))
        {
            switch (Peek())
            {
                case '\\' when Peek(1) == '\n':
                    _at += 2;
                    break;
                case '\\' when Peek(1) is '$' or '`' or '\\' || (closing == '"' && Peek(1) == '"'):
                    AddText(parts, Peek(1).ToString(), isQuoted: true);
                    _at += 2;
                    break;
                case '$':
                    ReadDollar(parts, isQuoted: true);
                    break;
                case '`':
                    parts.Add(Backquoted());
                    break;
                default:
                    AddText(parts, text[_at++].ToString(), isQuoted: true);
                    break;
            }
        }

        if (closing != '\0')
        {
            _at = IsAtEnd ? throw Unknown($"{Show(closing)} without its end") : _at + 1;
        }
    }

    private void ReadDollar(List<WordPart> parts, bool isQuoted)
    {
        _at++;
        switch (Peek())
        {
            case '(' when Peek(1) == '(':
                parts.Add(Calculation());
                break;
            case '(':
                _at++;
                parts.Add(Substitute());
                break;
            case '{':
                parts.Add(Braced(isQuoted));
                break;
            case '\'' when !isQuoted:
                AddText(parts, Decoded(), isQuoted: true);
                break;
            case '"' when !isQuoted:
                throw Unknown("a text that is to be translated");
            case '[':
                throw Unknown("a calculation");
            case var first when NameLength(_at) is var length and > 0:
                parts.Add(new VariablePart(text.Substring(_at, length), isQuoted));
                _at += length;
                break;
            case var special when char.IsAsciiDigit(special) || special is '?' or '$' or '!' or '#' or '@' or '*' or '-':
                parts.Add(new VariablePart(special.ToString(), isQuoted));
                _at++;
                break;
            default:
                AddText(parts, "$", isQuoted: true);
                break;
        }
    }

    private WordPart Braced(bool isQuoted)
    {
        var end = text.IndexOf('}', _at);
        var inner = end < 0 ? throw Unknown("“{” without its end") : text[(_at + 1)..end];
        var isLength = inner.Length > 1 && inner[0] == '#';
        var name = isLength ? inner[1..] : inner;
        var isName = name.Length > 0 && (NameLengthOf(name) == name.Length || name.All(char.IsAsciiDigit) || name is "?" or "$" or "!" or "#" or "@" or "*" or "-");
        if (!isName)
        {
            throw Unknown("a variable that is changed on the way");
        }

        _at = end + 1;
        return isLength ? new NumberPart() : new VariablePart(name, isQuoted);
    }

    private static int NameLengthOf(string name) => new ShellParser(name).NameLength(0);

    // Names in it could be array elements, and those can run commands.
    private NumberPart Calculation()
    {
        var depth = 0;
        for (var index = _at; index < text.Length; index++)
        {
            depth += text[index] == '(' ? 1 : text[index] == ')' ? -1 : 0;
            if (!NumberSigns.Contains(text[index], StringComparison.Ordinal))
            {
                break;
            }

            if (depth == 0)
            {
                var isClosed = text[index - 1] == ')';
                _at = isClosed ? index + 1 : throw Unknown("a calculation without its end");
                return new NumberPart();
            }
        }

        throw Unknown("a calculation with names");
    }

    // Inside of them a backslash hides the next one, so they are read twice, as the shell does.
    private SubstitutionPart Backquoted()
    {
        var inner = new StringBuilder();
        for (var index = _at + 1; index < text.Length; index++)
        {
            if (text[index] == '`')
            {
                _at = index + 1;
                return new SubstitutionPart(new ShellParser(inner.ToString()) { _depth = _depth + 1 }.ParseAll());
            }

            if (text[index] == '\\' && index + 1 < text.Length && text[index + 1] is '`' or '\\' or '$')
            {
                index++;
            }

            inner.Append(text[index]);
        }

        throw Unknown("“`” without its end");
    }

    private static void AddText(List<WordPart> parts, string added, bool isQuoted)
    {
        if (parts is [.., TextPart last] && last.IsQuoted == isQuoted)
        {
            parts[^1] = last with { Text = last.Text + added };
        }
        else
        {
            parts.Add(new TextPart(added, isQuoted));
        }
    }
}
