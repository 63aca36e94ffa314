using System.Runtime.InteropServices;
using Autocoder.Tests.TestSupport;

namespace Autocoder.Tests.Engines.ClaudeCode;

/// <summary>The real program, which <c>test.sh</c> installs.</summary>
internal static class ClaudeProgram
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        if (Environment.GetEnvironmentVariable("AUTOCODER_CLAUDE") is { Length: > 0 } set)
        {
            return set;
        }

        var system = OperatingSystem.IsWindows() ? "win32" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
        var processor = RuntimeInformation.ProcessArchitecture is System.Runtime.InteropServices.Architecture.Arm64 ? "arm64" : "x64";
        var path = Repository.PathOf(
            ".tools", "node_modules", "@anthropic-ai", $"claude-code-{system}-{processor}", OperatingSystem.IsWindows() ? "claude.exe" : "claude");
        return File.Exists(path)
            ? path
            : throw new Xunit.Sdk.XunitException($"Claude Code is not at {path}. Run ./test.sh once, which installs it, or set AUTOCODER_CLAUDE to the program.");
    }
}
