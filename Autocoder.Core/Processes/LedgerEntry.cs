namespace Autocoder.Core.Processes;

/// <summary>A program that was at work.</summary>
/// <param name="StartTime">When it was started, in the system's own measure; with the id it names one process.</param>
internal sealed record LedgerEntry(int Id, long StartTime);
