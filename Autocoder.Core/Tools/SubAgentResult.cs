using Autocoder.Core.Conversations;

namespace Autocoder.Core.Tools;

/// <summary>What a sub-agent came to.</summary>
/// <param name="Summary">Its last text.</param>
public sealed record SubAgentResult(RunOutcome Outcome, string Summary);
