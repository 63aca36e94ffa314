namespace Autocoder.Core.Specs.Composing;

/// <summary>A kind of thing that people create and keep.</summary>
/// <param name="Parent">The singular of the entity it belongs to; null when it stands alone.</param>
internal sealed record Entity(Noun Noun, IReadOnlyList<Field> Fields, string? Parent = null)
{
    /// <summary>The field by which people recognise one.</summary>
    public Field Label => Fields.FirstOrDefault(known => known.IsLabel)
        ?? Fields.FirstOrDefault(known => known.Kind is not FieldKind.Reference) ?? Fields[0];

    /// <summary>The fields of which people say something, without the tie to the parent.</summary>
    public IReadOnlyList<Field> Own => [.. Fields.Where(known => known.Kind is not FieldKind.Reference || known.References != Parent)];

    /// <summary>The fields in a sentence: <c>name, due date and done</c>.</summary>
    public string FieldList => Sentence.Join(Own.Select(known => known.Name));
}
