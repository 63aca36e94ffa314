namespace Autocoder.Core.Specs;

/// <summary>A text is not a specification. The message is for the person, and names the line when there is one.</summary>
public sealed class SpecFormatException(string message, Exception? innerException = null) : Exception(message, innerException);
