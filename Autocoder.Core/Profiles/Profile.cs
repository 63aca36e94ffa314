using Autocoder.Core.Conversations;

namespace Autocoder.Core.Profiles;

/// <summary>What an agent is: its instructions, its tools and its limits.</summary>
/// <param name="Id">As events store it: <c>coder</c>.</param>
/// <param name="Version">Stored with each run, so that a run can be explained later. Raised with every change of the profile.</param>
/// <param name="Instructions">The system prompt for engines that use a model.</param>
/// <param name="Tools">Names of the tools it may use; all others are refused.</param>
/// <param name="MaxSteps">The most model calls of one run.</param>
public sealed record Profile(
    string Id, int Version, ConversationKind Surface, string Instructions, IReadOnlyList<string> Tools, int MaxSteps);
