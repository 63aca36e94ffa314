using System.Diagnostics;

namespace Autocoder.Tests.TestSupport;

/// <summary>Runs a small system tool that makes what .NET cannot make.</summary>
internal static class Shell
{
    public static void Run(string tool, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{tool} {string.Join(' ', arguments)} failed, so this test cannot show anything: {error}");
    }
}
