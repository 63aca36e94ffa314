namespace Autocoder.Core.Tools;

/// <summary>A tool does not do this, whoever allows it. The message says why and what to do, for the model and the person.</summary>
public sealed class ToolRefusalException(string message) : Exception(message);
