namespace Autocoder.Core.Runs;

/// <summary>What a run left behind when it ended.</summary>
/// <param name="IsFenced">Its engine did not end in time, and the run was ended without it.</param>
/// <param name="ProcessesEnded">How many of its processes were ended by force.</param>
internal sealed record RunRemains(bool IsFenced, int ProcessesEnded);
