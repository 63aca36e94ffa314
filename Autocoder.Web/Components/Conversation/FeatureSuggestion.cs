using Autocoder.Core.Features;

namespace Autocoder.Web.Components.Conversation;

/// <summary>What a text would be called, and say, as a feature: a proposal the person changes.</summary>
public static class FeatureSuggestion
{
    /// <summary>Its first line that says something, or the first sentence of it, without the signs of Markdown.</summary>
    public static string NameFrom(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var line = text.Split('\n').Select(Plain).FirstOrDefault(candidate => candidate.Any(char.IsLetterOrDigit)) ?? "";
        var end = line.IndexOf(". ", StringComparison.Ordinal);
        return Cut(end > 0 ? line[..end] : line.TrimEnd('.', ':'), FeatureLimits.NameLength).Text;
    }

    /// <summary>The text, as far as a description takes it, and whether it was cut.</summary>
    public static (string Text, bool IsCut) DescriptionFrom(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Cut(text.Trim(), FeatureLimits.DescriptionLength);
    }

    private static string Plain(string line) =>
        line.StartsWith("```", StringComparison.Ordinal) ? "" : line.Trim().TrimStart('#', '>', '-', '*', ' ').Replace("**", "", StringComparison.Ordinal).Replace("`", "", StringComparison.Ordinal).Trim();

    private static (string Text, bool IsCut) Cut(string text, int most) => text.Length <= most ? (text, false)
        : (text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)], true);
}
