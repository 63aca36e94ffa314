namespace Autocoder.Core.Features;

/// <summary>How much a backlog takes. Generous for people; a program that runs wild meets them.</summary>
public static class FeatureLimits
{
    /// <summary>Features of one project.</summary>
    public const int FeaturesPerProject = 2000;

    /// <summary>Features created in one call.</summary>
    public const int FeaturesPerCall = 500;

    /// <summary>Features one feature depends on.</summary>
    public const int Dependencies = 20;

    /// <summary>Steps of one feature.</summary>
    public const int Steps = 50;

    /// <summary>Characters of a category.</summary>
    public const int CategoryLength = 100;

    /// <summary>Characters of a name.</summary>
    public const int NameLength = 200;

    /// <summary>Characters of a description.</summary>
    public const int DescriptionLength = 4000;

    /// <summary>Characters of one step.</summary>
    public const int StepLength = 1000;

    /// <summary>The least evidence that can say anything: a command and its exit code, or a test and its result.</summary>
    public const int EvidenceMinLength = 10;

    /// <summary>Characters of evidence.</summary>
    public const int EvidenceLength = 4000;
}
