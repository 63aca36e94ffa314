namespace Autocoder.Web.Endpoints.Conversations;

/// <summary>Which run to stop.</summary>
/// <param name="RunId">Null for the one that is at work when the request is decided.</param>
public sealed record StopBody(Guid? RunId = null);
