namespace Autocoder.Core.Features;

/// <summary>How far a backlog is.</summary>
public sealed record FeatureStats(int Passing, int InProgress, int Total)
{
    /// <summary>Passing features in percent, one decimal, rounded down, so that 100 means all of them. 0 for an empty backlog.</summary>
    public double Percentage => Total == 0 ? 0 : Math.Floor(Passing * 1000.0 / Total) / 10;
}
