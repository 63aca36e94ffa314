namespace Autocoder.Core.Specs.Composing;

/// <summary>Something that is known about each thing of an entity.</summary>
/// <param name="Name">As the person wrote it: <c>due date</c>.</param>
/// <param name="References">The singular of the entity it points to; null for a plain value.</param>
/// <param name="IsAssumed">Whether nobody named it.</param>
internal sealed record Field(string Name, FieldKind Kind, bool IsRequired, string? References = null, bool IsAssumed = false)
{
    /// <summary>The column: <c>due_date</c>, <c>list_id</c>.</summary>
    public string Column => Noun.SnakeCase(Name) + (Kind is FieldKind.Reference ? "_id" : "");

    /// <summary>Whether a thing can be told from others by it.</summary>
    public bool IsLabel => Kind is FieldKind.Text or FieldKind.Email;

    /// <summary>The type in the schema.</summary>
    public string Type => Kind switch
    {
        FieldKind.Date => "date",
        FieldKind.Moment => "datetime",
        FieldKind.TimeOfDay => "time",
        FieldKind.Boolean => "boolean",
        FieldKind.Integer => "integer",
        FieldKind.Amount => "decimal",
        FieldKind.Reference => "integer",
        _ => "text",
    };

    /// <summary>A value to test with.</summary>
    public string Sample(string thing) => Kind switch
    {
        FieldKind.Date => "tomorrow",
        FieldKind.Moment => "tomorrow at 10:00",
        FieldKind.TimeOfDay => "10:00",
        FieldKind.Boolean => "no",
        FieldKind.Integer => "3",
        FieldKind.Amount => "12.50",
        FieldKind.Email => "sam@example.com",
        FieldKind.Link => "https://example.com",
        FieldKind.Choice => "the first choice",
        FieldKind.Reference => "an existing one",
        FieldKind.LongText => "two lines of text",
        _ => $"'First {thing}'",
    };
}

/// <summary>What kind of value a <see cref="Field"/> holds.</summary>
internal enum FieldKind
{
    Text,
    LongText,
    Date,
    Moment,
    TimeOfDay,
    Boolean,
    Integer,
    Amount,
    Email,
    Link,
    Choice,
    Picture,
    Reference,
}
