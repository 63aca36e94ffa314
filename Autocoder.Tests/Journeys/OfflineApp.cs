namespace Autocoder.Tests.Journeys;

/// <summary>The application as it comes: the offline engine.</summary>
public sealed class OfflineApp(BrowserFixture browser) : JourneyApp(browser);
