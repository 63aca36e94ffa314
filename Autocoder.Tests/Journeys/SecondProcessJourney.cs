using System.Globalization;

namespace Autocoder.Tests.Journeys;

/// <summary>Two processes would write one log; the second one stops instead.</summary>
[Collection(SharedBrowser.Name)]
public sealed class SecondProcessJourney
{
    [Fact]
    public async Task A_second_process_on_the_same_data_names_the_first_and_stops()
    {
        await using var app = await AppProcess.StartAsync();

        var (exitCode, output, error) = await AppProcess.RunAsync($"--Autocoder:DataDirectory={app.DataDirectory}", "--Autocoder:Port=0");

        Assert.Equal(1, exitCode);
        Assert.Empty(output);
        var line = Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(app.ProcessId.ToString(CultureInfo.InvariantCulture), line, StringComparison.Ordinal);
        Assert.Contains(app.DataDirectory, line, StringComparison.Ordinal);
        using var client = new HttpClient();
        Assert.Equal("ok", await client.GetStringAsync(new Uri(app.Address, "/healthz")));
    }
}
