using System.Text.RegularExpressions;

namespace Autocoder.Core.Engines.Models.Offline.Answers;

/// <summary>One thing that is searched for.</summary>
/// <param name="Text">As the person wrote it.</param>
/// <param name="Key">What every form of it has in common, in small letters.</param>
/// <param name="Pattern">A regular expression without look-arounds; case is ignored.</param>
internal sealed partial record SearchTerm(string Text, string Key, string Pattern)
{
    /// <summary>A name also as others would spell it, a word also in its plural and singular, anything else as it stands.</summary>
    public static SearchTerm Of(string text)
    {
        var parts = Words.Inside(text);
        if (Words.IsName(text) && parts.Count > 1)
        {
            // TodoList, todo_list, todo-list and "todo list" are one thing.
            return new SearchTerm(text, text.ToLowerInvariant(), string.Join("[-_ ]?", parts.Select(Regex.Escape)));
        }

        if (PlainWordPattern().IsMatch(text))
        {
            var stem = Words.Stem(text);
            // A short one occurs inside too many other words.
            return new SearchTerm(text, stem, stem.Length <= 3 ? $@"\b{Regex.Escape(stem)}" : Regex.Escape(stem));
        }

        return new SearchTerm(text, text.ToLowerInvariant(), Regex.Escape(text));
    }

    /// <summary>Whether a line or a path contains it.</summary>
    public bool IsIn(string text) => Regex.IsMatch(
        text, Pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    /// <summary>A glob pattern for files with it in their name; null when its characters mean something else there.</summary>
    public string? NameGlob => GlobPattern().IsMatch(Key) ? $"**/*{Key}*" : null;

    [GeneratedRegex(@"\A\p{L}[\p{L}\p{N}]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex PlainWordPattern();

    [GeneratedRegex(@"\A[\p{L}\p{N}_.-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex GlobPattern();
}
