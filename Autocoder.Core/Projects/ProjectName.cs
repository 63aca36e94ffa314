using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Autocoder.Core.Projects;

/// <summary>The name of a project: 1 to 50 of the letters a–z and A–Z, digits, <c>_</c> and <c>-</c>.</summary>
public sealed record ProjectName
{
    private const int Longest = 50;

    private ProjectName(string value) => Value = value;

    public string Value { get; }

    /// <summary>Checks what was typed.</summary>
    /// <param name="refusal">A sentence for the person, when it is refused.</param>
    public static bool TryParse(
        string? text,
        [NotNullWhen(true)] out ProjectName? name,
        [NotNullWhen(false)] out string? refusal)
    {
        refusal = WhyNot(text);
        name = refusal is null ? new ProjectName(text!) : null;
        return name is not null;
    }

    /// <exception cref="ProjectRefusedException">It is not a name.</exception>
    public static ProjectName Parse(string? text) =>
        TryParse(text, out var name, out var refusal) ? name : throw new ProjectRefusedException(ProjectField.Name, refusal);

    /// <summary>A name for the project in a folder, made from the folder's own.</summary>
    public static ProjectName ProposeFor(string folder)
    {
        var text = new StringBuilder();
        foreach (var character in Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)))
        {
            if (IsAllowed(character))
            {
                text.Append(character);
            }
            else if (text.Length > 0 && text[^1] != '-')
            {
                text.Append('-');
            }
        }

        var proposed = text.ToString().Trim('-');
        proposed = proposed[..Math.Min(proposed.Length, Longest)].TrimEnd('-');
        return TryParse(proposed, out var name, out _) ? name : new ProjectName("project");
    }

    /// <summary>The same name with a number at its end.</summary>
    public ProjectName Numbered(int number)
    {
        var end = FormattableString.Invariant($"-{number}");
        return new ProjectName(Value[..Math.Min(Value.Length, Longest - end.Length)] + end);
    }

    public override string ToString() => Value;

    /// <summary>A name that an earlier version of the rules let through stays what it is.</summary>
    internal static ProjectName FromStore(string value) => new(value);

    private static string? WhyNot(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "A project needs a name.";
        }

        if (text.Length > Longest)
        {
            return $"A project name has at most {Longest} characters; this one has {text.Length}.";
        }

        if (!text.All(IsAllowed))
        {
            return "A project name may contain only the letters a–z and A–Z, digits, \"_\" and \"-\".";
        }

        if (text[0] == '-')
        {
            return "A project name may not begin with \"-\", because programs would take it for an option.";
        }

        if (DeviceName.Is(text))
        {
            return $"\"{text}\" is the name of a device on Windows, so it cannot be a project name.";
        }

        return text == "__proto__" ? "\"__proto__\" has a special meaning in JavaScript, so it cannot be a project name." : null;
    }

    private static bool IsAllowed(char character) => char.IsAsciiLetterOrDigit(character) || character is '_' or '-';
}
