using System.Text.RegularExpressions;
using Autocoder.Core.Conversations;

namespace Autocoder.Core.Specs.Interviews;

/// <summary>Sees whether the first message describes the idea already, so that nobody is asked what they just said.</summary>
internal static partial class FirstWords
{
    /// <summary>The message as the answer to what is being built; null when it is a greeting or a command.</summary>
    public static Answer? Read(string prompt)
    {
        var text = AnswerText.Clean(prompt);
        return text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length >= 6 && !Command().IsMatch(text)
            ? new Answer(QuestionIds.What, [], text)
            : null;
    }

    [GeneratedRegex(@"^(?:let'?s|start|begin|open|resume|continue|go on|hello|hi|hey|please (?:start|begin)|what|how|who|why|can you|could you)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Command();
}
