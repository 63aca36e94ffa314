namespace Autocoder.Core.Specs;

/// <summary>An element of a hand-edited file that the model does not know; it is written back where it stood.</summary>
/// <param name="Parent">Path of the element that holds it: <c>/core_features</c>; <c>/</c> for the root. <c>name[2]</c> is the second of a name.</param>
/// <param name="After">The known sibling before it, <c>name</c> or <c>name[2]</c>; empty when it comes first.</param>
/// <param name="Xml">The element as text.</param>
public sealed record SpecExtra(string Parent, string After, string Xml);
