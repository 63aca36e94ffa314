namespace Autocoder.Core.Engines.ClaudeCode;

/// <summary>A session that Claude Code keeps.</summary>
/// <param name="Id">As <c>--resume</c> takes it.</param>
/// <param name="CostUsd">What it had cost when its last turn ended; the program goes on counting from there after a clean end.</param>
internal sealed record KnownSession(string Id, decimal CostUsd);
