using Autocoder.Core.Engines;
using Autocoder.Core.Engines.Models;

namespace Autocoder.Core.Runs.Context;

/// <summary>What the next model call is shown of the conversation.</summary>
/// <param name="Tokens">What the call is estimated to take.</param>
internal sealed record ContextCall(IReadOnlyList<ModelMessage> Messages, ConversationPosition Position, long Tokens);
