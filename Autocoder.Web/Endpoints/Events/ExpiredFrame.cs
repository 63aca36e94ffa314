namespace Autocoder.Web.Endpoints.Events;

/// <summary>History was rewritten. Forget everything, and follow again from the cursor given here.</summary>
public sealed record ExpiredFrame(string Restart, string Detail);
