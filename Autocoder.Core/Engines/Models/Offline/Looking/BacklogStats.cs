namespace Autocoder.Core.Engines.Models.Offline.Looking;

/// <summary>What <c>feature_get_stats</c> says.</summary>
internal sealed record BacklogStats(int Passing, int InProgress, int Total, double Percentage);
