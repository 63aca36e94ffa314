using System.Globalization;
using Autocoder.Core.Specs.Interviews;

namespace Autocoder.Core.Specs.Composing;

/// <summary>Gives features and requirements the numbers they keep.</summary>
/// <remarks>
/// Until the person has seen the breakdown, numbers run in document order. From then on a feature keeps its number: each
/// later answer only adds numbers at the end, and the number of a feature that went is never given to another one.
/// Everything follows from the history of answers, so that it comes out the same after every restart.
/// </remarks>
internal static class SpecNumbering
{
    public static IReadOnlyDictionary<string, string> Features(InterviewAnswers answers, IReadOnlyList<PlannedFeature> current)
    {
        var numbers = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var index = 0; index < answers.History.Count; index++)
        {
            if (answers.History[index].QuestionId == QuestionIds.Breakdown)
            {
                Add(SpecPlanner.Make(answers.First(index + 1)).Features.Select(feature => feature.Key));
            }
        }

        Add(current.Select(feature => feature.Key));
        return numbers;

        void Add(IEnumerable<string> keys)
        {
            foreach (var key in keys.Where(key => !numbers.ContainsKey(key)))
            {
                numbers.Add(key, string.Create(CultureInfo.InvariantCulture, $"F-{numbers.Count + 1:00}"));
            }
        }
    }

    public static IReadOnlyList<SpecRequirement> Requirements(InterviewAnswers answers)
    {
        // Requirements are numbered as they were first said, so that an earlier answer given again moves none of them.
        var numbers = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var count = 1; count <= answers.History.Count; count++)
        {
            var answered = answers.History[count - 1].QuestionId;
            foreach (var (key, _, _) in RequirementLines.Read(answers.First(count)).Where(line => line.Origin.Source == answered))
            {
                numbers.TryAdd(key, string.Create(CultureInfo.InvariantCulture, $"R-{numbers.Count + 1:000}"));
            }
        }

        return [.. RequirementLines.Read(answers)
            .Where(line => numbers.ContainsKey(line.Key))
            .Select(line => new SpecRequirement(numbers[line.Key], line.Text, line.Origin))
            .OrderBy(requirement => requirement.Id, StringComparer.Ordinal)];
    }
}
