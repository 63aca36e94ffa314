namespace Autocoder.Core.Tools.Permissions.Commands.Grammar;

/// <summary>
/// Reads command lines as bash does, and refuses what it does not know for sure: arrays, arithmetic with names, <c>[[ ]]</c>,
/// operations inside <c>${ }</c>, patterns with brackets. A refusal costs a question to a person, a guess could cost their files.
/// </summary>
/// <remarks>The grammar is that of the bash manual, "Shell Syntax", as bash 5.2 reads a script that is not interactive.</remarks>
internal sealed partial class ShellParser(string text)
{
    private const int MaxDepth = 40;

    private readonly List<(Redirection Redirection, string End, bool IsQuoted)> _hereDocuments = [];
    private int _at;
    private int _depth;

    /// <exception cref="ShellSyntaxException">Something is not understood.</exception>
    public Script ParseAll()
    {
        var script = ParseList();
        if (!IsAtEnd)
        {
            throw Unknown($"{Show(Peek())} where a command was expected");
        }

        return _hereDocuments.Count == 0 ? script : throw Unknown("a here-document without text");
    }

    private bool IsAtEnd => _at >= text.Length;

    private char Peek(int ahead = 0) => _at + ahead < text.Length ? text[_at + ahead] : '\0';

    private ShellSyntaxException Unknown(string what) => new(what, _at + 1);

    private static string Show(char character) => character == '\0' ? "an end" : $"“{character}”";

    // Up to a word or a sign that closes what it is in, which the caller takes.
    private Script ParseList(params string[] closers)
    {
        if (++_depth > MaxDepth)
        {
            throw Unknown("a nesting too deep to follow");
        }

        var pipelines = new List<Pipeline>();
        SkipLines();
        while (!IsAtEnd && !IsAt(closers))
        {
            var commands = ParsePipeline();
            SkipBlanks();
            var inBackground = Peek() == '&' && Peek(1) is not '&' and not '>';
            pipelines.Add(new Pipeline(commands, inBackground));
            if (!TakeJoint(closers))
            {
                break;
            }
        }

        _depth--;
        return new Script(pipelines);
    }

    // What stands between two commands. False when nothing does, so that the list is at its end.
    private bool TakeJoint(string[] closers)
    {
        if (Take("&&") || Take("||"))
        {
            SkipLines();
            return !IsAtEnd && !IsAt(closers) ? true : throw Unknown("no command after “&&” or “||”");
        }

        if (IsAtEndOfCase() || Peek() is not (';' or '&' or '\n'))
        {
            return false;
        }

        if (Peek() != '\n')
        {
            _at++;
        }

        SkipLines();
        return true;
    }

    private bool IsAtEndOfCase() => Peek() == ';' && Peek(1) is ';' or '&';

    private List<ShellNode> ParsePipeline()
    {
        while (TakeReserved("!") || TakeReserved("time"))
        {
            SkipBlanks();
        }

        var commands = new List<ShellNode> { ParseCommand() };
        SkipBlanks();
        while (Peek() == '|' && Peek(1) != '|')
        {
            _at += Peek(1) == '&' ? 2 : 1;
            SkipLines();
            commands.Add(ParseCommand());
            SkipBlanks();
        }

        return commands;
    }

    private SimpleCommandParts ParseParts()
    {
        var parts = new SimpleCommandParts();
        while (true)
        {
            SkipBlanks();
            if (TakeRedirection() is { } redirection)
            {
                parts.Redirections.Add(redirection);
            }
            else if (IsAtEnd || Peek() is '\n' or ';' or '&' or '|' or '(' or ')')
            {
                return parts;
            }
            else if (parts.Words.Count == 0 && TakeAssignment() is { } assignment)
            {
                parts.Assignments.Add(assignment);
            }
            else
            {
                parts.Words.Add(ReadWord());
            }
        }
    }

