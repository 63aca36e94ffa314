namespace Autocoder.Core.Specs.Composing;

/// <summary>A kind of thing that people create and keep.</summary>
/// <param name="Parent">The singular of the entity it belongs to; null when it stands alone.</param>
internal sealed record Entity(Noun Noun, IReadOnlyList<Field> Fields, string? Parent = null)
{
    /// <summary>The field by which people recognise one.</summary>
    public Field Label => Fields.FirstOrDefault(field => field.IsLabel)
        ?? Fields.FirstOrDefault(field => field.Kind is not FieldKind.Reference) ?? Fields[0];

    /// <summary>The fields of which people say something, without the tie to the parent.</summary>
    public IReadOnlyList<Field> Own => [.. Fields.Where(field => field.Kind is not FieldKind.Reference || field.References != Parent)];

    /// <summary>The fields in a sentence: <c>name, due date and done</c>.</summary>
    public string FieldList => Sentence.Join(Own.Select(field => field.Name));
}
