using System.Globalization;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;

namespace Autocoder.Core.Runs;

/// <summary>What a conversation is called after its first prompt, until a person says otherwise.</summary>
internal static class PromptTitle
{
    private const int MaxLength = 60;

    /// <summary>
    /// The first line that says something, without the signs of Markdown; of a prompt that is only code, its first line of
    /// code; of one without a text, the names of its attachments. Empty when there is nothing to go by.
    /// </summary>
    public static string Of(PromptAdmitted prompt)
    {
        var (said, code) = ("", "");
        var isCode = false;
        foreach (var line in prompt.Text.AsSpan().EnumerateLines())
        {
            var text = line.Trim();
            if (text.StartsWith("```") || text.StartsWith("~~~"))
            {
                isCode = !isCode;
                continue;
            }

            if (isCode)
            {
                code = code.Length == 0 ? Words(text) : code;
            }
            else if (Words(text.TrimStart("#>*- ").TrimEnd("* ")) is { Length: > 0 } words)
            {
                said = words;
                break;
            }
        }

        return Cut(said.Length > 0 ? said : code.Length > 0 ? code : Names(prompt.Attachments));
    }

    private static string Names(IReadOnlyList<Attachment> attachments) => attachments switch
    {
        [] => "",
        [var only] => only.Name,
        [var first, ..] => string.Create(CultureInfo.InvariantCulture, $"{first.Name} and {attachments.Count - 1} more"),
    };

    // On one line. What has neither letter nor digit says nothing.
    private static string Words(ReadOnlySpan<char> line)
    {
        foreach (var rune in line.EnumerateRunes())
        {
            if (System.Text.Rune.IsLetterOrDigit(rune))
            {
                return string.Join(' ', line.ToString().Replace("**", "", StringComparison.Ordinal).Replace("`", "", StringComparison.Ordinal).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            }
        }

        return "";
    }

    // After a word where there is one near the end, and never through a character.
    private static string Cut(string title)
    {
        if (title.Length <= MaxLength)
        {
            return title;
        }

        var end = title.LastIndexOf(' ', MaxLength - 1);
        end = end >= MaxLength / 2 ? end : MaxLength - 1;
        return title[..(char.IsHighSurrogate(title[end - 1]) ? end - 1 : end)].TrimEnd() + "…";
    }
}
