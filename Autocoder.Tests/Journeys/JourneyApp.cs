using Microsoft.Playwright;

namespace Autocoder.Tests.Journeys;

/// <summary>A running application with one project in it, shared by the journeys of a class. Each journey has its own conversation.</summary>
public abstract class JourneyApp(BrowserFixture browser, params string[] settings) : IAsyncLifetime
{
    /// <summary>The name of the project.</summary>
    public const string Project = "journey";

    private AppProcess? _process;

    internal AppProcess Process => _process!;

    /// <summary>The folder of the project.</summary>
    internal string Folder { get; private set; } = "";

    public async Task InitializeAsync()
    {
        _process = await AppProcess.StartAsync(settings);
        Folder = _process.NewProjectFolder(Project);
        await using var context = await NewContextAsync();
        await Person.CreateProjectAsync(await context.NewPageAsync(), Project, Folder);
    }

    public async Task DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }
    }

    internal Task<IBrowserContext> NewContextAsync(ColorScheme scheme = ColorScheme.Light) => browser.NewContextAsync(Process, scheme: scheme);

    internal static string Address(string surface) => $"/projects/{Project}/{surface}";
}
