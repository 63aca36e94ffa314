namespace Autocoder.Core.Specs;

/// <summary>The specification of one application, as a typed model. <c>app_spec.txt</c> is its rendering (<see cref="SpecXml"/>).</summary>
/// <remarks>
/// A draft may be incomplete: what nobody asked yet is empty. Compare two documents through <see cref="SpecJson.Write"/>;
/// record equality does not look into lists.
/// </remarks>
public sealed record SpecDocument
{
    /// <summary>A draft in which nothing is known yet.</summary>
    public static SpecDocument Empty { get; } = new();

    public string ProjectName { get; init => field = value ?? ""; } = "";

    /// <summary>Two or three sentences: what it is, which problem it solves, who uses it.</summary>
    public string Overview { get; init => field = value ?? ""; } = "";

    /// <summary>Groups such as <c>frontend</c>, <c>backend</c>, <c>communication</c>.</summary>
    public IReadOnlyList<SpecChoices> TechnologyStack { get; init => field = value ?? []; } = [];

    /// <summary>What must be on the machine before the first step.</summary>
    public IReadOnlyList<string> Prerequisites { get; init => field = value ?? []; } = [];

    /// <summary>The number the document states; <see cref="SpecLint"/> compares it with what it holds.</summary>
    public int FeatureCount { get; init; }

    public SpecAccess Access { get; init => field = value ?? SpecAccess.Open; } = SpecAccess.Open;

    public IReadOnlyList<SpecCategory> CoreFeatures { get; init => field = value ?? []; } = [];

    /// <summary>Why there are no tables: <c>none, stateless</c>; empty when there are.</summary>
    public string DatabaseNote { get; init => field = value ?? ""; } = "";

    public IReadOnlyList<SpecTable> Tables { get; init => field = value ?? []; } = [];

    public IReadOnlyList<SpecEndpointGroup> EndpointGroups { get; init => field = value ?? []; } = [];

    public IReadOnlyList<SpecSection> UiLayout { get; init => field = value ?? []; } = [];

    public IReadOnlyList<SpecSection> DesignSystem { get; init => field = value ?? []; } = [];

    /// <summary>Named flows; the items are their steps in order.</summary>
    public IReadOnlyList<SpecSection> KeyInteractions { get; init => field = value ?? []; } = [];

    /// <summary>The order of building; a step's number is its place.</summary>
    public IReadOnlyList<SpecStep> ImplementationSteps { get; init => field = value ?? []; } = [];

    public IReadOnlyList<SpecSection> SuccessCriteria { get; init => field = value ?? []; } = [];

    /// <summary>What the person said or what was assumed, one decision each.</summary>
    public IReadOnlyList<SpecRequirement> Requirements { get; init => field = value ?? []; } = [];

    /// <summary>What a hand-edited file holds beside the known sections.</summary>
    public IReadOnlyList<SpecExtra> Extras { get; init => field = value ?? []; } = [];

    /// <summary>All features, in document order.</summary>
    public IEnumerable<SpecFeature> AllFeatures() => CoreFeatures.SelectMany(category => category.Features);
}
