using Autocoder.Core.Conversations;
using Autocoder.Core.Profiles;
using Autocoder.Core.Tools;

namespace Autocoder.Core.Engines.Models;

/// <summary>One model call.</summary>
/// <param name="Variant">The part of the engine's name after the colon, for example a scenario; null for none.</param>
/// <param name="Instructions">The system prompt.</param>
/// <param name="Messages">What the model is shown, each tool call followed by its result.</param>
/// <param name="Position">Where in the conversation the call is, however much of it is shown.</param>
public sealed record ModelRequest(
    ConversationKind Surface,
    Profile Profile,
    string? Variant,
    string ProjectName,
    string Instructions,
    IReadOnlyList<ModelMessage> Messages,
    IReadOnlyList<ToolDefinition> Tools,
    ConversationPosition Position);
