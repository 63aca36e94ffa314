namespace Autocoder.Web.Endpoints.Conversations;

/// <summary>What became of a stop. When it is answered, the run has ended.</summary>
/// <param name="Ok">A run was stopped.</param>
/// <param name="Reason">Why none was; null when one was.</param>
/// <param name="RunId">The run that was stopped; null when none was.</param>
public sealed record StopAnswer(bool Ok, string? Reason = null, Guid? RunId = null);
