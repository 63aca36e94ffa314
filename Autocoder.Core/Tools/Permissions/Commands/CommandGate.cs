using System.Globalization;
using Autocoder.Core.Conversations;
using Autocoder.Core.Projects;
using Autocoder.Core.Tools.Permissions.Commands.Grammar;

namespace Autocoder.Core.Tools.Permissions.Commands;

/// <summary>What a command line touches, command by command, and what of it may run without a question. Runs nothing.</summary>
/// <remarks>
/// Whatever is not understood is asked about. That a command is let through here does not make it safe: the sandbox is the wall,
/// this is the door. See <c>docs/decisions/0008-command-gate.md</c>.
/// </remarks>
public static class CommandGate
{
    /// <summary>The longest line that is run at all, in characters.</summary>
    public const int MaxLength = 32 * 1024;

    /// <summary>Judges a command line.</summary>
    /// <returns>Never empty.</returns>
    public static IReadOnlyList<ToolResource> Judge(string line, ProjectFolder folder)
    {
        ArgumentNullException.ThrowIfNull(line);
        ArgumentNullException.ThrowIfNull(folder);
        if (line.Length > MaxLength)
        {
            return [Whole(line, PermissionEffect.Deny, $"It is {line.Length} characters long; more than {MaxLength} are never run in one call.")];
        }

        if (FindInvisible(line) is var place and >= 0)
        {
            var number = ((int)line[place]).ToString("X4", CultureInfo.InvariantCulture);
            return [Whole(line, PermissionEffect.Ask, $"At character {place + 1} there is one that cannot be seen (U+{number}), so it may not do what it seems to do.")];
        }

        var reading = CommandReading.Of(line);
        if (reading.Script is null)
        {
            return [Whole(line, PermissionEffect.Ask, $"It was not understood to its end. {reading.Problem}")];
        }

        var resources = new CommandWalk(folder).Judge(reading.Script);
        return resources.Count == 0
            ? [Whole(line, PermissionEffect.Allow, "It does nothing.")]
            : [.. resources.Select(resource => resource with { Line = line })];
    }

    /// <summary>What a rule for commands names, to be compared with other rules.</summary>
    public static ToolResource OfRule(string resource) => new(resource) { Words = CommandPattern.WordsOf(resource), Line = resource };

    private static ToolResource Whole(string line, PermissionEffect standing, string why) => new(line) { Line = line, Standing = standing, Why = why };

    // Signs that look like nothing or like another one: they hide what a person is asked to allow.
    private static int FindInvisible(string line)
    {
        for (var index = 0; index < line.Length; index++)
        {
            var isSeen = line[index] is '\n' or '\t' || char.GetUnicodeCategory(line[index]) is not (
                UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)
                && (line[index] == ' ' || char.GetUnicodeCategory(line[index]) is not UnicodeCategory.SpaceSeparator);
            if (!isSeen || (char.IsSurrogate(line[index]) && !IsPair(line, index)))
            {
                return index;
            }
        }

        return -1;
    }

    private static bool IsPair(string line, int index) => char.IsHighSurrogate(line[index])
        ? index + 1 < line.Length && char.IsLowSurrogate(line[index + 1]) && char.GetUnicodeCategory(line, index) is not UnicodeCategory.Format
        : index > 0 && char.IsHighSurrogate(line[index - 1]);
}
