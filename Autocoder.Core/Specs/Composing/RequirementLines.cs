using Autocoder.Core.Specs.Interviews;

namespace Autocoder.Core.Specs.Composing;

/// <summary>What the person decided about the application as a whole, one sentence each, with where it was said.</summary>
internal static class RequirementLines
{
    public static IEnumerable<(string Key, string Text, SpecOrigin Origin)> Read(InterviewAnswers answers)
    {
        foreach (var (id, text) in Sentences(answers))
        {
            if (text.Length > 0)
            {
                yield return (id, AnswerText.Shorten(text, 1_000), SpecOrigin.Answer(id));
            }
        }

        foreach (var id in new[] { QuestionIds.MustHaves, QuestionIds.Special, QuestionIds.Integrations })
        {
            var lines = answers.Lines(id);
            for (var index = 0; index < lines.Count; index++)
            {
                yield return (FormattableString.Invariant($"{id}/{index}"), lines[index], SpecOrigin.Answer(id));
            }
        }
    }

    private static IEnumerable<(string Id, string Text)> Sentences(InterviewAnswers answers)
    {
        yield return (QuestionIds.Who, Prefix("It is made for: ", answers.Line(QuestionIds.Who)));
        yield return (QuestionIds.Preferences, Prefix("About the technology the person asked: ", answers.Line(QuestionIds.Preferences)));
        yield return (QuestionIds.OtherTechnology, Prefix("About the technology the person asked: ", answers.Line(QuestionIds.OtherTechnology)));
        yield return (QuestionIds.Storage, answers.Choice(QuestionIds.Storage) switch
        {
            "no" => "It keeps no data: everything happens while the page is open.",
            "yes" => "It keeps data in a database that survives restarts.",
            "unsure" => "It keeps data in a database; the person was not sure, and nearly every application of this kind needs it.",
            _ => Prefix("About keeping data the person said: ", answers.Line(QuestionIds.Storage)),
        });
        yield return (QuestionIds.FirstLook, Prefix("On opening it people see: ", answers.Line(QuestionIds.FirstLook)));
        yield return (QuestionIds.Basics, Prefix("Beside the choices about accounts, phones, search and sharing the person said: ", answers.Line(QuestionIds.Basics)));
        yield return (QuestionIds.Areas, Prefix("Beside the chosen areas the person asked for: ", answers.Line(QuestionIds.Areas)));
        yield return (QuestionIds.SharingMode, Prefix("About sharing the person said: ", answers.Line(QuestionIds.SharingMode)));
        yield return (QuestionIds.OnDelete, Prefix("About deleting the person said: ", answers.Line(QuestionIds.OnDelete)));
        yield return (QuestionIds.Channels, Prefix("About notifications the person said: ", answers.Line(QuestionIds.Channels)));
        yield return (QuestionIds.Formats, Prefix("About import and export the person said: ", answers.Line(QuestionIds.Formats)));
        yield return (QuestionIds.FileKinds, Prefix("About files the person said: ", answers.Line(QuestionIds.FileKinds)));
        yield return (QuestionIds.Edges, Prefix("About things that go wrong the person said: ", answers.Line(QuestionIds.Edges)));
        yield return (QuestionIds.Outline, Prefix("About the outline the person said: ", answers.Line(QuestionIds.Outline)));
        yield return (QuestionIds.Layout, Prefix("About the layout the person said: ", answers.Line(QuestionIds.Layout)));
        yield return (QuestionIds.Look, Prefix("About the look the person said: ", answers.Line(QuestionIds.Look)));
        yield return (QuestionIds.Order, Prefix("About the order of building the person said: ", answers.Line(QuestionIds.Order)));
        yield return (QuestionIds.Polish, answers.Choice(QuestionIds.Polish) switch
        {
            "working" => "The first version may look plain; it has to work.",
            "polished" => "It is to look and feel finished in every detail.",
            "solid" => "It works reliably and looks tidy.",
            _ => Prefix("About polish the person said: ", answers.Line(QuestionIds.Polish)),
        });
    }

    private static string Prefix(string prefix, string text) => text.Length == 0 ? "" : prefix + text;
}
