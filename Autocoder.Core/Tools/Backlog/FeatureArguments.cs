using System.Globalization;
using Autocoder.Core.Features;

namespace Autocoder.Core.Tools.Backlog;

/// <summary>Arguments that several feature tools take.</summary>
internal static class FeatureArguments
{
    public static ToolSchema FeatureId(this ToolSchema schema) =>
        schema.Number("feature_id", "The id of the feature, as other tools return it.", 1, int.MaxValue);

    public static int FeatureId(this ToolArguments arguments) => arguments.Number("feature_id") ?? 0;

    public static ToolSchema Limit(this ToolSchema schema, int most, int usual) =>
        schema.Number("limit", string.Create(CultureInfo.InvariantCulture, $"The most to return, {usual} when absent."), 1, most, required: false);

    public static ToolSchema Draft(this ToolSchema schema) => schema
        .Text("category", "What it belongs to, for example \"Accounts\".", FeatureLimits.CategoryLength, minLength: 1)
        .Text("name", "One line, different from all others.", FeatureLimits.NameLength, minLength: 1)
        .Text("description", "What a person sees and can do once it works.", FeatureLimits.DescriptionLength, minLength: 1)
        .Texts("steps", "How to check it, step by step.", FeatureLimits.StepLength, 1, FeatureLimits.Steps)
        .Numbers("depends_on", "Ids of features created earlier that must pass before.", FeatureLimits.Dependencies);

    public static FeatureDraft ReadDraft(this ToolArguments arguments) => new()
    {
        Category = arguments.Text("category"),
        Name = arguments.Text("name"),
        Description = arguments.Text("description"),
        Steps = arguments.Texts("steps"),
        DependsOn = arguments.Numbers("depends_on"),
        DependsOnIndices = arguments.Numbers("depends_on_indices"),
    };
}
