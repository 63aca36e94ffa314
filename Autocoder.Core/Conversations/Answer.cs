namespace Autocoder.Core.Conversations;

/// <summary>A person's answer to one <see cref="Question"/>.</summary>
/// <param name="QuestionId">The question it answers.</param>
/// <param name="OptionIds">The chosen options, in the order of the question; none for words only.</param>
/// <param name="Text">The words of "Other", or the answer to a free-text question; null for none.</param>
public sealed record Answer(string QuestionId, IReadOnlyList<string> OptionIds, string? Text = null)
{
    /// <summary>Whether nothing was chosen and nothing written.</summary>
    public bool IsEmpty => OptionIds.Count == 0 && string.IsNullOrWhiteSpace(Text);
}
