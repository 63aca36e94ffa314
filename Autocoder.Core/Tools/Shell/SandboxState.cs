namespace Autocoder.Core.Tools.Shell;

/// <summary>Whether commands run in a sandbox, and what to do where they do not.</summary>
/// <param name="Words">A sentence or two for a person.</param>
public sealed record SandboxState(bool IsOn, string Words);
