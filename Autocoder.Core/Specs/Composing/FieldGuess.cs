using System.Text.RegularExpressions;

namespace Autocoder.Core.Specs.Composing;

/// <summary>Guesses what kind of value a field holds from what the person calls it.</summary>
internal static partial class FieldGuess
{
    /// <summary>Reads one field: <c>due date</c>, or with its kind, <c>weight: number</c>.</summary>
    public static Field From(string text, bool isFirst)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var name = Name(colon > 0 ? text[..colon] : text);
        var hint = colon > 0 ? text[(colon + 1)..].Trim().ToLowerInvariant() : "";
        var isOptional = Optional().IsMatch(text);
        var kind = Hinted(hint) ?? Guess(name.ToLowerInvariant());
        return new Field(name, kind, IsRequired: isFirst && !isOptional && kind is not FieldKind.Boolean);
    }

    private static string Name(string text) => Optional().Replace(text, "").Replace('_', ' ').Trim(' ', '.', '?', '*');

    private static FieldKind? Hinted(string hint) => hint switch
    {
        "" => null,
        _ when hint.Contains("date", StringComparison.Ordinal) => FieldKind.Date,
        _ when hint.StartsWith("time", StringComparison.Ordinal) => FieldKind.TimeOfDay,
        _ when hint.StartsWith("bool", StringComparison.Ordinal) || hint.StartsWith("yes", StringComparison.Ordinal) => FieldKind.Boolean,
        _ when hint.StartsWith("int", StringComparison.Ordinal) || hint.StartsWith("num", StringComparison.Ordinal) => FieldKind.Integer,
        _ when hint.StartsWith("dec", StringComparison.Ordinal) || hint.StartsWith("money", StringComparison.Ordinal) => FieldKind.Amount,
        _ when hint.StartsWith("long", StringComparison.Ordinal) => FieldKind.LongText,
        _ => null,
    };

    private static FieldKind Guess(string name) =>
        Email().IsMatch(name) ? FieldKind.Email
        : Picture().IsMatch(name) ? FieldKind.Picture
        : Link().IsMatch(name) ? FieldKind.Link
        : Boolean().IsMatch(name) ? FieldKind.Boolean
        : Date().IsMatch(name) ? FieldKind.Date
        : Moment().IsMatch(name) ? FieldKind.Moment
        : TimeOfDay().IsMatch(name) ? FieldKind.TimeOfDay
        : Amount().IsMatch(name) ? FieldKind.Amount
        : Integer().IsMatch(name) ? FieldKind.Integer
        : Choice().IsMatch(name) ? FieldKind.Choice
        : LongText().IsMatch(name) ? FieldKind.LongText
        : FieldKind.Text;

    [GeneratedRegex(@"\(?\boptional\b\)?", RegexOptions.IgnoreCase)]
    private static partial Regex Optional();

    [GeneratedRegex(@"\be-?mail\b")]
    private static partial Regex Email();

    [GeneratedRegex(@"\b(?:image|photo|picture|avatar|logo|cover|icon)s?$")]
    private static partial Regex Picture();

    [GeneratedRegex(@"\b(?:url|link|website|web ?page)$")]
    private static partial Regex Link();

    [GeneratedRegex(@"^(?:is|has|can)\b|^(?:done|completed?|finished|checked|bought|paid|active|enabled|archived|public|private|published|read|favou?rite|starred|pinned|available|confirmed|approved|cancell?ed|correct|sold|urgent|important)$")]
    private static partial Regex Boolean();

    [GeneratedRegex(@"\b(?:date|day|deadline|birthday|due|expiry|expires)$|^(?:due|deadline)\b")]
    private static partial Regex Date();

    [GeneratedRegex(@"\bdatetime$|\btimestamp$|\b(?:at|when|appointment)$|date and time")]
    private static partial Regex Moment();

    [GeneratedRegex(@"\btime$|^(?:start|end|from|until|begin)$")]
    private static partial Regex TimeOfDay();

    [GeneratedRegex(@"\b(?:price|cost|amount|total|fee|salary|budget|balance|discount|tax|rate|weight|distance)$")]
    private static partial Regex Amount();

    [GeneratedRegex(@"\b(?:count|quantity|qty|number of .*|stock|age|points?|score|rank|rating|position|minutes|hours|duration|length|size|capacity|seats|calories|reps|sets|year|minimum|maximum|level|servings|pages)$")]
    private static partial Regex Integer();

    [GeneratedRegex(@"\b(?:status|state|priority|type|kind|category|colou?r|severity|stage|difficulty|gender|size)$")]
    private static partial Regex Choice();

    [GeneratedRegex(@"\b(?:description|notes?|body|content|text|message|comment|details|summary|instructions|address|bio|about)$")]
    private static partial Regex LongText();
}
