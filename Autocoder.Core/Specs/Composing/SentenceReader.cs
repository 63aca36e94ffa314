using System.Text.RegularExpressions;
using W = Autocoder.Core.Specs.Composing.SentenceWords;

namespace Autocoder.Core.Specs.Composing;

/// <summary>Finds the things in a sentence: what people make, keep and share, never what they do with it.</summary>
/// <remarks>A walk from word to word with a list of common verbs. It understands plain sentences; the interview shows what came of it.</remarks>
internal sealed partial class SentenceReader
{
    private readonly List<(string Name, List<string> Fields)> _things = [];
    private readonly List<string> _tokens;
    private Reading _reading = Reading.Nothing;
    private Reading _resume = Reading.Nothing;
    private string _verb = "";
    private string? _subject;
    private string _whole = "";
    private int _at;

    private SentenceReader(string sentence) => _tokens = Tokens(sentence);

    private enum Reading { Nothing, Things, Fields, Aside, Explanation }

    /// <summary>Whether the text tells what somebody does, rather than listing things.</summary>
    public static bool IsSentence(string text)
    {
        var words = Tokens(Brackets().Replace(text, " "));
        for (var index = 0; index < words.Count; index++)
        {
            var word = words[index];
            var next = index + 1 < words.Count ? words[index + 1] : null;
            var starts = index == 0 || words[index - 1] is "," or "and" or "or";
            if ((W.Pronouns.Contains(word) && next is not null && next is not ("," or "and" or "or" or "with"))
                || (W.Possession.Contains(word) && index > 0) || (W.Being.Contains(word) && index > 0 && !starts)
                || (W.Modals.Contains(word) && next is not null && !starts)
                || (index == 0 && IsWord(next) && W.IsCommand(word, next))
                || (starts && (W.IsPlainVerb(word) || W.IsDoubleVerb(word)) && W.MarksObject(next))
                || (index == 1 && IsActOfMany(words[0], word) && IsWord(next))
                || (!starts && W.IsPlainVerb(word) && !word.EndsWith("ing", StringComparison.Ordinal) && IsWord(next)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The things in the form of a list: <c>items (name, due date)</c>.</summary>
    public static IEnumerable<string> Read(string sentence)
    {
        var reader = new SentenceReader(sentence);
        reader.Walk();
        return reader._things.Select(thing => thing.Fields.Count == 0 ? thing.Name : $"{thing.Name} ({string.Join(", ", thing.Fields)})");
    }

    private void Walk()
    {
        while (_at < _tokens.Count)
        {
            var word = _tokens[_at];
            if (word[0] == '(')
            {
                Details(word);
            }
            else if (word is "," or "and" or "or")
            {
                Boundary(word);
            }
            else if (word is "e.g." or "such" or "i.e.")
            {
                Examples();
            }
            else if (W.Explaining.Contains(word))
            {
                _reading = Reading.Explanation;
                _at++;
            }
            else if (W.Possession.Contains(word) && !W.Modals.Contains(Next() ?? ""))
            {
                Have();
            }
            else if (W.Being.Contains(word))
            {
                Be();
            }
            else if (IsVerbHere())
            {
                _verb = word;
                _reading = _reading is Reading.Explanation ? _reading : Reading.Things;
                _subject = null;
                _at++;
            }
            else if (word is "with")
            {
                With();
            }
            else if (W.Prepositions.Contains(word))
            {
                Preposition(word);
            }
            else if (IsSkipped(word))
            {
                _at++;
            }
            else
            {
                Name();
            }
        }
    }

    // "customers book …": many do something, where "customer book" would be a thing.
    private static bool IsActOfMany(string actors, string word) =>
        W.IsDoubleVerb(word) && !word.EndsWith('s') && actors.EndsWith('s') && !actors.EndsWith("ss", StringComparison.Ordinal) && !W.IsPlainVerb(actors);

    private string? Next() => _at + 1 < _tokens.Count ? _tokens[_at + 1] : null;

    private string? Before() => _at > 0 ? _tokens[_at - 1] : null;

    private static bool IsWord(string? token) => token is not (null or "," or "and" or "or") && token[0] != '(';

    private static bool IsSkipped(string word) => W.Determiners.Contains(word) || W.Fillers.Contains(word) || W.Pronouns.Contains(word) || W.Modals.Contains(word)
        || (word.Length > 4 && word.EndsWith("ly", StringComparison.Ordinal) && word is not ("family" or "supply" or "reply"));

    private bool IsVerbHere()
    {
        var word = _tokens[_at];
        var before = Before();
        var afterObject = before is not null && W.Determiners.Contains(before);
        if (W.IsPlainVerb(word))
        {
            return !(afterObject && _at + 1 < _tokens.Count && W.IsDoubleVerb(word)) && (!word.EndsWith("ing", StringComparison.Ordinal) || _at == 0 || !IsWord(before) || W.Prepositions.Contains(before!));
        }

        if (!W.IsDoubleVerb(word) || afterObject)
        {
            return false;
        }

        var isPlural = word.EndsWith('s');
        return before is not null && (W.Modals.Contains(before) || (W.Pronouns.Contains(before) && !isPlural) || W.Fillers.Contains(before)) ? IsWord(Next()) || W.Modals.Contains(before)
            : W.MarksObject(Next()) || (!isPlural && IsWord(Next()) && !W.Prepositions.Contains(Next()!) && Next() is not "with"
                && (!IsWord(before) || _subject is not null || IsActOfMany(before!, word)));
    }

    private void Boundary(string word)
    {
        // "share it with friends and family, loans" – the comma leads back to the things, "and" does not.
        _reading = (_reading, word) switch
        {
            (Reading.Aside, ",") => _resume,
            (Reading.Explanation, ",") => Reading.Nothing,
            _ => _reading,
        };
        _subject = null;
        _at++;
    }

    private void Examples()
    {
        _at += Next() is "as" ? 2 : 1;
        // "things such as books": the examples are what is meant; "expenses such as rent": they are not.
        _reading = _things.Count > 0 && _reading is Reading.Things && LastNameIsKept ? Reading.Explanation : Reading.Things;
    }

    private bool LastNameIsKept { get; set; }

    private void Have()
    {
        var owner = _subject;
        if (owner is not null)
        {
            Keep(owner);
            _whole = owner;
            _reading = Reading.Fields;
        }
        else if (_tokens[_at] is "including" or "includes" or "include" && _reading is Reading.Things && LastNameIsKept)
        {
            _reading = Reading.Fields;
            _whole = _things[^1].Name;
        }
        else if (_reading is not Reading.Explanation)
        {
            _reading = Reading.Things;
        }

        _verb = "have";
        _subject = null;
        _at++;
        _at += _at < _tokens.Count && _tokens[_at] is "of" ? 1 : 0;
    }

    private void Be()
    {
        if (_subject is not null && _reading is not Reading.Explanation)
        {
            Keep(_subject);
            _reading = Reading.Nothing;
        }
        else if (_subject is null && _reading is Reading.Nothing && _at > 0)
        {
            _reading = Reading.Things;
        }

        _subject = null;
        _at++;
        while (_at < _tokens.Count && _tokens[_at].EndsWith("ed", StringComparison.Ordinal))
        {
            _at++;
        }
    }

    private void With()
    {
        var isFields = (_reading is Reading.Things or Reading.Fields) && !W.IsSocial(_verb) && LastNameIsKept && !(Next() is { } next && (W.Pronouns.Contains(next) || W.IsNoThing(next)));
        if (_reading is Reading.Nothing && _subject is not null && IsWord(Next()))
        {
            Keep(_subject);
            isFields = true;
        }

        Aside();
        if (isFields)
        {
            (_reading, _whole) = (Reading.Fields, _things[^1].Name);
        }

        _at++;
    }

    private void Preposition(string word)
    {
        _at++;
        if (W.IsParticle(word) || (word is "of" && Kept(_tokens[_at - 2])))
        {
            return;
        }

        Aside();
    }

    // "lists of books" are books; "photos of the garden" are photos.
    private bool Kept(string before)
    {
        if (!W.IsContainer(before) && !W.IsNoThing(before))
        {
            return false;
        }

        if (LastNameIsKept && _things.Count > 0 && W.IsContainer(before) && _things[^1].Name == before)
        {
            _things.RemoveAt(_things.Count - 1);
        }

        return true;
    }

    private void Aside()
    {
        if (_reading is Reading.Things or Reading.Fields)
        {
            (_resume, _reading) = (_reading, Reading.Aside);
        }
    }

    private void Name()
    {
        var words = new List<string>();
        while (_at < _tokens.Count && IsWord(_tokens[_at]) && !W.Prepositions.Contains(_tokens[_at]) && !W.Explaining.Contains(_tokens[_at]) && _tokens[_at] is not ("with" or "such" or "e.g." or "i.e.")
            && !W.Possession.Contains(_tokens[_at]) && !W.Being.Contains(_tokens[_at]) && !IsSkipped(_tokens[_at])
            && !(words.Count > 0 && IsVerbAfter(words)))
        {
            words.Add(_tokens[_at++]);
        }

        if (words.Count == 0)
        {
            _at++;
            return;
        }

        var name = string.Join(' ', words.TakeLast(3));
        LastNameIsKept = false;
        if (W.IsNoThing(words[^1]) || !name.Any(char.IsLetter))
        {
            return;
        }

        if (_reading is not Reading.Explanation && _at < _tokens.Count && IsActHere())
        {
            // Who acts is no thing that is kept: "and the librarian manages …".
            (_subject, _reading) = (name, Reading.Nothing);
            return;
        }

        switch (_reading)
        {
            case Reading.Things:
                Keep(name);
                break;
            case Reading.Fields when _things.Count > 0:
                Describe(name);
                break;
            case Reading.Nothing:
                _subject = name;
                break;
        }
    }

    // "members borrow", "items share a …": what follows a name is an act only where a sentence has one.
    private bool IsVerbAfter(List<string> words)
    {
        var word = _tokens[_at];
        return W.IsPlainVerb(word) ? !word.EndsWith("ing", StringComparison.Ordinal)
            : W.IsDoubleVerb(word) && (W.MarksObject(Next()) || (IsActOfMany(words[^1], word) && IsWord(Next())));
    }

    private bool IsActHere()
    {
        var word = _tokens[_at];
        return (W.Possession.Contains(word) && word is not ("including" or "having")) || W.Being.Contains(word) || (W.Modals.Contains(word) && word is not "to") || IsVerbHere();
    }

    private void Keep(string name)
    {
        _things.RemoveAll(thing => thing.Name == name && thing.Fields.Count == 0);
        _things.Add((name, []));
        LastNameIsKept = true;
    }

    private void Describe(string name)
    {
        var whole = _things.FindLast(thing => thing.Name == _whole);
        if (whole.Fields is null)
        {
            return;
        }

        var noun = Noun.From(name);
        var isMany = noun.Plural == name && noun.Singular != name;
        if (isMany && (EntityRelations.IsPartOf(noun, Noun.From(whole.Name)) || (_verb == "have" && FieldGuess.From(noun.Singular, false).Kind is FieldKind.Text)))
        {
            Keep(name);
            return;
        }

        whole.Fields.Add(name);
    }

    private void Details(string bracket)
    {
        if (_things.Count > 0 && LastNameIsKept)
        {
            _things[^1].Fields.AddRange(bracket.Trim('(', ')').Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        }

        _at++;
    }

    private static List<string> Tokens(string text) =>
        [.. Token().Matches(text).Select(match => match.Value.ToLowerInvariant() switch
        {
            "&" or "+" or "und" or "plus" => "and",
            "/" or "oder" => "or",
            ":" or "–" or "—" or "!" or "?" => ",",
            "eg" or "e.g" => "e.g.",
            var word => word.Replace('’', '\'').Replace("'s", "", StringComparison.Ordinal).TrimEnd('\''),
        }).Where(token => token.Length > 0)];

    [GeneratedRegex(@"\([^()]*\)?|\[[^\[\]]*\]?")]
    private static partial Regex Brackets();

    [GeneratedRegex(@"\([^()]*\)?|e\.g\.?|i\.e\.?|[\p{L}\p{Nd}](?:[\p{L}\p{M}\p{Nd}'’\-]*[\p{L}\p{M}\p{Nd}])?|[,&+/:–—!?]", RegexOptions.IgnoreCase)]
    private static partial Regex Token();
}
