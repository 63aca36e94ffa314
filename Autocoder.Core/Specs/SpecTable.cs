namespace Autocoder.Core.Specs;

/// <summary>A table of the database.</summary>
/// <param name="Note">Why it lacks one of create, read, update, delete; empty when it does not.</param>
public sealed record SpecTable(string Name, IReadOnlyList<SpecColumn> Columns, string Note, SpecOrigin Origin);

/// <summary>A column.</summary>
/// <param name="Type">In words of the database: <c>text</c>, <c>date</c>, <c>boolean</c>.</param>
/// <param name="Notes">Keys, defaults, references; may be empty.</param>
public sealed record SpecColumn(string Name, string Type, string Notes);
