namespace Autocoder.Core.Processes;

/// <summary>How a program ended.</summary>
/// <param name="End">Why it ended.</param>
/// <param name="ExitCode">As the system gives it; 128 + n for a program that signal n ended.</param>
/// <param name="Ended">How many processes were ended by force: of its own accord each would have gone on.</param>
public sealed record ProcessResult(ProcessEnd End, int ExitCode, string Output, string Errors, int Ended);

/// <summary>Why a program ended.</summary>
public enum ProcessEnd
{
    /// <summary>By itself.</summary>
    Exited,

    /// <summary>It took longer than it might.</summary>
    TimedOut,

    /// <summary>Somebody stopped it.</summary>
    Stopped,
}
