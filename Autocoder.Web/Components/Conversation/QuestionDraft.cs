using Autocoder.Core.Conversations;

namespace Autocoder.Web.Components.Conversation;

/// <summary>What is chosen and typed for one question so far.</summary>
public sealed class QuestionDraft(Question question)
{
    /// <summary>Longest text of an answer, in UTF-16 units.</summary>
    public const int LongestText = 4000;

    private readonly HashSet<string> _chosen = [];

    /// <summary>The question.</summary>
    public Question Question { get; } = question;

    /// <summary>Whether "Other" is chosen.</summary>
    public bool IsOther { get; private set; }

    /// <summary>The words of "Other", or of a question that takes words only.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Whether nothing that counts was given.</summary>
    public bool IsEmpty => ToAnswer().IsEmpty;

    /// <summary>Whether an option is chosen.</summary>
    public bool Has(string optionId) => _chosen.Contains(optionId);

    /// <summary>Chooses an option, or takes back the choice where several can be chosen.</summary>
    public void Choose(string optionId)
    {
        if (!Question.MultiSelect)
        {
            _chosen.Clear();
            IsOther = false;
            _chosen.Add(optionId);
        }
        else if (!_chosen.Remove(optionId))
        {
            _chosen.Add(optionId);
        }
    }

    /// <summary>Chooses "Other", or takes it back where several can be chosen.</summary>
    public void ChooseOther()
    {
        IsOther = !Question.MultiSelect || !IsOther;
        if (!Question.MultiSelect)
        {
            _chosen.Clear();
        }
    }

    /// <summary>Takes words; with options, that means "Other".</summary>
    public void Write(string? text)
    {
        Text = (text ?? "")[..Math.Min(text?.Length ?? 0, LongestText)];
        if (!Question.IsFreeText && Text.Length > 0 && !IsOther)
        {
            ChooseOther();
        }
    }

    /// <summary>Chooses by number: 1 is the first option, 0 is "Other".</summary>
    /// <returns>Whether the number means something.</returns>
    public bool ChooseByNumber(int number)
    {
        if (Question.IsFreeText || number > Question.Options.Count)
        {
            return false;
        }

        if (number == 0)
        {
            ChooseOther();
        }
        else
        {
            Choose(Question.Options[number - 1].Id);
        }

        return true;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _chosen.Clear();
        (IsOther, Text) = (false, "");
    }

    /// <summary>The answer as it stands.</summary>
    public Answer ToAnswer()
    {
        var text = Question.IsFreeText || IsOther ? Text.Trim() : "";
        return new Answer(
            Question.Id,
            [.. Question.Options.Where(option => _chosen.Contains(option.Id)).Select(option => option.Id)],
            text.Length > 0 ? text : null);
    }
}
