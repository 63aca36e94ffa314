namespace Autocoder.Core.Tools.Git;

/// <summary>How one git command ended.</summary>
internal sealed record GitResult(int ExitCode, string Output, string Errors)
{
    public bool Succeeded => ExitCode == 0;

    /// <summary>What it said, for a person.</summary>
    public string Said => string.Join('\n', new[] { Errors, Output }.Where(text => text.Length > 0));
}
