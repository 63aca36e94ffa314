namespace Autocoder.Web.Exports;

/// <summary>What stands above an exported conversation.</summary>
/// <param name="About">Which project and surface, and when it was begun and exported.</param>
internal sealed record ExportHead(string Title, string About);
