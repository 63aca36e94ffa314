namespace Autocoder.Core.Engines.ClaudeCode;

/// <summary>The program ended while something was expected of it.</summary>
internal sealed class CliEndedException() : Exception("Claude Code has ended.");
