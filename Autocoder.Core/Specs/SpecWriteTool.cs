using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Tools;

namespace Autocoder.Core.Specs;

/// <summary>Takes a specification a model wrote as a file, as a draft. It writes no file: only approval does.</summary>
public sealed class SpecWriteTool : ITool
{
    /// <summary>As models call it.</summary>
    public const string Name = "WriteSpecFile";

    /// <inheritdoc/>
    public ToolDefinition Definition { get; } = new(
        Name,
        "Takes the text of prompts/app_spec.txt (well-formed XML, root project_specification) as the new draft. No file is "
        + "written before the person approves; prompts/initializer_prompt.md is made from the draft then.",
        JsonSerializer.SerializeToElement(JsonDocument.Parse(
            $$$"""{"type":"object","properties":{"path":{"type":"string","description":"{{{SpecApproval.AppSpecPath}}}","maxLength":1000},"content":{"type":"string","description":"The whole file.","maxLength":{{{SpecLimits.DocumentLength}}}}},"required":["path","content"],"additionalProperties":false}""").RootElement),
        ToolEffect.Idempotent);

    /// <inheritdoc/>
    public string Describe(JsonElement arguments) => $"Take {ToolText.Line(Text(arguments, "path") ?? "a file", 100)} as the draft";

    /// <inheritdoc/>
    public async Task<ToolResult> ExecuteAsync(JsonElement arguments, ToolContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (Text(arguments, "path") is not { } path || Text(arguments, "content") is not { } content)
        {
            return ToolResult.Failure("Nothing was taken: 'path' and 'content' are needed, both texts.");
        }

        var plain = path.Trim().Replace('\\', '/');
        plain = plain.StartsWith("./", StringComparison.Ordinal) ? plain[2..] : plain;
        if (plain == SpecApproval.InitializerPath)
        {
            return ToolResult.Failure($"{SpecApproval.InitializerPath} is made from the specification when the person approves it. Nothing was written.");
        }

        if (plain != SpecApproval.AppSpecPath)
        {
            return ToolResult.Failure($"The wizard takes only {SpecApproval.AppSpecPath}. Nothing was written to '{ToolText.Line(path, 200)}'.");
        }

        try
        {
            return await SpecDrafts.RecordAsync(SpecXml.Parse(content), context.Run, cancellationToken).ConfigureAwait(false);
        }
        catch (SpecFormatException exception)
        {
            return ToolResult.Failure($"The draft was not changed. {exception.Message}");
        }
    }

    private static string? Text(JsonElement arguments, string name)
    {
        try
        {
            return arguments.ValueKind is JsonValueKind.Object && arguments.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String
                ? value.GetString()
                : null;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair is valid JSON and no text.
            return null;
        }
    }
}
