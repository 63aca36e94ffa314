namespace Autocoder.Core.Specs;

/// <summary>Endpoints that belong together.</summary>
/// <param name="Note">Why it belongs to no table; empty when it does.</param>
public sealed record SpecEndpointGroup(string Name, IReadOnlyList<SpecEndpoint> Endpoints, string Note, SpecOrigin Origin);

/// <summary>An endpoint: <c>GET /api/lists</c>.</summary>
/// <param name="Summary">What it does; may be empty.</param>
public sealed record SpecEndpoint(string Method, string Path, string Summary);
