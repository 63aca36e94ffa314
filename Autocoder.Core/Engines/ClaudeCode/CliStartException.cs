namespace Autocoder.Core.Engines.ClaudeCode;

/// <summary>The program ended, or said nothing, before it was ready.</summary>
/// <param name="said">What it wrote to its error output.</param>
internal sealed class CliStartException(string said) : Exception("Claude Code did not start.")
{
    public string Said { get; } = said;

    /// <summary>Whether the session it was to go on with is gone.</summary>
    public bool IsSessionGone => Said.Contains("No conversation found", StringComparison.OrdinalIgnoreCase);
}
