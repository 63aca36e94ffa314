using System.Text.Json;

namespace Autocoder.Tests.Journeys;

/// <summary>The application with the scripted engine, whose files may be written without a question.</summary>
public sealed class AllowingApp(BrowserFixture browser) : JourneyApp(
    browser,
    "--Autocoder:Engine:Default=scripted:journey",
    "--Autocoder:Permissions:Rules:0:Tool=Write",
    "--Autocoder:Permissions:Rules:0:Effect=Allow")
{
    /// <summary>What every run plays from now on: the steps of its one turn.</summary>
    internal void Play(params object[] steps) => File.WriteAllText(
        Path.Combine(Process.DataDirectory, "scenarios", "journey.json"),
        JsonSerializer.Serialize(new { name = "journey", description = "Played by a journey.", turns = new[] { new { steps } } }));
}
