namespace Autocoder.Core.Tools.Permissions;

/// <summary>Compares texts with the patterns of permission rules, in time that no pattern can make explode. Pure.</summary>
internal static class PermissionPattern
{
    private enum Part
    {
        Letter,
        Within,
        Any,
    }

    /// <summary>Whether a tool's name fits: <c>*</c> stands for any characters.</summary>
    public static bool MatchesTool(string pattern, string tool) => Matches(Read(pattern.Replace("*", "**", StringComparison.Ordinal)), tool, ignoreCase: false);

    /// <summary>Whether a resource fits: <c>*</c> stands for any characters but <c>/</c>, <c>**</c> for any at all.</summary>
    public static bool MatchesResource(string pattern, string resource, bool ignoreCase) => Matches(Read(pattern), resource, ignoreCase);

    private static List<(Part Part, char Letter)> Read(string pattern)
    {
        var parts = new List<(Part, char)>();
        for (var index = 0; index < pattern.Length; index++)
        {
            if (pattern[index] != '*')
            {
                parts.Add((Part.Letter, pattern[index]));
            }
            else if (index + 1 < pattern.Length && pattern[index + 1] == '*')
            {
                parts.Add((Part.Any, '*'));
                index++;
            }
            else
            {
                parts.Add((Part.Within, '*'));
            }
        }

        return parts;
    }

    // All places of the pattern the text read so far can have led to, at once: there is nothing to go back to.
    private static bool Matches(List<(Part Part, char Letter)> parts, string text, bool ignoreCase)
    {
        var places = new bool[parts.Count + 1];
        places[0] = true;
        PassStars(parts, places);
        foreach (var character in text)
        {
            var next = new bool[parts.Count + 1];
            for (var place = 0; place < parts.Count; place++)
            {
                if (places[place])
                {
                    var (part, letter) = parts[place];
                    next[place] |= part is Part.Any || (part is Part.Within && character != '/');
                    next[place + 1] |= part is Part.Letter && IsSame(letter, character, ignoreCase);
                }
            }

            PassStars(parts, next);
            places = next;
        }

        return places[^1];
    }

    private static void PassStars(List<(Part Part, char Letter)> parts, bool[] places)
    {
        for (var place = 0; place < parts.Count; place++)
        {
            places[place + 1] |= places[place] && parts[place].Part is not Part.Letter;
        }
    }

    private static bool IsSame(char one, char other, bool ignoreCase) =>
        one == other || (ignoreCase && char.ToUpperInvariant(one) == char.ToUpperInvariant(other));
}
