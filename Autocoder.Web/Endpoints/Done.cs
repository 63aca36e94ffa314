namespace Autocoder.Web.Endpoints;

/// <summary>That something was done, in words.</summary>
public sealed record Done(bool Success, string Message);
