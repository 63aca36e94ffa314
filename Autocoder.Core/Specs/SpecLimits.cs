namespace Autocoder.Core.Specs;

/// <summary>What a specification may hold; more is refused with words, not cut in silence.</summary>
public static class SpecLimits
{
    /// <summary>The most characters of <c>app_spec.txt</c>, and of the document as JSON.</summary>
    public const int DocumentLength = 4_000_000;

    /// <summary>The most features.</summary>
    public const int Features = 1_000;

    /// <summary>How deep elements may lie in each other.</summary>
    public const int Depth = 24;

    /// <summary>The most features one feature may depend on; the established tool refuses more.</summary>
    public const int Dependencies = 20;
}
