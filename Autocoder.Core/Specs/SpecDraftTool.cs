using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Tools;

namespace Autocoder.Core.Specs;

/// <summary>Replaces the draft of the specification with a new state of it.</summary>
public sealed class SpecDraftTool : ITool
{
    /// <summary>As models call it.</summary>
    public const string Name = "UpdateSpecDraft";

    /// <inheritdoc/>
    public ToolDefinition Definition { get; } = new(
        Name,
        "Shows the person the specification as it is now. Send the whole document each time: project_name, overview, "
        + "technology_stack [{name, choices:[{key, value, origin}]}], prerequisites [text], feature_count, "
        + "access {roles:[{name, permissions, protected_routes, origin}], authentication:[{key, value, origin}], sensitive_operations}, "
        + "core_features [{name, features:[{id: \"F-01\", name, behaviour, steps, depends_on: [\"F-01\"], origin}]}], database_note, "
        + "tables [{name, columns:[{name, type, notes}], note, origin}], endpoint_groups [{name, endpoints:[{method, path, summary}], note, origin}], "
        + "ui_layout, design_system, key_interactions and success_criteria [{name, items, origin}], "
        + "implementation_steps [{title, tasks}], requirements [{id: \"R-001\", text, origin}]. What is not known yet is left out. "
        + "An origin is \"answer:<question id>\", \"attachment:<file>\" or \"assumed\". Ids stay the same from draft to draft.",
        JsonSerializer.SerializeToElement(JsonDocument.Parse(
            """{"type":"object","properties":{"document":{"type":"object","description":"The whole specification."}},"required":["document"],"additionalProperties":false}""").RootElement),
        ToolEffect.Idempotent);

    /// <inheritdoc/>
    public string Describe(JsonElement arguments) => "Update the draft of the specification";

    /// <inheritdoc/>
    public async Task<ToolResult> ExecuteAsync(JsonElement arguments, ToolContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (arguments.ValueKind is not JsonValueKind.Object || !arguments.TryGetProperty("document", out var element))
        {
            return ToolResult.Failure("The draft was not changed: the argument 'document' is missing.");
        }

        try
        {
            return await SpecDrafts.RecordAsync(SpecJson.Read(element), context.Run, cancellationToken).ConfigureAwait(false);
        }
        catch (SpecFormatException exception)
        {
            return ToolResult.Failure($"The draft was not changed. {exception.Message}");
        }
    }
}
