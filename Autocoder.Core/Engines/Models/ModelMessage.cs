namespace Autocoder.Core.Engines.Models;

/// <summary>One side's message, as a model sees it.</summary>
public sealed record ModelMessage(ModelRole Role, IReadOnlyList<ModelPart> Parts)
{
    /// <summary>A message of the person with text only.</summary>
    public static ModelMessage User(string text) => new(ModelRole.User, [new ModelPart.Text(text)]);

    /// <summary>Whether it holds something a person sent, as opposed to tool results and notes alone.</summary>
    public bool IsPrompt => Role is ModelRole.User && Parts.Any(part => part is ModelPart.Text or ModelPart.File);

    /// <summary>All text parts, joined by line breaks; notes are not among them.</summary>
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