    private ShellNode ParseSimple()
    {
        var parts = ParseParts();
        if (parts.Words is [{ Plain: { } first } word, ..] && first != word.Source && Reserved.Contains(first))
        {
            throw Unknown("a word of the shell that goes on on another line");
        }

        if (Peek() == '(')
        {
            return parts is { Words: [{ Plain: { } name }], Assignments.Count: 0, Redirections.Count: 0 }
                ? ParseFunction(name)
                : throw Unknown("a bracket where none was expected");
        }

        return parts.Words.Count + parts.Assignments.Count + parts.Redirections.Count > 0
            ? new SimpleCommand(parts.Assignments, parts.Words) { Redirections = parts.Redirections }
            : throw Unknown($"{Show(Peek())} where a command was expected");
    }

    private Assignment? TakeAssignment()
    {
        var start = _at;
        var length = NameLength(_at);
        var equals = text.AsSpan(_at + length);
        if (length > 0 && equals.StartsWith("["))
        {
            throw Unknown("an element of an array");
        }

        if (length == 0 || !(equals.StartsWith("=") || equals.StartsWith("+=")))
        {
            return null;
        }

        var name = text.Substring(_at, length);
        _at += length + (equals[0] == '+' ? 2 : 1);
        if (Peek() == '(')
        {
            throw Unknown("an array");
        }

        var value = IsAtEnd || IsMeta(Peek()) && !IsProcessSubstitution() ? new Word([], "") : ReadWord();
        return new Assignment(name, value, text[start.._at]);
    }

    // The length of the name of a variable that begins there.
    private int NameLength(int from)
    {
        var end = from;
        while (end < text.Length && (char.IsAsciiLetter(text[end]) || text[end] == '_' || (end > from && char.IsAsciiDigit(text[end]))))
        {
            end++;
        }

        return end - from;
    }

    private bool IsAt(string[] closers) => Array.Exists(closers, closer =>
        closer is ")" or ";;" ? text.AsSpan(_at).StartsWith(closer) || (closer == ";;" && IsAtEndOfCase()) : IsReserved(closer));

    private bool IsReserved(string word) =>
        text.AsSpan(_at).StartsWith(word) && (_at + word.Length == text.Length || IsMeta(text[_at + word.Length]));

    private bool TakeReserved(string word)
    {
        SkipBlanks();
        var isIt = IsReserved(word);
        _at += isIt ? word.Length : 0;
        return isIt;
    }

    private void Expect(string word)
    {
        SkipBlanks();
        if (!(word is ")" ? Take(word) : TakeReserved(word)))
        {
            throw Unknown($"no “{word}” where it was expected");
        }
    }

    private bool Take(string sign)
    {
        var isIt = text.AsSpan(_at).StartsWith(sign);
        _at += isIt ? sign.Length : 0;
        return isIt;
    }

    // Blanks, continued lines and comments.
    private void SkipBlanks()
    {
        while (!IsAtEnd)
        {
            if (Peek() is ' ' or '\t')
            {
                _at++;
            }
            else if (Peek() == '\\' && Peek(1) == '\n')
            {
                _at += 2;
            }
            else if (Peek() == '#' && (_at == 0 || IsMeta(text[_at - 1])))
            {
                _at = text.IndexOf('\n', _at) is var end && end < 0 ? text.Length : end;
            }
            else
            {
                return;
            }
        }
    }

    private void SkipLines()
    {
        SkipBlanks();
        while (Peek() == '\n')
        {
            _at++;
            ReadHereDocuments();
            SkipBlanks();
        }
    }

    private static bool IsMeta(char character) => character is ' ' or '\t' or '\n' or ';' or '&' or '|' or '(' or ')' or '<' or '>';

    private sealed record SimpleCommandParts
    {
        public List<Assignment> Assignments { get; } = [];

        public List<Word> Words { get; } = [];

        public List<Redirection> Redirections { get; } = [];
    }
}
