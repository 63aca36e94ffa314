namespace Autocoder.Web.Endpoints.Events;

/// <summary>How far the log goes: a viewer that is not there yet is behind.</summary>
public sealed record HeadFrame(string Head, long Sequence);
