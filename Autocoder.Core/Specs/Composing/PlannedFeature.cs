namespace Autocoder.Core.Specs.Composing;

/// <summary>A feature before it has a number.</summary>
/// <param name="Key">Names it for ever, whatever the answers are: <c>entity/list/create</c>.</param>
/// <param name="After">Keys of the features it builds on.</param>
internal sealed record PlannedFeature(
    string Key, string Category, string Name, string Behaviour, IReadOnlyList<string> Steps, IReadOnlyList<string> After, SpecOrigin Origin);
