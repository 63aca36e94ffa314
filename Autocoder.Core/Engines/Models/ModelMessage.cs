namespace Autocoder.Core.Engines.Models;

/// <summary>One side's message, as a model sees it.</summary>
public sealed record ModelMessage(ModelRole Role, IReadOnlyList<ModelPart> Parts)
{
    /// <summary>A message of the person with text only.</summary>
    public static ModelMessage User(string text) => new(ModelRole.User, [new ModelPart.Text(text)]);

    /// <summary>Whether a person wrote it, as opposed to a message that only brings tool results.</summary>
    public bool IsPrompt => Role is ModelRole.User && !Parts.Any(part => part is ModelPart.ToolResult);

    /// <summary>All text parts, joined by line breaks.</summary>
    public string PlainText => string.Join('\n', Parts.OfType<ModelPart.Text>().Select(part => part.Value));
}

/// <summary>Who speaks.</summary>
public enum ModelRole
{
    /// <summary>The person, or the tools on behalf of the person's machine.</summary>
    User,

    /// <summary>The model.</summary>
    Assistant,
}
