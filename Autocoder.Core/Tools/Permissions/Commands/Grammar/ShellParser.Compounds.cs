namespace Autocoder.Core.Tools.Permissions.Commands.Grammar;

/// <content>Groups, loops, choices and functions.</content>
internal sealed partial class ShellParser
{
    private static readonly string[] NotFollowed = ["[[", "select", "coproc", "!"];
    private static readonly string[] OutOfPlace = ["then", "else", "elif", "fi", "do", "done", "esac", "in", "}", "]]"];

    private static readonly string[] Reserved = [.. NotFollowed, .. OutOfPlace, "if", "for", "while", "until", "case", "function", "time", "{"];

    private ShellNode ParseCommand()
    {
        SkipBlanks();
        if (Array.Find(NotFollowed, IsReserved) is { } word)
        {
            throw Unknown($"“{word}”, which is not followed");
        }

        if (Array.Exists(OutOfPlace, IsReserved))
        {
            throw Unknown("a word of the shell where a command was expected");
        }

        if (TakeReserved("function"))
        {
            SkipBlanks();
            return ReadWord().Plain is { } name ? ParseFunction(name) : throw Unknown("a function with a name that is not plain");
        }

        return ParseCompound() is { } compound ? WithRedirections(compound) : ParseSimple();
    }

    private CompoundCommand? ParseCompound() => Peek() switch
    {
        '(' when Peek(1) == '(' => throw Unknown("a calculation"),
        '(' => ParseSubshell(),
        _ when TakeReserved("{") => new CompoundCommand(null, [], [Body("}")]),
        _ when TakeReserved("if") => ParseIf(),
        _ when TakeReserved("while") || TakeReserved("until") => new CompoundCommand(null, [], [Body("do"), Body("done")]),
        _ when TakeReserved("for") => ParseFor(),
        _ when TakeReserved("case") => ParseCase(),
        _ => null,
    };

    private CompoundCommand ParseSubshell()
    {
        _at++;
        return new CompoundCommand(null, [], [Body(")")]);
    }

    // Commands up to the word that closes them, and that word.
    private Script Body(string closer)
    {
        var body = Commands(closer);
        Expect(closer);
        return body;
    }

    private Script Commands(params string[] closers) =>
        ParseList(closers) is { Pipelines.Count: > 0 } body ? body : throw Unknown($"{Show(Peek())} where a command was expected");

    private CompoundCommand ParseIf()
    {
        var bodies = new List<Script> { Body("then") };
        while (true)
        {
            bodies.Add(Commands("elif", "else", "fi"));
            if (TakeReserved("elif"))
            {
                bodies.Add(Body("then"));
            }
            else if (TakeReserved("else"))
            {
                bodies.Add(Body("fi"));
                return new CompoundCommand(null, [], bodies);
            }
            else
            {
                Expect("fi");
                return new CompoundCommand(null, [], bodies);
            }
        }
    }

    private CompoundCommand ParseFor()
    {
        SkipBlanks();
        var length = NameLength(_at);
        if (length == 0)
        {
            throw Unknown("a loop without the name of a variable");
        }

        var name = text.Substring(_at, length);
        _at += length;
        SkipLines();
        var words = TakeReserved("in") ? Words() : [];
        SkipBlanks();
        Take(";");
        SkipLines();
        Expect("do");
        return new CompoundCommand(name, words, [Body("done")]);
    }

    private List<Word> Words()
    {
        var words = new List<Word>();
        SkipBlanks();
        while (!IsAtEnd && (!IsMeta(Peek()) || IsProcessSubstitution()))
        {
            words.Add(ReadWord());
            SkipBlanks();
        }

        return words;
    }

    private CompoundCommand ParseCase()
    {
        SkipBlanks();
        var words = new List<Word> { ReadWord() };
        var bodies = new List<Script>();
        SkipLines();
        Expect("in");
        SkipLines();
        while (!TakeReserved("esac"))
        {
            Take("(");
            do
            {
                SkipBlanks();
                words.Add(ReadWord());
                SkipBlanks();
            }
            while (Take("|"));
            Expect(")");
            bodies.Add(ParseList(";;", "esac"));
            SkipBlanks();
            if (!(Take(";;&") || Take(";;") || Take(";&")) && !IsReserved("esac"))
            {
                throw Unknown("a choice without an end");
            }

            SkipLines();
        }

        return new CompoundCommand(null, words, bodies);
    }

    private FunctionDefinition ParseFunction(string name)
    {
        SkipBlanks();
        if (Take("("))
        {
            Expect(")");
        }

        SkipLines();
        return new FunctionDefinition(
            name, ParseCompound() is { } body ? WithRedirections(body) : throw Unknown("a function without a body in brackets"));
    }

    private CompoundCommand WithRedirections(CompoundCommand command)
    {
        var redirections = new List<Redirection>();
        SkipBlanks();
        while (TakeRedirection() is { } redirection)
        {
            redirections.Add(redirection);
            SkipBlanks();
        }

        return command with { Redirections = redirections };
    }
}
