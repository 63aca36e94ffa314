using System.Text.RegularExpressions;

namespace Autocoder.Core.Specs;

/// <summary>Flags words that sound like a promise and cannot be tested.</summary>
internal static partial class SpecLintWording
{
    public static IEnumerable<SpecFinding> Check(SpecDocument document)
    {
        var texts = document.AllFeatures().Select(feature => (Place: feature.Id, Text: feature.Name + ". " + feature.Behaviour))
            .Concat(document.Requirements.Select(requirement => (Place: requirement.Id, requirement.Text)))
            .Concat(document.SuccessCriteria.SelectMany(section => section.Items.Select(item => (Place: "success_criteria/" + section.Name, Text: item))));
        foreach (var (place, text) in texts)
        {
            if (Vague().Match(text) is { Success: true } match)
            {
                yield return new SpecFinding(
                    SpecSeverity.Warning,
                    "vague_word",
                    place,
                    $"'{match.Value}' can mean anything. Say what can be measured or seen, for example 'within one second' or 'in two clicks'.");
            }
        }
    }

    [GeneratedRegex(
        @"\b(?:fast|quickly|user[- ]friendly|robust|seamless(?:ly)?|intuitive(?:ly)?|scalable|flexible|efficient(?:ly)?|modern|state[- ]of[- ]the[- ]art|easy to use|as needed|as appropriate|and so on|etc)\b\.?",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Vague();
}
