using Autocoder.Core.Conversations;
using Autocoder.Core.Profiles;
using Autocoder.Core.Tools;

namespace Autocoder.Core.Engines.Models;

/// <summary>One model call.</summary>
/// <param name="Variant">The part of the engine's name after the colon, for example a scenario; null for none.</param>
/// <param name="Messages">The conversation, each tool call followed by its result.</param>
public sealed record ModelRequest(
    ConversationKind Surface,
    Profile Profile,
    string? Variant,
    string ProjectName,
    IReadOnlyList<ModelMessage> Messages,
    IReadOnlyList<ToolDefinition> Tools);
