namespace Autocoder.Core.Tools.Permissions.Commands;

/// <summary>What a program may be given and still only reads. Whatever is not named here is asked about.</summary>
/// <param name="Flags">Letters that take no value, each after one <c>-</c> or together.</param>
/// <param name="Valued">Letters that take a value, in the same word or as the next one.</param>
/// <param name="LongFlags">Words after <c>--</c>; one that ends with <c>=</c> takes a value.</param>
internal sealed record CommandOptions(string Flags = "", string Valued = "", params string[] LongFlags)
{
    /// <summary>Whether what remains beside the options are files it reads. Otherwise it is text.</summary>
    public bool ReadsFiles { get; init; } = true;

    /// <summary>How many of them come first and are no files: the pattern of a search.</summary>
    public int TextFirst { get; init; }

    /// <summary>Letters and words that stand for the text that would come first.</summary>
    public string[] InsteadOfText { get; init; } = [];

    /// <summary>The most it may be given: a program that writes to its second file may have one.</summary>
    public int MaxOperands { get; init; } = int.MaxValue;

    /// <summary>Takes the arguments apart.</summary>
    /// <param name="arguments">Null stands for a word that is known only when it runs.</param>
    /// <returns>What remains beside the options, with its place; or the argument that is not known to be harmless.</returns>
    public (IReadOnlyList<int> Operands, string? Unknown) Split(IReadOnlyList<string?> arguments)
    {
        var operands = new List<int>();
        var textFirst = TextFirst;
        for (var index = 0; index < arguments.Count; index++)
        {
            if (arguments[index] is not { Length: > 1 } argument || argument[0] != '-')
            {
                operands.Add(index);
            }
            else if (argument == "--")
            {
                operands.AddRange(Enumerable.Range(index + 1, arguments.Count - index - 1));
                break;
            }
            else if (Take(argument, out var takesNext) is { } name)
            {
                textFirst = InsteadOfText.Contains(name) ? 0 : textFirst;
                index += takesNext ? 1 : 0;
            }
            else
            {
                return (operands, argument);
            }
        }

        return (operands.Skip(textFirst).ToList(), operands.Count > MaxOperands ? "more than one file, and the second one is written" : null);
    }

    // The option's name when it is known; null when it is not.
    private string? Take(string argument, out bool takesNext)
    {
        takesNext = false;
        if (argument.StartsWith("--", StringComparison.Ordinal))
        {
            var equals = argument.IndexOf('=', StringComparison.Ordinal);
            var name = argument[2..(equals < 0 ? argument.Length : equals)];
            takesNext = equals < 0 && LongFlags.Contains(name + "=");
            return (equals < 0 && LongFlags.Contains(name)) || LongFlags.Contains(name + "=") ? name : null;
        }

        for (var index = 1; index < argument.Length; index++)
        {
            if (Valued.Contains(argument[index], StringComparison.Ordinal))
            {
                takesNext = index == argument.Length - 1;
                return argument[index].ToString();
            }

            if (!Flags.Contains(argument[index], StringComparison.Ordinal))
            {
                return null;
            }
        }

        return argument[1].ToString();
    }
}
