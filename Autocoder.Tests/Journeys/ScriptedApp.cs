using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Autocoder.Tests.Journeys;

/// <summary>The application with the scripted engine, playing what a journey wrote down for it.</summary>
public sealed class ScriptedApp(BrowserFixture browser) : JourneyApp(browser, "--Autocoder:Engine:Default=scripted:journey")
{
    private static readonly JsonSerializerOptions Form = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>What every run plays from now on: a turn for each prompt of a conversation.</summary>
    internal void Play(params object[] turns) =>
        Write(JsonSerializer.Serialize(new { name = "journey", description = "Played by a journey.", turns }, Form));

    /// <summary>Puts any text where the scenario is read from.</summary>
    internal void Write(string scenario) =>
        File.WriteAllText(Path.Combine(Process.DataDirectory, "scenarios", "journey.json"), scenario);

    /// <summary>A turn that says a text in pieces, some milliseconds apart.</summary>
    internal static object Says(string text, int size = 100, int delay = 0) =>
        new { steps = new[] { new { text, delta = new { size, delay_ms = delay } } } };

    /// <summary>A turn that asks for one of the options, and says a text when it was answered.</summary>
    internal static object Asks(string question, string[] options, string then)
    {
        var asked = new { id = "q", header = "Choice", question, options = options.Select(label => new { id = label.ToLowerInvariant(), label }) };
        return new
        {
            steps = new object[]
            {
                new { tools = new[] { new { tool = "AskUser", arguments = new { questions = new[] { asked } } } } },
                new { text = then },
            },
        };
    }

    /// <summary>A paragraph in which each word occurs once, so that a lost or repeated character shows.</summary>
    internal static string Words(int count) => string.Join(' ', Enumerable.Range(1, count).Select(Word));

    internal static string Word(int number) => string.Create(CultureInfo.InvariantCulture, $"word{number:0000}");
}
