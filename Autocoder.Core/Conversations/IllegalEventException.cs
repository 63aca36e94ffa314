namespace Autocoder.Core.Conversations;

/// <summary>An event does not fit what the conversation is now; the log refused it.</summary>
public sealed class IllegalEventException(string message) : Exception(message);
