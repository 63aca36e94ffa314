namespace Autocoder.Core.Engines.Models.Offline.Initializing;

/// <summary>A part of the application with a folder of its own.</summary>
/// <param name="Folder">Relative to the project.</param>
/// <param name="Role">For the README: <c>what people see</c>.</param>
/// <param name="Technology">As the specification says it; text of a person, never used in a script.</param>
internal sealed record StackPart(string Folder, string Role, string Technology, Toolchain Toolchain);
